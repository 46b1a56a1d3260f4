using System.CommandLine;
using System.CommandLine.Parsing;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Cli.Options;

/// <summary>How much of an event a simulated camera uploads, and how fast it catches up.</summary>
internal sealed class UploadOptions
{
    private static readonly EventRecordingOptions Default = new();

    private readonly Option<TimeSpan?> _preRoll = new("--pre-roll")
    {
        Description = "On the event plan: upload so much from before an event, 4 to 15 s. [default: 5]",
        HelpName = "SECONDS",
        CustomParser = OptionValues.Seconds(4, 15),
    };

    private readonly Option<TimeSpan?> _postRoll = new("--post-roll")
    {
        Description = "On the event plan: upload so much from after the end of an event, 10 to 300 s. [default: 10]",
        HelpName = "SECONDS",
        CustomParser = OptionValues.Seconds(10, 300),
    };

    private readonly Option<double?> _catchUp = new("--catch-up")
    {
        Description = "Send a pre-roll, or what an outage has held up, at most so many times faster than real time, 1.5 to 1000. Not with --pace max, "
            + "which waits for nothing. [default: 4]",
        HelpName = "N",
        CustomParser = OptionValues.Number(1.5, 1000),
    };

    public void AddTo(Command verb)
    {
        verb.Options.Add(_preRoll);
        verb.Options.Add(_postRoll);
        verb.Options.Add(_catchUp);
    }

    public void Validate(CommandResult result, bool inRealTime)
    {
        if (!inRealTime && result.GetResult(_catchUp) is not null)
        {
            result.AddError("--catch-up slows down what --pace max is to send as fast as it can: leave one of the two out.");
        }
    }

    public EventRecordingOptions EventRecording(ParseResult parsed) => new()
    {
        PreRoll = parsed.GetValue(_preRoll) ?? Default.PreRoll,
        PostRoll = parsed.GetValue(_postRoll) ?? Default.PostRoll,
    };

    /// <param name="parsed">The command line.</param>
    /// <param name="inRealTime">False for a source that is faster than real time itself.</param>
    /// <param name="standard">What the uplink does by itself.</param>
    public double CatchUpRate(ParseResult parsed, bool inRealTime, double standard) =>
        inRealTime ? parsed.GetValue(_catchUp) ?? standard : double.PositiveInfinity;
}
