using Andmu.Pipeline.Media;
using Andmu.Pipeline.Media.ParameterSets;

namespace Andmu.Pipeline.Cli.Sources;

/// <summary>The pictures of a raw H.264 or H.265 file, once or several times over.</summary>
internal sealed class VideoFile : IDisposable
{
    private static readonly string[] H265Extensions = [".h265", ".265", ".hevc"];

    private readonly IVideoRounds _rounds;
    private bool _isFirst = true;

    private VideoFile(IVideoRounds rounds, VideoCodec codec)
    {
        _rounds = rounds;
        Codec = codec;
    }

    public VideoCodec Codec { get; }

    /// <summary>What the stream says of its pictures, or null where it does not.</summary>
    public VideoFormat? Format { get; private set; }

    /// <summary>Pictures a second by the stream's own timing, or null where it does not say.</summary>
    public double? FrameRate => Format?.FrameRate;

    /// <summary>The access unit read last; holds until the next <see cref="ReadAsync"/>.</summary>
    public ReadOnlyMemory<byte> AccessUnit => _rounds.AccessUnit;

    /// <summary>Whether the access unit read last is the first of the second or a later round.</summary>
    public bool StartsRound => _rounds.StartsRound;

    /// <summary>How much has been read: 0 to 1; 0 for a pipe, whose end nobody knows.</summary>
    public double Progress => _rounds.Progress;

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

        VideoCodec known = codec ?? CodecByName(path);
        try
        {
            bool isKept = times > 1 && file.Length <= KeptRounds.MaxFileBytes;
            IVideoRounds rounds = isKept ? await KeptRounds.ReadAsync(file, known, times, cancellationToken) : new StreamedRounds(file, known, times);
            var video = new VideoFile(rounds, known);
            await video.ProbeAsync(cancellationToken);
            return video;
        }
        catch (MediaFormatException error)
        {
            await file.DisposeAsync();
            string other = known == VideoCodec.H264 ? "h265" : "h264";
            throw new CliException(
                ExitCode.Usage, $"--input: '{path}' cannot be sent. {error.Message} Give a raw .h264 or .h265 file, or --codec {other}.", error);
        }
        catch
        {
            await file.DisposeAsync();
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

        try
        {
            return await _rounds.ReadAsync(cancellationToken);
        }
        catch (MediaFormatException error)
        {
            throw new CliException(ExitCode.Failure, $"--input: {error.Message}", error);
        }
    }

    public void Dispose() => _rounds.Dispose();

    private static VideoCodec CodecByName(string path) =>
        H265Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) ? VideoCodec.H265 : VideoCodec.H264;

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        if (!await _rounds.ReadAsync(cancellationToken))
        {
            throw new MediaFormatException("There is no picture in it.");
        }

        var sets = new ParameterSetCache(Codec);
        Media.AccessUnit.Inspect(Codec, NalFraming.AnnexB, _rounds.AccessUnit.Span, sets);
        Format = sets.Format;
    }
}
