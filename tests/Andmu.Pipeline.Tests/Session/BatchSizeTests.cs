using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Tests.Session;

public sealed class BatchSizeTests
{
    private BatchSize _batch;

    [Fact]
    public void Bytes_AtTheStart_AreFull() => Assert.Equal(BatchSize.Full, _batch.Bytes);

    [Fact]
    public void OnBlocked_ForAMoment_StaysFull()
    {
        Block(99);
        Assert.Equal(BatchSize.Full, _batch.Bytes);
    }

    /// <summary>A full socket on a fast network: every flush waits, and none for long.</summary>
    [Fact]
    public void OnBlocked_AgainAndAgainForAMoment_StaysFull()
    {
        for (int i = 0; i < 1000; i++)
        {
            Block(1);
        }

        Assert.Equal(BatchSize.Full, _batch.Bytes);
    }

    [Fact]
    public void OnBlocked_ForLong_IsSmallUntilASmallOneIsTakenFast()
    {
        Block(100);
        Assert.Equal(BatchSize.Small, _batch.Bytes);
        Block(10); // 32 KiB in that time is still slow
        Assert.Equal(BatchSize.Small, _batch.Bytes);
        Block(9);
        Assert.Equal(BatchSize.Full, _batch.Bytes);
    }

    [Fact]
    public void OnIdle_SlowNetwork_IsFullAgain()
    {
        Block(5000);
        _batch.OnIdle();
        Assert.Equal(BatchSize.Full, _batch.Bytes);
    }

    private void Block(int milliseconds) => _batch.OnBlocked(TimeSpan.FromMilliseconds(milliseconds));
}
