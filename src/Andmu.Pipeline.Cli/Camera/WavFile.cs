using System.Buffers.Binary;

namespace Andmu.Pipeline.Cli.Camera;

/// <summary>A WAV file of G.711 A-law, 8 kHz mono, that is being written. One caller at a time.</summary>
/// <remarks>
/// <code>
/// "RIFF" size "WAVE"                                    the sizes are little-endian, and are those of what follows them
///   "fmt " 18 | 6 (A-law) 1 (channel) 8000 8000 1 8 0   tag, channels, samples/s, bytes/s, bytes a sample of all channels, bits, extension
///   "fact" 4  | samples                                 which every format but PCM has
///   "data" size | samples
/// </code>
/// (Microsoft and IBM, Multimedia Programming Interface and Data Specifications 1.0.) The sizes are put in at the end.
/// </remarks>
internal sealed class WavFile : IDisposable
{
    // An hour. What is written comes from the network, and the disk is the user's.
    private const int MaxSamples = 3600 * SamplesPerSecond;
    private const int SamplesPerSecond = 8000;

    private const int HeaderBytes = 58;
    private const short ALaw = 6;

    private readonly Stream _file;
    private int _samples;

    /// <param name="file">An empty file that can be sought in; it is closed with this one.</param>
    /// <exception cref="IOException">It cannot be written to.</exception>
    public WavFile(Stream file)
    {
        _file = file;
        WriteHeader();
    }

    /// <summary>Why it has stopped writing, or null: a disk that is full ends the file, not the talk.</summary>
    public IOException? Fault { get; private set; }

    /// <summary>Adds samples, up to an hour of them in all.</summary>
    public void Write(ReadOnlySpan<byte> aLaw)
    {
        ReadOnlySpan<byte> samples = aLaw[..Math.Min(aLaw.Length, MaxSamples - _samples)];
        Try(samples, static (file, samples) => file._file.Write(samples));
        _samples += Fault is null ? samples.Length : 0;
    }

    /// <summary>Puts the sizes in and closes the file.</summary>
    public void Dispose()
    {
        Try([], static (file, _) =>
        {
            if (file._samples % 2 != 0)
            {
                file._file.WriteByte(0); // chunks end at even offsets
            }

            file._file.Position = 0;
            file.WriteHeader();
            file._file.Flush();
        });
        _file.Dispose();
    }

    private void Try(ReadOnlySpan<byte> samples, Action<WavFile, ReadOnlySpan<byte>> write)
    {
        if (Fault is not null)
        {
            return;
        }

        try
        {
            write(this, samples);
        }
        catch (IOException error)
        {
            Fault = error;
        }
    }

    private void WriteHeader()
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], HeaderBytes - 8 + _samples + (_samples % 2));
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 18);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], ALaw);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], SamplesPerSecond);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], SamplesPerSecond);
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 8);
        BinaryPrimitives.WriteInt16LittleEndian(header[36..], 0);
        "fact"u8.CopyTo(header[38..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[42..], 4);
        BinaryPrimitives.WriteInt32LittleEndian(header[46..], _samples);
        "data"u8.CopyTo(header[50..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[54..], _samples);
        _file.Write(header);
    }
}
