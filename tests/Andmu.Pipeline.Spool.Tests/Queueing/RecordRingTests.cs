using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Queueing;
using CsCheck;

namespace Andmu.Pipeline.Spool.Tests.Queueing;

public sealed class RecordRingTests
{
    private const int Capacity = 256;
    private const int MaxRecords = 8;

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void AnySequenceOfCalls_IsLikeAQueue(int headroom) =>
        Gen.Select(Gen.Int[1, 130], Gen.Int[0, 3]).List[1, 60].Sample(steps =>
        {
            var ring = new RecordRing(Capacity, MaxRecords, headroom);
            var model = new Queue<(long Number, byte[] Payload)>();
            byte content = 0;
            foreach ((int length, int release) in steps)
            {
                byte[] payload = new byte[length];
                payload.AsSpan().Fill(++content);
                bool mustFit = model.Count == 0 && length + headroom <= Capacity;
                long number = ring.TryAdd(new RecordEntry(RecordType.Media, RecordFlags.None), payload.AsSpan(0, length / 2), payload.AsSpan(length / 2), out _);
                Assert.True(number > 0 || !mustFit);
                if (number > 0)
                {
                    model.Enqueue((number, payload));
                }

                int count = Math.Min(release, model.Count);
                ring.Release(count);
                for (int i = 0; i < count; i++)
                {
                    model.Dequeue();
                }

                Check(ring, model);
                CheckPieces(ring, model, headroom);
            }
        });

    [Fact]
    public void TryAdd_Closed_IsRefused()
    {
        var ring = new RecordRing(Capacity, MaxRecords);
        Assert.Equal(1, ring.TryAdd(new RecordEntry(RecordType.Media, RecordFlags.None), [1], [2, 3], out _));
        Assert.Equal((1, 3), (ring.Close().Count, ring.View().Bytes));
        Assert.Equal(0, ring.TryAdd(new RecordEntry(RecordType.Media, RecordFlags.None), [1], [], out _));
    }

    [Fact]
    public void View_Gops_CountsWhatComesBeforeTheNewest()
    {
        var ring = new RecordRing(Capacity, MaxRecords);
        Assert.Equal(0, Add(ring, RecordFlags.StartsGop).BeforeNewestGop);
        Add(ring, RecordFlags.None);
        Assert.Equal(2, Add(ring, RecordFlags.StartsGop).BeforeNewestGop);
        Assert.Equal(2, Add(ring, RecordFlags.None).BeforeNewestGop);
        ring.Release(2);
        Assert.Equal(0, ring.View().BeforeNewestGop);
        ring.Release(1);
        Assert.Equal(0, ring.View().BeforeNewestGop);
    }

    /// <summary>In as few pieces as a ring can have, all there is once, in order, each with its own header.</summary>
    private static void CheckPieces(RecordRing ring, Queue<(long Number, byte[] Payload)> model, int headroom)
    {
        for (int i = 0; i < model.Count; i++)
        {
            ring.Headroom(ring.Peek(i)).Fill((byte)(200 + i));
        }

        int pieces = 0;
        List<byte> written = [];
        for (int i = 0, taken; i < model.Count; i += taken, pieces++)
        {
            written.AddRange(ring.Piece(i, model.Count - i, out taken));
        }

        Assert.InRange(pieces, 0, 2);
        Assert.Equal(model.SelectMany((record, i) => Enumerable.Repeat((byte)(200 + i), headroom).Concat(record.Payload)), written);
        Assert.True(model.Count == 0 || ring.Piece(0, 1, out _).Length == headroom + model.Peek().Payload.Length);
    }

    private static RingView Add(RecordRing ring, RecordFlags flags)
    {
        ring.TryAdd(new RecordEntry(RecordType.Media, flags), [1], [], out RingView view);
        return view;
    }

    private static void Check(RecordRing ring, Queue<(long Number, byte[] Payload)> model)
    {
        RingView view = ring.View();
        Assert.Equal((model.Count, model.Sum(static record => record.Payload.Length)), (view.Count, view.Bytes));
        int index = 0;
        foreach ((long number, byte[] payload) in model)
        {
            Assert.Equal(ring.Released + index + 1, number);
            Assert.Equal(payload, ring.Payload(ring.Peek(index++)).ToArray());
        }
    }
}
