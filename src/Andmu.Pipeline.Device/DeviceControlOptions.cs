using System.Runtime.CompilerServices;
using Andmu.Pipeline.Device.Card;
using Andmu.Pipeline.Device.Firmware;
using Andmu.Pipeline.Device.Services;
using Andmu.Pipeline.Messages;

namespace Andmu.Pipeline.Device;

/// <summary>What a device does by itself when the platform or an app asks for it, with what the host gives for it. What is null here the device does not
/// do: such a command is refused, unless the host has a handler for it.</summary>
/// <remarks>The callbacks are called off the uplink's threads, each by one thread at a time.</remarks>
public sealed record DeviceControlOptions
{
    /// <summary>How many commands are carried out at the same time. Default 4; 1 to 64.</summary>
    public int MaxConcurrentCommands { get; init => field = InRange(value, 1, 64); } = 4;

    /// <summary>How long a command may take before its sender is told that it failed; the handler's token ends then. Default 30 s; above 0.</summary>
    public TimeSpan CommandTimeout { get; init => field = Positive(value); } = TimeSpan.FromSeconds(30);

    /// <summary>Gives a thumbnail: a JPEG of about the size asked for (specification 5.2.7), within the span asked for, and 30 s.</summary>
    public Func<ThumbnailRequest, CancellationToken, ValueTask<ReadOnlyMemory<byte>>>? Thumbnail { get; init; }

    /// <summary>How panoramas are taken (specification 5.2.9.23).</summary>
    public PanoramaOptions? Panorama { get; init; }

    /// <summary>Gives the persons counted since it was called last (specification 5.2.6), every span that the platform asks for, while counting is switched
    /// on and no schedule is against it (specification 5.2.9.18, 5.2.9.19).</summary>
    public Func<PersonCounts>? PersonCounter { get; init; }

    /// <summary>Takes what users say to their camera, one pack after the other (specification 5.2.5); without it talk-back is passed over. It may block, at the
    /// price of packs.</summary>
    public TalkBackHandler? TalkBack { get; init; }

    /// <summary>Called after the last pack of a talk, as <see cref="TalkBack"/> is.</summary>
    public Action? TalkBackEnded { get; init; }

    /// <summary>How talk-back comes, and what <see cref="TalkBack"/> is given of it.</summary>
    public TalkBackOptions TalkBackOptions { get; init; } = new();

    /// <summary>How firmware is upgraded (specification 5.2.9.14).</summary>
    public FirmwareOptions? Firmware { get; init; }

    /// <summary>The SD card, on which what is captured offline is kept (specification 5.2.4). With a bare <see cref="DeviceControl"/>, give
    /// <see cref="DeviceControl.Backlog"/> to the uplink, too.</summary>
    public SdCard? SdCard { get; init; }

    /// <summary>Gives the vendor's own part of the daily statistics (selfDefine, specification 5.2.12): JSON of at most 4096 bytes, or null.</summary>
    public Func<string?>? SelfDefinedStatistics { get; init; }

    private static int InRange(int value, int least, int most, [CallerMemberName] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
        return value;
    }

    private static TimeSpan Positive(TimeSpan value, [CallerMemberName] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, name);
        return value;
    }
}
