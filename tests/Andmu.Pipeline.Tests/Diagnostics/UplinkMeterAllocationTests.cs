using System.Diagnostics;
using System.Diagnostics.Metrics;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Diagnostics;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Tests.Support;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Tests.Diagnostics;

[Collection(Allocation.Name)]
public sealed class UplinkMeterAllocationTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("channel")]
    public void Flush_NobodyListens_AllocatesNothing(string? channel)
    {
        using var meter = new UplinkMeter();
        Assert.Equal(0, Allocation.Of(10_000, i => meter.OnBatchSent(channel, i)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("channel")]
    public void Flush_SomebodyListens_AllocatesNothing(string? channel)
    {
        using var meter = new UplinkMeter();
        long heard = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter == meter.Meter)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => heard += 1 + tags.Length);
        listener.Start();
        Assert.Equal(0, Allocation.Of(10_000, i => meter.OnBatchSent(channel, i)));
        Assert.Equal((Allocation.Rounds + 1) * 10_000 * (channel is null ? 1 : 2), heard);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Delays_OfBatches_AllocateNothing(bool somebodyListens)
    {
        using var meter = new UplinkMeter();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (somebodyListens && instrument.Meter == meter.Meter)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        long heard = 0;
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => heard++);
        listener.Start();
        var delays = new SendDelays(meter, "channel");
        var entry = new MediaEntry { PackageType = PackageType.Video };
        Assert.Equal(0, Allocation.Of(1_000, i =>
        {
            for (int n = 0; n < 20; n++)
            {
                delays.OnWritten(entry);
            }

            delays.OnFlushed(i);
        }));
        Assert.Equal(somebodyListens ? (Allocation.Rounds + 1) * 1_000 * 20 : 0, heard);
    }

    [Fact]
    public async Task Flush_NothingIsLost_TheLogAllocatesNothing()
    {
        await using var rig = new Rig();
        var log = new DropLog(rig.Buffer, rig.Log);
        Assert.Equal(0, Allocation.Of(1_000, i =>
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1)); // each call looks
            log.Check();
        }));
    }

    [Fact]
    public void Spans_NobodyListens_AllocateNothing()
    {
        var endpoint = new HedgwEndpoint("gateway.test", 1);
        var report = new EventClipReport(DateTimeOffset.UnixEpoch, 1, EventClipOutcome.Delivered, default, default, default, default, default);
        Assert.Equal(0, Allocation.Of(1_000, i =>
        {
            Activity? span = UplinkTracing.StartConnect(endpoint, "channel", DateTimeOffset.UnixEpoch);
            UplinkTracing.EndConnect(span, null, DateTimeOffset.UnixEpoch);
            UplinkTracing.Clip(report, "channel", TimeSpan.Zero, DateTimeOffset.UnixEpoch);
        }));
    }
}
