using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Device.Commands;
using Andmu.Pipeline.Messages;
using Andmu.Pipeline.OpenApi;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Cli.Uplinks;

/// <summary>The way from a simulated camera to a platform: straight to a gateway, or by registration and the OpenAPI.</summary>
internal interface ICameraUplink : IAsyncDisposable
{
    /// <summary>Raised when an event's clip has ended, on a thread of the uplink.</summary>
    event Action<EventClipReport>? ClipFinished;

    MediaTrack Video { get; }

    MediaTrack Audio { get; }

    /// <summary>Where the camera says what it does about commands.</summary>
    CommandHandlers Commands { get; }

    /// <summary>Every loss, with its reason.</summary>
    DropLedger Drops { get; }

    /// <summary>The plan that the platform gave last.</summary>
    DevicePlan Plan { get; }

    UplinkStatistics Statistics { get; }

    /// <summary>Completes when the uplink has ended, by itself or stopped, with the reason.</summary>
    Task<UplinkFault> Completion { get; }

    /// <summary>Logs in. Whoever starts a command is there to see it fail: the first fault ends it, where a camera would try again.</summary>
    /// <exception cref="CliException">No login; the message says why.</exception>
    /// <exception cref="OpenApiException">No registration, or no address.</exception>
    Task ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Reports a motion event at a time by the platform's clock; null for now.</summary>
    bool TryReportMotion(bool started, DateTimeOffset? time);

    /// <summary>Tells the platform what has changed at the camera (specification 5.1.6), as soon as it can be told.</summary>
    void ReportStatus(CameraStatusUpdate update);

    /// <summary>Sends a message of the camera; false when it is not online.</summary>
    bool TrySend(DeviceMessage message);

    /// <summary>Waits until the platform has read all that was written; false when the uplink ended before.</summary>
    Task<bool> DrainAsync(CancellationToken cancellationToken);

    Task StopAsync();
}
