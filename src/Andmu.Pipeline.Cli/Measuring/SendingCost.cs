namespace Andmu.Pipeline.Cli.Measuring;

/// <summary>What a <see cref="SendingMeter"/> found. A gigabyte is 10^9 bytes of media, without what the protocol and TLS add.</summary>
internal sealed class SendingCost
{
    /// <summary>Of the whole sending part, all threads of the process together.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>Of the whole sending part.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>Resident memory of the process at the end.</summary>
    public required long ResidentKilobytes { get; init; }

    /// <summary>Managed memory allocated after the warm-up.</summary>
    public required long AllocatedBytes { get; init; }

    /// <summary>After the warm-up.</summary>
    public required double GigabytesPerSecond { get; init; }

    /// <summary>After the warm-up.</summary>
    public required double CpuSecondsPerGigabyte { get; init; }
}
