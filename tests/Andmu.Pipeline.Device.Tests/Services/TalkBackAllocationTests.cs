using System.Buffers;
using Andmu.Pipeline.Control.TalkBack;
using Andmu.Pipeline.Device.Services;
using Andmu.Pipeline.Device.Tests.Doubles;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andmu.Pipeline.Device.Tests.Services;

/// <summary>Runs alone: a garbage collection that another test causes moves a thread's count.</summary>
[CollectionDefinition(nameof(TalkBackAllocationTests), DisableParallelization = true)]
[Collection(nameof(TalkBackAllocationTests))]
public sealed class TalkBackAllocationTests
{
    private const int Rounds = 3;
    private const int Packs = 1000;

    [Theory]
    [InlineData(TalkBackFraming.Raw, TalkBackFormat.Pcm16)]
    [InlineData(TalkBackFraming.Raw, TalkBackFormat.ALaw)]
    [InlineData(TalkBackFraming.Rtp, TalkBackFormat.Pcm16)]
    [InlineData(TalkBackFraming.Auto, TalkBackFormat.Pcm16)]
    public void Add_SteadyState_AllocatesNothing(TalkBackFraming framing, TalkBackFormat format)
    {
        IThreadPoolWorkItem? scheduled = null;
        long bytes = 0;
        using var receiver = new TalkBackReceiver(
            new TalkBackOptions { Framing = framing, Format = format }, frame => bytes += frame.ALaw.Length, ended: null, new VirtualTime(),
            NullLogger.Instance, item => scheduled = item);
        ReadOnlySequence<byte>[] packs = [.. Enumerable.Range(0, Packs * (Rounds + 1)).Select(static i => new ReadOnlySequence<byte>(RtpPacket.Of(i ^ 1, new byte[160])))];

        long least = long.MaxValue;
        for (int round = 0; round <= Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Packs; i++)
            {
                receiver.Add(packs[(round * Packs) + i], (uint)i);
                scheduled?.Execute();
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            least = round == 0 ? least : Math.Min(least, allocated);
        }

        Assert.Equal(0, least);
        Assert.True(bytes >= 160 * (packs.Length - 1));
    }
}
