using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Session;

/// <summary>Everything that is counted of an uplink, at one moment: the snapshot for hosts without OpenTelemetry (the same is in the Meter
/// <c>Andmu.Pipeline</c>). A value: keep two and subtract. Why media was dropped is in <see cref="MediaBuffer.Drops"/>.</summary>
public readonly record struct UplinkStatistics
{
    /// <summary>What is being done with the media.</summary>
    public UploadMode Mode { get; init; }

    /// <summary>Who watches live.</summary>
    public int Viewers { get; init; }

    /// <summary>Written by the encoder into the buffer.</summary>
    public MediaTotals Captured { get; init; }

    /// <summary>Written to a connection for the first time.</summary>
    public MediaTotals Sent { get; init; }

    /// <summary>Written again: after a reconnect, because it may not have arrived, or as the pre-roll of an event that a viewer has seen.</summary>
    public MediaTotals Resent { get; init; }

    /// <summary>Taken by the store of the backlog (<see cref="UplinkOptions.Backlog"/>) while there was no connection.</summary>
    public MediaTotals Kept { get; init; }

    /// <summary>Sent of the backlog, over a connection of its own; again what was not confirmed before it broke.</summary>
    public MediaTotals BacklogSent { get; init; }

    /// <summary>Lost between the encoder and the network, refused access units included.</summary>
    public MediaTotals Dropped { get; init; }

    /// <summary>Given to the network, encryption and resent media included.</summary>
    public long BytesSent { get; init; }

    /// <summary>Packets from the platform.</summary>
    public long PacketsReceived { get; init; }

    /// <summary>Logins that were accepted.</summary>
    public int Logins { get; init; }

    /// <summary>Logins after the first.</summary>
    public int Reconnects => Math.Max(0, Logins - 1);

    /// <summary>The buffer, and the backlog in it.</summary>
    public BufferFill Fill { get; init; }

    /// <summary>Event clips that have ended, whole or not.</summary>
    public int Clips { get; init; }

    /// <summary>Of <see cref="Clips"/>, those of which something is missing.</summary>
    public int ShortClips { get; init; }

    /// <summary><see cref="Clips"/> by why they ended.</summary>
    public ClipTotals ClipOutcomes { get; init; }

    /// <summary>Pre-roll and post-roll that is missing of them, summed up.</summary>
    public TimeSpan ClipShortfall { get; init; }

    /// <summary>Batches of media that went to the network.</summary>
    public long Flushes { get; init; }

    /// <summary>From the encoder's write of the oldest package in a batch until the network had taken the batch, summed up over <see cref="Flushes"/>.</summary>
    public TimeSpan SendLatency { get; init; }

    /// <summary>Times that the encoder was asked for a key frame.</summary>
    public int KeyFramesAsked { get; init; }

    /// <summary>The bit rate that the encoder was advised of last, bit/s; 0 while there is no advice.</summary>
    public int AdvisedBitrate { get; init; }
}
