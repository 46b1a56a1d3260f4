using System.Diagnostics;
using System.Diagnostics.Metrics;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Diagnostics;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Tests.Support;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Tests.Diagnostics;

/// <summary>The tables of Diagnostics/README.md name exactly what is published: the page cannot rot.</summary>
public sealed class ReadmeTests
{
    private const string Channel = "readme";

    [Fact]
    public void Instruments_NamesUnitsAndKinds_StandOnThePage()
    {
        using var meter = new UplinkMeter();
        using var meters = new Meters(Channel, meter);
        Assert.Equal(
            Rows("| instrument |").Select(static cells => (Quoted(cells[0])[0], Quoted(cells[1])[0], cells[2])).Order(),
            meters.Instruments.Select(static i => (i.Name, i.Unit ?? "", KindOf(i))).Order());
        Assert.All(meters.Instruments, static i => Assert.NotEmpty(i.Description ?? ""));
    }

    [Fact]
    public async Task Instruments_Attributes_StandOnThePage()
    {
        using var meter = new UplinkMeter();
        using var meters = new Meters(Channel, meter);
        await using var rig = new Rig(o => o with { Name = Channel });
        meter.Add(rig.Session);
        meter.OnBatchSent(Channel, 1);
        meter.OnAccessUnitSent(Channel, 0.001);
        rig.Buffer.Drops.Enter(new MediaDrop(DropReason.NoRoom, default, default, new MediaTotals(1, 1, 1, 1)));
        rig.Session.Counters.OnClip(Clip());
        Assert.Equal(
            Rows("| instrument |").Select(static cells => (Quoted(cells[0])[0], string.Join(' ', Quoted(cells[3]).Append("andmu.channel").Order()))).Order(),
            meters.Collect().Select(static m => (m.Name, string.Join(' ', m.Tags.Keys.Order()))).Distinct().Order());
    }

    [Fact]
    public void Spans_NamesAndAttributes_StandOnThePage()
    {
        using var spans = new Spans(Channel);
        Activity? connect = UplinkTracing.StartConnect(new HedgwEndpoint("gateway.test", 1), Channel, DateTimeOffset.UnixEpoch);
        UplinkTracing.EndConnect(connect, new UplinkFault(UplinkFaultKind.LoginRefused, "refused", 2001), DateTimeOffset.UnixEpoch);
        UplinkTracing.Clip(Clip(), Channel, TimeSpan.Zero, DateTimeOffset.UnixEpoch);
        Assert.Equal(
            Rows("| span |").Select(static cells => (Quoted(cells[0])[0], string.Join(' ', Quoted(cells[2]).Append("andmu.channel").Order()))).Order(),
            spans.Stopped.Select(static s => (s.OperationName, string.Join(' ', s.TagObjects.Select(static t => t.Key).Order()))).Order());
    }

    private static EventClipReport Clip() => new(DateTimeOffset.UnixEpoch, 1, EventClipOutcome.Delivered, default, default, default, default, default);

    private static string KindOf(Instrument instrument) => instrument switch
    {
        Histogram<double> => "histogram",
        ObservableUpDownCounter<long> => "up-down",
        ObservableCounter<long> or ObservableCounter<double> => "counter",
        _ => instrument.GetType().Name,
    };

    /// <summary>The rows of the table under a heading, cell by cell.</summary>
    private static string[][] Rows(string heading) =>
    [
        .. File.ReadLines(Find()).SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal)).Skip(2)
            .TakeWhile(static line => line.StartsWith('|'))
            .Select(static line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
    ];

    /// <summary>What stands in backquotes.</summary>
    private static string[] Quoted(string cell) => [.. cell.Split('`').Where(static (_, i) => i % 2 == 1)];

    private static string Find()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Andmu.Pipeline.sln")))
        {
            root = root.Parent;
        }

        return Path.Combine(root!.FullName, "src", "Andmu.Pipeline", "Diagnostics", "README.md");
    }
}
