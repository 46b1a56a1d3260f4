using System.Security.Cryptography;

namespace Andmu.Pipeline.Cli.Camera;

/// <summary>How a package for the simulated camera ends:
/// <code>
/// | whatever the package holds | "andmu-fw" | SHA-256 of what the package holds |
///                                8 bytes      32 bytes
/// </code>
/// So that there is something to refuse. It says that a file was meant for this camera, not who made it: a real camera checks a signature with its vendor's
/// public key here.</summary>
internal static class FirmwareTrailer
{
    public const int Size = 8 + SHA256.HashSizeInBytes;

    private const int ReadBytes = 64 * 1024;

    private static ReadOnlySpan<byte> Mark => "andmu-fw"u8;

    /// <summary>The trailer of a package.</summary>
    public static byte[] Of(ReadOnlySpan<byte> content) => [.. Mark, .. SHA256.HashData(content)];

    /// <summary>Whether a package ends with its trailer.</summary>
    /// <param name="package">A package that can be sought in; it is read from its beginning.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<bool> IsGoodAsync(Stream package, CancellationToken cancellationToken)
    {
        if (package.Length <= Size)
        {
            return false;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[ReadBytes];
        package.Position = 0;
        for (long left = package.Length - Size; left > 0;)
        {
            int read = await package.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken);
            if (read == 0)
            {
                return false;
            }

            hash.AppendData(buffer, 0, read);
            left -= read;
        }

        await package.ReadExactlyAsync(buffer.AsMemory(0, Size), cancellationToken);
        return buffer.AsSpan(0, Mark.Length).SequenceEqual(Mark) && buffer.AsSpan(Mark.Length, SHA256.HashSizeInBytes).SequenceEqual(hash.GetHashAndReset());
    }
}
