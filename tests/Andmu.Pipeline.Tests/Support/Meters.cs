using System.Diagnostics.Metrics;
using Andmu.Pipeline.Diagnostics;

namespace Andmu.Pipeline.Tests.Support;

/// <summary>One measurement that a listener was given.</summary>
internal sealed record Measured(string Name, double Value, IReadOnlyDictionary<string, object?> Tags)
{
    public string? Channel => Tags.TryGetValue("andmu.channel", out object? name) ? (string?)name : null;
}

/// <summary>Listens to the Meter of the uplink as a host's exporter would; other tests' uplinks are left out by their channel.</summary>
internal sealed class Meters : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Measured> _all = [];
    private readonly List<Instrument> _instruments = [];
    private readonly MeterListener _listener = new();
    private readonly string? _channel;

    /// <param name="channel">Whose measurements are kept; null for those of uplinks without a name.</param>
    /// <param name="meter">The one to listen to; null for that of the process.</param>
    public Meters(string? channel, UplinkMeter? meter = null)
    {
        _channel = channel;
        Meter wanted = (meter ?? UplinkMeter.Shared).Meter;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == wanted)
            {
                _instruments.Add(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyList<Instrument> Instruments => _instruments;

    /// <summary>What was recorded since the last collection, histograms included, and what is observed now.</summary>
    public List<Measured> Collect()
    {
        _listener.RecordObservableInstruments();
        lock (_lock)
        {
            List<Measured> all = [.. _all];
            _all.Clear();
            return all;
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var measured = new Measured(instrument.Name, value, new Dictionary<string, object?>(tags.ToArray()));
        if (measured.Channel == _channel)
        {
            lock (_lock)
            {
                _all.Add(measured);
            }
        }
    }
}
