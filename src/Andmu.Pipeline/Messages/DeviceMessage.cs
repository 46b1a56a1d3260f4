namespace Andmu.Pipeline.Messages;

/// <summary>The kinds of DevIpCamCmd (specification 5.2.10).</summary>
public enum DeviceMessageType
{
    /// <summary>How far a firmware upgrade is (5.2.11.2).</summary>
    FirmwareProgress = 1,

    /// <summary>The answer to a command, or the daily statistics (5.2.12).</summary>
    Response = 2,

    /// <summary>The picture has another size from here on; the uplink tells that by itself.</summary>
    ResolutionChanged = 3,

    /// <summary>Bytes for an app, such as the pictures of a panorama (5.2.11.7).</summary>
    Transparent = 4,
}

/// <summary>What a device tells the platform or an app beside its media (DevIpCamCmd, specification 5.2.10).</summary>
/// <param name="Type">Kind.</param>
public sealed record DeviceMessage(DeviceMessageType Type)
{
    /// <summary>dst_device_id: the <see cref="AppCommand.Source"/> that is answered; null for the platform itself.</summary>
    public string? Destination { get; init; }

    /// <summary>JSON, or what the kind asks for; null for none.</summary>
    public string? Message { get; init; }

    /// <summary>Bytes beside it; empty for none. Copied by the call that takes the message.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Whether it is kept until the platform has read it, over reconnects if need be: for what nobody asks for again, such as a firmware's
    /// outcome. Default false: it is lost with the connection, as are the app's reasons to want it.</summary>
    public bool IsKept { get; init; }
}
