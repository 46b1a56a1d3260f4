using System.Diagnostics.Metrics;
using HdrHistogram;

namespace Andmu.Pipeline.Cli.Loading;

/// <summary>Listens to the uplinks' <c>andmu.uplink.send.delay</c>: from the encoder's write of an access unit until the network has taken it.</summary>
internal sealed class SendDelayHistogram : IDisposable
{
    private const string Instrument = "andmu.uplink.send.delay";
    private const long HighestMicroseconds = 60_000_000; // what waits for longer has left any buffer
    private const int Digits = 3;

    private readonly LongConcurrentHistogram _histogram = new(1, HighestMicroseconds, Digits);
    private readonly MeterListener _listener = new();
    private volatile bool _isMeasuring;

    public SendDelayHistogram()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is { Name: Instrument, Meter.Name: "Andmu.Pipeline" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => Record(seconds));
        _listener.Start();
    }

    /// <summary>What is measured counts from now on, or no more.</summary>
    public void SetMeasuring(bool isMeasuring) => _isMeasuring = isMeasuring;

    /// <summary>What was measured; all zero if nothing was, for an empty histogram knows no percentile.</summary>
    public SendDelay Read() => _histogram.TotalCount == 0 ? default : new(
        Milliseconds(_histogram.GetMean()),
        Milliseconds(_histogram.GetValueAtPercentile(50)),
        Milliseconds(_histogram.GetValueAtPercentile(99)),
        Milliseconds(_histogram.GetValueAtPercentile(99.9)),
        Milliseconds(_histogram.GetMaxValue()),
        _histogram.TotalCount);

    public void Dispose() => _listener.Dispose();

    private static double Milliseconds(double microseconds) => Math.Round(microseconds / 1000, 3);

    private void Record(double seconds)
    {
        if (_isMeasuring)
        {
            _histogram.RecordValue(Math.Clamp((long)(seconds * 1e6), 1, HighestMicroseconds));
        }
    }
}

/// <summary>How long access units took from the encoder to the network, ms.</summary>
/// <param name="Mean">On average.</param>
/// <param name="P50">The median.</param>
/// <param name="P99">One in a hundred took longer.</param>
/// <param name="P999">One in a thousand took longer.</param>
/// <param name="Max">The longest.</param>
/// <param name="Count">How many were measured.</param>
internal readonly record struct SendDelay(double Mean, double P50, double P99, double P999, double Max, long Count);
