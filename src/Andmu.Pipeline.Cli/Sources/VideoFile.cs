using Andmu.Pipeline.Media;
using Andmu.Pipeline.Media.Bitstream;
using Andmu.Pipeline.Media.ParameterSets;

namespace Andmu.Pipeline.Cli.Sources;

/// <summary>The pictures of a raw H.264 or H.265 file, once or several times over.</summary>
internal sealed class VideoFile : IDisposable
{
    private static readonly string[] H265Extensions = [".h265", ".265", ".hevc"];

    private readonly RepeatedFile _bytes;
    private readonly ElementaryStreamReader _reader;
    private readonly long _totalBytes;
    private bool _isFirst = true;
    private bool _startsNext;

    private VideoFile(FileStream file, VideoCodec codec, int times)
    {
        _totalBytes = file.CanSeek ? file.Length * times : 0;
        _bytes = new RepeatedFile(file, times);
        _reader = new ElementaryStreamReader(_bytes, codec);
        Codec = codec;
    }

    public VideoCodec Codec { get; }

    /// <summary>What the stream says of its pictures, or null where it does not.</summary>
    public VideoFormat? Format { get; private set; }

    /// <summary>Pictures a second by the stream's own timing, or null where it does not say.</summary>
    public double? FrameRate => Format?.FrameRate;

    /// <summary>The access unit read last; holds until the next <see cref="ReadAsync"/>.</summary>
    public ReadOnlyMemory<byte> AccessUnit => _reader.AccessUnit;

    /// <summary>Whether the access unit read last is the first of the second or a later round.</summary>
    public bool StartsRound { get; private set; }

    /// <summary>How much has been read: 0 to 1; 0 for a pipe, whose end nobody knows.</summary>
    public double Progress => _totalBytes == 0 ? 0 : (double)_bytes.BytesRead / _totalBytes;

    /// <summary>Opens a file and reads its first access unit.</summary>
    /// <param name="path">The file.</param>
    /// <param name="codec">What it holds, or null to go by the file's name: .h265, .265 and .hevc are H.265.</param>
    /// <param name="times">How many times over.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CliException">There is no such file, or it is no such video.</exception>
    public static async Task<VideoFile> OpenAsync(string path, VideoCodec? codec, int times, CancellationToken cancellationToken)
    {
        FileStream file = InputFile.Open(path, "--input");
        if (times > 1 && !file.CanSeek)
        {
            await file.DisposeAsync();
            throw new CliException(ExitCode.Usage, $"--loop: '{path}' is a pipe and cannot be repeated.");
        }

        var video = new VideoFile(file, codec ?? CodecByName(path), times);
        try
        {
            await video.ProbeAsync(path, cancellationToken);
            return video;
        }
        catch
        {
            video.Dispose();
            throw;
        }
    }

    /// <summary>Takes the next access unit.</summary>
    /// <returns>False at the end of the last round.</returns>
    /// <exception cref="CliException">What is read is no video.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (_isFirst)
        {
            _isFirst = false; // read already, to see what it is
            return true;
        }

        StartsRound = _startsNext;
        int repeats = _bytes.Repeats;
        try
        {
            bool any = await _reader.ReadAsync(cancellationToken);
            // The reader asks for more only when the last access unit is all that it has left: what comes after that one starts the next round.
            _startsNext = _bytes.Repeats != repeats;
            return any;
        }
        catch (MediaFormatException error)
        {
            throw new CliException(ExitCode.Failure, $"--input: {error.Message}", error);
        }
    }

    public void Dispose() => _bytes.Dispose();

    private static VideoCodec CodecByName(string path) =>
        H265Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) ? VideoCodec.H265 : VideoCodec.H264;

    private async Task ProbeAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            if (!await _reader.ReadAsync(cancellationToken))
            {
                throw new MediaFormatException("There is no picture in it.");
            }

            var sets = new ParameterSetCache(Codec);
            Media.AccessUnit.Inspect(Codec, NalFraming.AnnexB, _reader.AccessUnit.Span, sets);
            Format = sets.Format;
            _startsNext = _bytes.Repeats > 0;
        }
        catch (MediaFormatException error)
        {
            string other = Codec == VideoCodec.H264 ? "h265" : "h264";
            throw new CliException(
                ExitCode.Usage, $"--input: '{path}' cannot be sent. {error.Message} Give a raw .h264 or .h265 file, or --codec {other}.", error);
        }
    }
}
