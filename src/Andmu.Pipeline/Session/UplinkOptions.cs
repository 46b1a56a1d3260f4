using Andmu.Pipeline.Advice;
using Andmu.Pipeline.Backlog;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Session;

/// <summary>How an <see cref="UplinkSession"/> works. The defaults suit a camera on a home network.</summary>
public sealed record UplinkOptions
{
    /// <summary>Who logs in.</summary>
    public required DeviceCredentials Credentials { get; init; }

    /// <summary>Tells the uplinks of a process apart in metrics and traces, as the attribute <c>andmu.channel</c>; e.g. "3" or "front door". Holds no
    /// secret. Default null: no attribute, and the metrics of all that have no name are summed up.</summary>
    public string? Name { get; init; }

    /// <summary>What the login says of the media.</summary>
    public StreamDescription Stream { get; init; } = new();

    /// <summary>0 live (default), 1 SD-card backlog (specification 5.2.1, 5.2.4).</summary>
    public int ChannelId { get; init; }

    /// <summary>Time for name resolution, TCP and TLS together. Default 15 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time for the platform to answer the login. Default 10 s.</summary>
    public TimeSpan LoginTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for an orderly close. Default 3 s.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>What was sent in this time before a connection broke is sent again even if the peer's TCP has confirmed it: the platform
    /// may have died before it read it. Default 2 s.</summary>
    public TimeSpan ReplayWindow { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How much is recorded around an event on the event-recording plan.</summary>
    public EventRecordingOptions EventRecording { get; init; } = new();

    /// <summary>When a network is taken to be slower than the encoder, and how much is given up then.</summary>
    public CongestionOptions Congestion { get; init; } = new();

    /// <summary>How many times faster than real time a pre-roll, or what was captured during an outage, is sent at the most. Default 4, at least 1.5;
    /// <see cref="double.PositiveInfinity"/> for as fast as the network takes it.</summary>
    public double CatchUpRate { get; init; } = 4;

    /// <summary>Turns on advice for the encoder's bit rate (<see cref="UplinkSession.BitrateAdvised"/>). Default null: none, for an encoder that cannot change it.</summary>
    public EncoderAdviceOptions? Advice { get; init; }

    /// <summary>What keeps media and events while there is no connection: the SD card. What it has kept is delivered behind the live stream over a connection
    /// of its own (specification 5.2.4). Default null: an outage longer than the buffer loses the oldest.</summary>
    public IBacklogStore? Backlog { get; init; }

    /// <summary>The longest packets accepted from the platform.</summary>
    public PacketLimits Limits { get; init; } = PacketLimits.Default;

    /// <summary>Where the uplink's loops run. Default: the thread pool.</summary>
    public TaskScheduler Scheduler { get; init; } = TaskScheduler.Default;

    /// <summary>Slower than this a backlog of a minute takes longer than two to be gone.</summary>
    private const double SlowestCatchUp = 1.5;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Credentials);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ConnectTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(LoginTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(CloseTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(ReplayWindow, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(ChannelId);
        EventRecording.Validate();
        Congestion.Validate();
        Advice?.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(CatchUpRate, SlowestCatchUp);
        ArgumentOutOfRangeException.ThrowIfEqual(CatchUpRate, double.NaN);
    }
}
