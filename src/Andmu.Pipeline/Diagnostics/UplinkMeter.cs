using System.Diagnostics.Metrics;
using System.Numerics;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Diagnostics;

/// <summary>The Meter <c>Andmu.Pipeline</c>: reads the uplinks of a process when a listener collects. <see cref="UplinkInstruments"/> says what.</summary>
/// <remarks>
/// <para>One Meter for all uplinks, which are told apart by an attribute of the measurement, not one Meter an uplink: with 500 of those and a listener,
/// making them took 4.5 s (each is told of all before it), collecting 27 ms and 8.5 KB a channel; with one it is nothing, 1 ms and 65 B. Listeners also
/// count instruments: OpenTelemetry stops at 1000 streams, which is 40 channels.</para>
/// <para>Uplinks without a name cannot be told apart, so they are summed up. What those have counted that are gone stays in the sum: a counter never falls.</para>
/// <para>Thread-safe. Without a listener it costs one comparison a flush.</para>
/// </remarks>
internal sealed class UplinkMeter : IDisposable
{
    public const string Name = "Andmu.Pipeline";

    /// <summary>Tells uplinks apart: <see cref="UplinkOptions.Name"/>.</summary>
    public const string ChannelAttribute = "andmu.channel";

    /// <summary>s. From what a flush takes in a local network to the default length of the buffer, beyond which nothing is sent any more.</summary>
    private static readonly InstrumentAdvice<double> LatencyBuckets =
        new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] };

    private readonly Lock _lock = new();
    private readonly List<UplinkSession> _sessions = [];
    private readonly Histogram<double> _latency;
    private readonly Histogram<double> _delay;
    private Action<UplinkReading>? _retire;

    public UplinkMeter()
    {
        _latency = Meter.CreateHistogram(
            "andmu.uplink.send.latency", "s", "From the encoder's write of the oldest package of a batch until the network has taken the batch", tags: null, LatencyBuckets);
        _delay = Meter.CreateHistogram(
            "andmu.uplink.send.delay", "s", "From the encoder's write of an access unit until the network has taken it", tags: null, LatencyBuckets);
        UplinkInstruments.AddTo(this);
    }

    /// <summary>That of the process.</summary>
    public static UplinkMeter Shared { get; } = new();

    /// <summary>Version of the meter and of the spans.</summary>
    public static string? Version => typeof(UplinkMeter).Assembly.GetName().Version?.ToString(3);

    public Meter Meter { get; } = new(Name, Version);

    /// <summary>An uplink is read from now on.</summary>
    public void Add(UplinkSession session)
    {
        lock (_lock)
        {
            _sessions.Add(session);
        }
    }

    /// <summary>It is not any more.</summary>
    public void Remove(UplinkSession session)
    {
        lock (_lock)
        {
            if (_sessions.Remove(session) && session.Options.Name is null)
            {
                _retire?.Invoke(session.Reading);
            }
        }
    }

    /// <summary>The network has taken a batch. On the hot path: allocates nothing.</summary>
    public void OnBatchSent(string? channel, long latencyMs)
    {
        if (!_latency.Enabled)
        {
            return;
        }

        double seconds = latencyMs / 1000.0;
        if (channel is null)
        {
            _latency.Record(seconds);
        }
        else
        {
            _latency.Record(seconds, Channel(channel));
        }
    }

    /// <summary>Whether somebody wants to know of every access unit.</summary>
    public bool MeasuresDelay => _delay.Enabled;

    /// <summary>The network has taken an access unit. On the hot path: allocates nothing.</summary>
    public void OnAccessUnitSent(string? channel, double seconds)
    {
        if (channel is null)
        {
            _delay.Record(seconds);
        }
        else
        {
            _delay.Record(seconds, Channel(channel));
        }
    }

    /// <summary>Adds a value that only grows.</summary>
    public void Count<T>(string name, string unit, string meaning, params UplinkSeries<T>[] series)
        where T : struct, INumber<T>
    {
        var retired = new T[series.Length];
        _retire += reading => AddTo(retired, series, reading);
        Meter.CreateObservableCounter(name, () => Collect(series, retired), unit, meaning);
    }

    /// <summary>Adds a value that rises and falls, and that makes sense summed up over channels.</summary>
    public void Measure(string name, string unit, string meaning, UplinkReader<long> read)
    {
        UplinkSeries<long>[] series = [new(read, OmitZero: false)];
        Meter.CreateObservableUpDownCounter(name, () => Collect(series, new long[1]), unit, meaning);
    }

    public void Dispose() => Meter.Dispose();

    private static KeyValuePair<string, object?> Channel(string name) => new(ChannelAttribute, name);

    private static void AddTo<T>(T[] sums, UplinkSeries<T>[] series, in UplinkReading reading)
        where T : struct, INumber<T>
    {
        for (int i = 0; i < series.Length; i++)
        {
            sums[i] += series[i].Read(reading);
        }
    }

    private static void Report<T>(List<Measurement<T>> all, UplinkSeries<T> series, T value, string? channel)
        where T : struct, INumber<T>
    {
        if (value != T.Zero || !series.OmitZero)
        {
            all.Add(channel is null ? new(value, series.Attributes) : new(value, [.. series.Attributes, Channel(channel)]));
        }
    }

    /// <summary>Under the lock, so that an uplink that goes is counted once: no foreign code runs in here.</summary>
    private List<Measurement<T>> Collect<T>(UplinkSeries<T>[] series, T[] retired)
        where T : struct, INumber<T>
    {
        lock (_lock)
        {
            var all = new List<Measurement<T>>(_sessions.Count * series.Length);
            T[] sums = [.. retired];
            bool anyUnnamed = false;
            foreach (UplinkSession session in _sessions)
            {
                UplinkReading reading = session.Reading;
                if (session.Options.Name is not { } channel)
                {
                    AddTo(sums, series, reading);
                    anyUnnamed = true;
                    continue;
                }

                foreach (UplinkSeries<T> one in series)
                {
                    Report(all, one, one.Read(reading), channel);
                }
            }

            for (int i = 0; anyUnnamed && i < series.Length; i++)
            {
                Report(all, series[i], sums[i], channel: null);
            }

            return all;
        }
    }
}
