using System.Collections.Concurrent;
using Andmu.Pipeline.Gateway.Devices;
using Andmu.Pipeline.Gateway.Hosting;

namespace Andmu.Pipeline.Gateway;

/// <summary>Misbehaviour on demand, to try a device against. Every member may be set at any time from any thread.</summary>
public sealed class GatewayFaults
{
    private readonly ConcurrentQueue<int> _loginResults = new();
    private readonly ConnectionCutter _cutter;
    private readonly SessionTable _sessions;
    private readonly Lock _gate = new();
    private TimeSpan? _cutEvery;
    private long? _throttle;

    internal GatewayFaults(ConnectionCutter cutter, SessionTable sessions)
    {
        _cutter = cutter;
        _sessions = sessions;
    }

    /// <summary>Logins are read and never answered.</summary>
    public bool IgnoreLogins { get; set; }

    /// <summary>Pings are read and never answered.</summary>
    public bool IgnorePings { get; set; }

    /// <summary>The HEDGW address call answers 404, as specification 5.1.4 has it for a failure.</summary>
    public bool RefuseAddress { get; set; }

    /// <summary>Every OpenAPI call answers this HTTP status without a look at the request, for example 503; null for none.</summary>
    public int? OpenApiStatus { get; set; }

    /// <summary>Given the message type of a valid OpenAPI call, returns an error code of appendix C to answer, or null to answer it properly.</summary>
    public Func<string, string?>? OpenApiError { get; set; }

    /// <summary>Every connection of the HEDGW channel is reset at this interval of the gateway's clock; null for never.</summary>
    public TimeSpan? CutEvery
    {
        get => _cutEvery;
        set
        {
            if (value is { } interval)
            {
                ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero, nameof(value));
            }

            _cutEvery = value;
            _cutter.Set(value);
        }
    }

    /// <summary>
    /// How fast each connection of a device is read, in bytes per second of its packets from 1; null for as fast as it goes. Holds for
    /// the connections there are and those to come; <see cref="DeviceSession.ThrottleBytesPerSecond"/> says what it means.
    /// </summary>
    public long? ThrottleBytesPerSecond
    {
        get
        {
            lock (_gate)
            {
                return _throttle;
            }
        }

        set
        {
            if (value is { } rate)
            {
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate, nameof(value));
            }

            lock (_gate)
            {
                _throttle = value;
            }

            foreach (DeviceSession session in _sessions.Snapshot())
            {
                session.ApplyThrottle();
            }
        }
    }

    /// <summary>Stops reading from every device that is logged in, for a time from now; see <see cref="DeviceSession.StallReadsFor"/>.</summary>
    /// <param name="length">How long, above zero, by the gateway's clock.</param>
    public void StallReadsFor(TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        foreach (DeviceSession session in _sessions.Snapshot())
        {
            session.StallReadsFor(length);
        }
    }

    /// <summary>The next login that would succeed is answered with <paramref name="result"/> instead; calls add up.</summary>
    /// <param name="result">2001, 2008 or 2026 (specification 5.2.1), or any other number to try a device with.</param>
    public void RefuseNextLogin(int result)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(result);
        _loginResults.Enqueue(result);
    }

    internal bool TryTakeLoginResult(out int result) => _loginResults.TryDequeue(out result);
}
