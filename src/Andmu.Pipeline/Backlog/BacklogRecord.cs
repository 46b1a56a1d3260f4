namespace Andmu.Pipeline.Backlog;

/// <summary>A record of a backlog: a package of media, or an event.</summary>
/// <param name="Number">Rises from record to record; for <see cref="IBacklogStore.Confirm"/>.</param>
/// <param name="Media">The fields of a package; null for an event.</param>
/// <param name="Event">The fields of an event; null for a package.</param>
/// <param name="StartsGop">Decoding can start here.</param>
/// <param name="FollowsGap">Records before it are lost: media up to the next <paramref name="StartsGop"/> may not decode.</param>
/// <param name="Data">A package's data, or an event's JSON in UTF-8.</param>
public readonly record struct BacklogRecord(
    long Number, BacklogMedia? Media, BacklogEvent? Event, bool StartsGop, bool FollowsGap, ReadOnlyMemory<byte> Data)
{
    /// <summary>What <see cref="IBacklogStore.TryKeep(in BacklogMedia, ReadOnlySpan{byte}, out long)"/> gave for it: by this the live stream's part is left out.
    /// 0 when it is from before the start, or not known.</summary>
    public long Ticket { get; init; }
}
