using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Transport;

namespace Andmu.Pipeline.Cli.Loading;

/// <summary>What a load consists of.</summary>
internal sealed record LoadSettings
{
    public required int Devices { get; init; }

    public required int FramesPerSecond { get; init; }

    /// <summary>Of one device's video, on average.</summary>
    public required int KilobitsPerSecond { get; init; }

    /// <summary>For how long it is measured, once all devices send.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>What each device's buffer holds.</summary>
    public required TimeSpan BufferLength { get; init; }

    /// <summary>How long to wait for all devices to be online.</summary>
    public required TimeSpan ConnectLimit { get; init; }

    /// <summary>Of the pictures, in percent: what may be lost without that being a failure.</summary>
    public required double ToleratedLoss { get; init; }

    public required HedgwEndpoint Gateway { get; init; }

    public required IUplinkConnector Connector { get; init; }

    /// <summary>Who the device of a number is, from 0.</summary>
    public required Func<int, DeviceCredentials> Credentials { get; init; }

    /// <summary>Room for the media of <see cref="BufferLength"/>, a key frame more, and its pictures.</summary>
    public MediaBufferOptions Buffer()
    {
        const int LeastBytes = 256 * 1024;
        const int LeastEntries = 64;
        const double Slack = 1.125;
        double seconds = BufferLength.TotalSeconds * Slack;
        return new MediaBufferOptions
        {
            CapacityBytes = (int)Math.Clamp(seconds * KilobitsPerSecond * 125, LeastBytes, 1 << 30),
            MaxEntries = (int)Math.Clamp(seconds * FramesPerSecond, LeastEntries, 1 << 20),
        };
    }
}
