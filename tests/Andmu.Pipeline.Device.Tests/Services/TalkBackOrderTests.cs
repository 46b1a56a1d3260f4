using Andmu.Pipeline.Device.Services;

namespace Andmu.Pipeline.Device.Tests.Services;

public sealed class TalkBackOrderTests
{
    private readonly TalkBackOrder _order = new(16);
    private readonly List<(int Number, int Missing)> _given = [];

    [Fact]
    public void Add_InOrder_GivesEachAtOnce()
    {
        Add(65534, 65535, 0, 1);

        Assert.Equal([(65534, 0), (65535, 0), (0, 0), (1, 0)], _given);
    }

    [Fact]
    public void Add_OutOfOrder_HoldsUntilTheMissingOneHasCome()
    {
        Add(10, 12, 13);
        Assert.Equal([(10, 0)], _given);

        Add(11);

        Assert.Equal([(10, 0), (11, 0), (12, 0), (13, 0)], _given);
    }

    [Fact]
    public void Add_MissingOneDoesNotCome_GivesUpAfterFourAndSaysWhatIsMissing()
    {
        Add(10, 13, 14, 15);
        Assert.Equal([(10, 0)], _given);

        Add(16);

        Assert.Equal([(10, 0), (13, 2), (14, 0), (15, 0), (16, 0)], _given);
    }

    [Fact]
    public void Add_TwiceOrTooLate_IsLate()
    {
        Add(10, 12);

        Assert.Equal(TalkBackOrder.Outcome.Late, _order.Add(12, [1]));
        Assert.Equal(TalkBackOrder.Outcome.Late, _order.Add(10, [1]));
        Assert.Equal(TalkBackOrder.Outcome.Late, _order.Add(9, [1]));
    }

    [Fact]
    public void Add_FarAway_IsARestart()
    {
        Add(10);

        Assert.Equal(TalkBackOrder.Outcome.Restart, _order.Add(10_000, [1]));
        Assert.Equal(TalkBackOrder.Outcome.Restart, _order.Add(60_000, [1]));
        Assert.Equal(TalkBackOrder.Outcome.Restart, _order.Add(unchecked((ushort)(11 - 65)), [1]));
        Assert.Equal(TalkBackOrder.Outcome.Late, _order.Add(unchecked((ushort)(11 - 64)), [1]));
        Assert.Equal(TalkBackOrder.Outcome.Restart, _order.Add(32_779, [1])); // just opposite
    }

    [Fact]
    public void Add_AnyNumbers_GivesThemInOrderAndCountsAllThatIsMissing()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var order = new TalkBackOrder(16);
            int next = 65_000;
            int given = 0;
            order.Add((ushort)next, [1]);
            for (int i = 1; i < 500; i++)
            {
                Take(order, all: false, ref next, ref given);
                order.Add(unchecked((ushort)(65_000 + i + random.Next(-6, 7))), [1]);
            }

            Take(order, all: true, ref next, ref given);
            Assert.InRange(given, 1, 500);
        }
    }

    private static void Take(TalkBackOrder order, bool all, ref int next, ref int given)
    {
        while (order.TryTake(all, out ReadOnlySpan<byte> audio, out int missing))
        {
            Assert.Equal(1, audio.Length);
            Assert.InRange(missing, 0, 3000);
            next += missing + 1;
            given++;
        }
    }

    private void Add(params int[] numbers)
    {
        foreach (int number in numbers)
        {
            Assert.Equal(TalkBackOrder.Outcome.Taken, _order.Add((ushort)number, BitConverter.GetBytes(number)));
            while (_order.TryTake(all: false, out ReadOnlySpan<byte> audio, out int missing))
            {
                _given.Add((BitConverter.ToInt32(audio), missing));
            }
        }
    }
}
