using Andmu.Pipeline.Buffering;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Diagnostics;

/// <summary>Logs what was lost: a line for each reason, soon after it began, then every ten seconds while it goes on. Thread-safe; allocates nothing
/// while nothing is lost.</summary>
internal sealed class DropLog(MediaBuffer buffer, ILogger logger)
{
    private const long LookEveryMs = 1_000;   // soon enough for a reader, rarely enough for a loop that asks with each flush
    private const long PauseMs = 10_000;      // a congested uplink gives up a GOP every few seconds, for hours

    private static readonly DropReason[] Reasons = Enum.GetValues<DropReason>();

    private readonly Lock _lock = new();
    private readonly MediaTotals[] _logged = new MediaTotals[Reasons.Length];
    private long _nextMs;

    public void Check()
    {
        long now = buffer.ElapsedMs;
        if (now < Volatile.Read(ref _nextMs))
        {
            return;
        }

        lock (_lock)
        {
            bool any = false;
            foreach (DropReason reason in Reasons)
            {
                any |= TryLog(reason);
            }

            Volatile.Write(ref _nextMs, now + (any ? PauseMs : LookEveryMs));
        }
    }

    private bool TryLog(DropReason reason)
    {
        MediaTotals all = buffer.Drops[reason];
        MediaTotals lost = all - _logged[(int)reason];
        _logged[(int)reason] = all;
        if (lost == default)
        {
            return false;
        }

        Log.Dropped(logger, reason, lost.Packages, lost.Gops, lost.Bytes);
        return true;
    }
}
