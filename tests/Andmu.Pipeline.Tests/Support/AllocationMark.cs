namespace Andmu.Pipeline.Tests.Support;

/// <summary>What this thread has allocated since a moment, for measurements beside other tests: a garbage collection moves a thread's count, so what it falls
/// into is not counted. So do the pauses of a concurrent one, which are no collections by count: they show in the time that all pauses took.</summary>
internal readonly struct AllocationMark
{
    private readonly int _collections;
    private readonly TimeSpan _pauses;
    private readonly long _bytes;

    private AllocationMark(int collections, TimeSpan pauses, long bytes) => (_collections, _pauses, _bytes) = (collections, pauses, bytes);

    public static AllocationMark Now => new(GC.CollectionCount(0), GC.GetTotalPauseDuration(), GC.GetAllocatedBytesForCurrentThread());

    /// <summary>Bytes since then; 0 when there was a collection in between.</summary>
    public long Since
    {
        get
        {
            long bytes = GC.GetAllocatedBytesForCurrentThread() - _bytes;
            return GC.CollectionCount(0) == _collections && GC.GetTotalPauseDuration() == _pauses ? bytes : 0;
        }
    }
}
