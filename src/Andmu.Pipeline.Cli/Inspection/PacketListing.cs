using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Andmu.Pipeline.Cli.Sources;
using Andmu.Pipeline.Protocol;

namespace Andmu.Pipeline.Cli.Inspection;

/// <summary>Lists the packets of a byte stream. Holds one packet at a time, so that a capture may be of any length.</summary>
internal static class PacketListing
{
    /// <summary>Writes a line a packet, up to the end or to the first packet that is not one.</summary>
    /// <exception cref="CliException">A bad packet, or a stream that ends in the middle of one; what was good has been written.</exception>
    public static async Task WriteAsync(Stream input, string name, PacketLine line, TextWriter output, CancellationToken cancellationToken)
    {
        PipeReader reader = PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: InputFile.ReadSize, leaveOpen: true));
        long offset = 0;
        try
        {
            while (true)
            {
                ReadResult read = await reader.ReadAsync(cancellationToken);
                ReadOnlySequence<byte> rest = WritePackets(read.Buffer, line, output, ref offset);
                if (read.IsCompleted)
                {
                    CheckNothingIsLeft(rest, name, offset);
                    return;
                }

                reader.AdvanceTo(rest.Start, rest.End);
            }
        }
        catch (ProtocolException error)
        {
            throw new CliException(ExitCode.Failure, $"{name}: bad packet at offset {offset}: {error.Message}.", error);
        }
        finally
        {
            await output.FlushAsync(CancellationToken.None);
            await reader.CompleteAsync();
        }
    }

    private static ReadOnlySequence<byte> WritePackets(ReadOnlySequence<byte> buffer, PacketLine line, TextWriter output, ref long offset)
    {
        long before = buffer.Length;
        while (PacketReader.TryReadPacket(ref buffer, PacketLimits.Default, out ReadOnlySequence<byte> message))
        {
            output.WriteLine(line.Format(offset, message));
            offset += before - buffer.Length;
            before = buffer.Length;
        }

        return buffer;
    }

    private static void CheckNothingIsLeft(ReadOnlySequence<byte> rest, string name, long offset)
    {
        if (rest.IsEmpty)
        {
            return;
        }

        Span<byte> prefix = stackalloc byte[sizeof(uint)];
        string whole = "of its length prefix of 4";
        if (rest.Length >= prefix.Length)
        {
            rest.Slice(0, prefix.Length).CopyTo(prefix);
            whole = $"of {prefix.Length + BinaryPrimitives.ReadUInt32BigEndian(prefix)}";
        }

        throw new CliException(ExitCode.Failure, $"{name}: torn packet at offset {offset}: {rest.Length} bytes {whole}, then the end.");
    }
}
