namespace Andmu.Pipeline.Gateway;

/// <summary>What arrived over one connection so far; a snapshot.</summary>
public readonly record struct DeviceCounters
{
    /// <summary>Packets of every kind.</summary>
    public long Packets { get; init; }

    /// <summary>Bytes of packets, length prefixes included.</summary>
    public long Bytes { get; init; }

    /// <summary>Video packages.</summary>
    public long VideoPackages { get; init; }

    /// <summary>Video packages that are key frames.</summary>
    public long KeyFrames { get; init; }

    /// <summary>Audio packages.</summary>
    public long AudioPackages { get; init; }

    /// <summary>Parameter-set packages.</summary>
    public long ParameterSetPackages { get; init; }

    /// <summary>Thumbnails.</summary>
    public long Thumbnails { get; init; }

    /// <summary>Bytes of media in packages of every kind.</summary>
    public long MediaBytes { get; init; }

    /// <summary>Pings from the device.</summary>
    public long Pings { get; init; }

    /// <summary>Pongs from the device.</summary>
    public long Pongs { get; init; }

    /// <summary>DevEventCmd messages.</summary>
    public long Events { get; init; }

    /// <summary>DevIpCamCmd messages.</summary>
    public long DeviceMessages { get; init; }
}
