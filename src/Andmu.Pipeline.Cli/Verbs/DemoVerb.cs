using System.CommandLine;
using Andmu.Pipeline.Cli.Demo;
using Andmu.Pipeline.Cli.Logging;
using Andmu.Pipeline.Cli.Options;

namespace Andmu.Pipeline.Cli.Verbs;

/// <summary><c>andmu demo</c>: a platform and a camera in one process, from registration to a recording.</summary>
internal static class DemoVerb
{
    public static Command Create(Terminal terminal, CommonOptions common)
    {
        var seconds = new Option<TimeSpan?>("--seconds")
        {
            Description = "How long to play; the clip is repeated if that is longer. [default: the whole clip, 20 s]",
            HelpName = "N",
            CustomParser = OptionValues.Seconds(1, 86400),
        };
        var output = new Option<string>("--out")
        {
            Description = "Where recordings and certificates go.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "andmu-demo",
        };
        var verb = new Command("demo", "Shows everything at once: a local platform, and a camera that registers, logs in, uploads, has an event and is recorded.")
        {
            seconds, output,
        };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using StderrLoggerFactory loggers = common.CreateLoggers(parsed, terminal);
            var run = new DemoRun(parsed.GetRequiredValue(output), parsed.GetValue(seconds) ?? DemoClip.Length, terminal, loggers);
            return (int)await run.RunAsync(common.UsesColor(parsed, terminal), cancellationToken);
        });
        return verb;
    }
}
