using System.Buffers;
using Andmu.Pipeline.Gateway.Hosting;

namespace Andmu.Pipeline.Gateway.Tests.Hosting;

public sealed class LargeBlockPoolTests
{
    [Fact]
    public void Rent_AfterReturn_GivesTheBlockAgain()
    {
        using var pool = new LargeBlockPool();
        IMemoryOwner<byte> first = pool.Rent(4096);
        first.Dispose();

        Assert.Same(first, pool.Rent());
        Assert.Equal(64 * 1024, first.Memory.Length);
    }

    [Fact]
    public void Return_Twice_DoesNotGiveOneBlockToTwo()
    {
        using var pool = new LargeBlockPool();
        IMemoryOwner<byte> block = pool.Rent();
        block.Dispose();
        block.Dispose();

        Assert.NotSame(pool.Rent(), pool.Rent());
    }

    [Fact]
    public void Rent_AboveItsBlockSize_Throws()
    {
        using var pool = new LargeBlockPool();

        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(pool.MaxBufferSize + 1));
    }
}
