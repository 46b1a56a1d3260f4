using System.CommandLine;
using System.CommandLine.Parsing;
using Andmu.Pipeline.Cli.Feeding;
using Andmu.Pipeline.Cli.Pacing;
using Andmu.Pipeline.Cli.Sources;
using Andmu.Pipeline.Media;

namespace Andmu.Pipeline.Cli.Options;

/// <summary>What a simulated camera plays, and how fast.</summary>
internal sealed class FeedOptions
{
    private const string RealTime = "realtime";
    private const string FullSpeed = "max";

    private readonly Option<string> _input = new("--input")
    {
        Description = "Raw H.264 or H.265 video (Annex B). Its resolution is the camera's: an app that asks for another is refused.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string?> _audio = new("--audio") { Description = "Raw G.711 A-law audio, 8 kHz mono.", HelpName = "FILE" };

    private readonly Option<string?> _codec = new("--codec")
    {
        Description = "What --input holds. [default: h265 for a file named .h265, .265 or .hevc, else h264]",
    };

    private readonly Option<double?> _fps = new("--fps")
    {
        Description = "Pictures a second. [default: what the stream says, else 25]",
        HelpName = "N",
        CustomParser = OptionValues.Number(0.1, 1000),
    };

    private readonly Option<string> _pace = new("--pace")
    {
        Description = "realtime plays as a camera does, and loses what the network does not take; max sends as fast as it can, and loses nothing.",
        DefaultValueFactory = _ => RealTime,
    };

    private readonly Option<int> _loop = new("--loop")
    {
        Description = "Play the input so many times; timestamps go on.",
        HelpName = "N",
        CustomParser = OptionValues.Whole(1, 1_000_000),
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<IReadOnlyList<PlannedEvent>?> _events = new("--event-at")
    {
        Description = "Raise a motion event at second S for LENGTH (2) seconds.",
        HelpName = "S[:LENGTH][,...]",
        CustomParser = OptionValues.Events,
    };

    public FeedOptions()
    {
        _codec.AcceptOnlyFromAmong("h264", "h265");
        _pace.AcceptOnlyFromAmong(RealTime, FullSpeed);
    }

    public void AddTo(Command verb)
    {
        verb.Options.Add(_input);
        verb.Options.Add(_audio);
        verb.Options.Add(_codec);
        verb.Options.Add(_fps);
        verb.Options.Add(_pace);
        verb.Options.Add(_loop);
        verb.Options.Add(_events);
    }

    /// <summary>Whether it is played as a camera does, and not as fast as it is taken.</summary>
    public bool IsInRealTime(CommandResult result) => result.GetResult(_pace) is not { Tokens: [{ Value: FullSpeed }] };

    /// <summary>Opens the files.</summary>
    /// <exception cref="CliException">One is not there, or is not what it should be.</exception>
    public async Task<FeedInput> OpenAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        VideoCodec? codec = parsed.GetValue(_codec) switch
        {
            "h264" => VideoCodec.H264,
            "h265" => VideoCodec.H265,
            _ => null,
        };
        VideoFile video = await VideoFile.OpenAsync(parsed.GetRequiredValue(_input), codec, parsed.GetValue(_loop), cancellationToken);
        try
        {
            return new FeedInput
            {
                Video = video,
                Audio = parsed.GetValue(_audio) is { } audio ? new ALawFile(InputFile.Open(audio, "--audio")) : null,
                Timeline = new FrameTimeline(parsed.GetValue(_fps) ?? video.FrameRate ?? FrameTimeline.DefaultRate),
                InRealTime = parsed.GetValue(_pace) == RealTime,
                Events = parsed.GetValue(_events) ?? [],
            };
        }
        catch
        {
            video.Dispose();
            throw;
        }
    }
}
