using Andmu.Pipeline.Spool.Queueing;

namespace Andmu.Pipeline.Spool.Writing;

/// <summary>When records that wait are brought to the card.</summary>
/// <param name="Interval">How long they may wait.</param>
/// <param name="MaxBatch">How many are brought at once at the most: a whole GOP of media, but one event, so that one lies in each block.</param>
internal readonly record struct CommitRule(TimeSpan Interval, int MaxBatch)
{
    // A queue this full does not wait for the GOP's end: its room is for the time in which the card stalls.
    private const int PressureDivisor = 4;

    /// <summary>How many of the oldest are due.</summary>
    /// <param name="queue">What waits.</param>
    /// <param name="age">How long the oldest has waited.</param>
    /// <param name="isClosing">Nothing more will come.</param>
    public int Due(in RingView queue, TimeSpan age, bool isClosing)
    {
        bool isAll = isClosing || age >= Interval || IsPressed(queue);
        return Math.Min(isAll ? queue.Count : queue.BeforeNewestGop, MaxBatch);
    }

    /// <summary>Whether a record that has just been added makes a commit due, or starts the wait for one.</summary>
    public bool IsUrgent(in RingView queue, int added) =>
        queue.Count == 1 || Interval == TimeSpan.Zero || queue.BeforeNewestGop == queue.Count - 1
        || (IsPressed(queue) && !IsPressed(queue with { Bytes = queue.Bytes - added, Count = queue.Count - 1 }));

    private static bool IsPressed(in RingView queue) => queue.Bytes >= queue.Capacity / PressureDivisor || queue.Count >= queue.MaxCount / PressureDivisor;
}
