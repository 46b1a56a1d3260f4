namespace Andmu.Pipeline.Tests.Support;

/// <summary>What this thread has allocated since a moment, for measurements beside other tests: a garbage collection moves a thread's count, so what it falls
/// into is not counted.</summary>
internal readonly struct AllocationMark
{
    private readonly int _collections;
    private readonly long _bytes;

    private AllocationMark(int collections, long bytes) => (_collections, _bytes) = (collections, bytes);

    public static AllocationMark Now => new(GC.CollectionCount(0), GC.GetAllocatedBytesForCurrentThread());

    /// <summary>Bytes since then; 0 when there was a collection in between.</summary>
    public long Since
    {
        get
        {
            long bytes = GC.GetAllocatedBytesForCurrentThread() - _bytes;
            return GC.CollectionCount(0) == _collections ? bytes : 0;
        }
    }
}
