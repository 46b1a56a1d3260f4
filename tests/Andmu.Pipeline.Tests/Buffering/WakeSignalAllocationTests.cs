using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Tests.Support;

namespace Andmu.Pipeline.Tests.Buffering;

[Collection(Allocation.Name)]
public sealed class WakeSignalAllocationTests
{
    private const int Turns = 10_000;

    /// <summary>Two loops by turns; each counts what it allocates itself, by rounds of which the first warms up.</summary>
    [Fact(Timeout = 30_000)]
    public async Task SetAndWait_TenThousandTimes_AllocateNothing()
    {
        var there = new WakeSignal();
        var back = new WakeSignal();
        long[] waiting = new long[1 + Allocation.Rounds];
        long[] setting = new long[1 + Allocation.Rounds];
        Task waiter = Task.Run(async () =>
        {
            for (int i = 0; i < waiting.Length * Turns; i++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                ValueTask wait = there.WaitAsync();
                waiting[i / Turns] += GC.GetAllocatedBytesForCurrentThread() - before;
                await wait;
                back.Set();
            }
        });
        for (int i = 0; i < setting.Length * Turns; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            there.Set();
            setting[i / Turns] += GC.GetAllocatedBytesForCurrentThread() - before;
            await back.WaitAsync();
        }

        await waiter;
        Assert.Equal(0, waiting[1..].Min());
        Assert.Equal(0, setting[1..].Min());
    }
}
