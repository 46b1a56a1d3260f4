using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Session;
using CsCheck;

namespace Andmu.Pipeline.Tests.Session;

public sealed class DeliveryLogTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    [Fact]
    public void Restart_NothingSent_ResumesThere()
    {
        DeliveryLog log = Log(from: 100);
        Assert.Equal((100, 100, 100), (log.Arrived.Position, log.Confirmed.Position, log.Read.Position));
    }

    [Fact]
    public void OnAcknowledged_YoungerThanTheWindow_IsConfirmedButNotArrived()
    {
        DeliveryLog log = Log();
        log.OnFlushed(1000, Mark(10), At(0));
        log.OnAcknowledged(1000, At(1.999));
        Assert.Equal((0, 10), (log.Arrived.Position, log.Confirmed.Position));
        log.OnAcknowledged(1000, At(2));
        Assert.Equal((10, 10), (log.Arrived.Position, log.Confirmed.Position));
        Assert.Equal(0, log.Read.Position); // TCP's word is no proof of reading
    }

    [Fact]
    public void OnAcknowledged_PartOfAFlush_DoesNotCountIt()
    {
        DeliveryLog log = Log();
        log.OnFlushed(1000, Mark(10), At(0));
        log.OnFlushed(2000, Mark(20), At(0));
        log.OnAcknowledged(1999, At(60));
        Assert.Equal(10, log.Arrived.Position);
        Assert.Equal(10, log.Confirmed.Position);
    }

    [Fact]
    public void OnFlushed_MoreThanFitAtFirst_EachIsRemembered()
    {
        DeliveryLog log = Log();
        for (int i = 1; i <= 40; i++)
        {
            log.OnFlushed(i, Mark(i), At(0));
        }

        log.OnAcknowledged(40, At(2)); // so that the place where it grows lies in the middle
        for (int i = 41; i <= 240; i++)
        {
            log.OnFlushed(i, Mark(i), At(i));
        }

        for (int i = 41; i <= 240; i++)
        {
            log.OnAcknowledged(i, At(300));
            Assert.Equal((i, i), (log.Arrived.Position, log.Confirmed.Position));
        }
    }

    [Fact]
    public void OnPong_ByItsNumber_ProvesAllBeforeItsPing()
    {
        DeliveryLog log = Log();
        log.OnFlushed(1000, Mark(10), At(0));
        log.OnPing(7, Mark(10));
        log.OnFlushed(2000, Mark(25), At(0)); // more media went behind the ping in the same flush
        Assert.Equal(2000, log.OnPong(7));
        Assert.Equal((10, 10), (log.Arrived.Position, log.Read.Position));
    }

    [Fact]
    public void OnPong_OfAnEarlierPing_ProvesNothing()
    {
        DeliveryLog log = Log();
        log.OnPing(1, Mark(10));
        log.OnFlushed(1000, Mark(10), At(0));
        log.OnPing(2, Mark(20));
        log.OnFlushed(2000, Mark(20), At(0));
        Assert.Equal(0, log.OnPong(1));
        Assert.Equal(0, log.Read.Position);
        Assert.Equal(2000, log.OnPong(2));
        Assert.Equal(20, log.Read.Position);
    }

    /// <summary>A platform that answers every Ping with 0: the numbers say nothing, but as many Pongs as Pings do.</summary>
    [Fact]
    public void OnPong_PlatformAlwaysAnswersZero_CountsInstead()
    {
        DeliveryLog log = Log();
        log.OnPing(1, Mark(10));
        log.OnPing(2, Mark(20));
        log.OnFlushed(2000, Mark(20), At(0));
        Assert.Equal(0, log.OnPong(0));
        Assert.Equal(0, log.Read.Position);
        Assert.Equal(2000, log.OnPong(0));
        Assert.Equal(20, log.Read.Position);
    }

    [Fact]
    public void OnPong_NoPingWasSent_ProvesNothing()
    {
        DeliveryLog log = Log();
        log.OnFlushed(1000, Mark(10), At(0));
        Assert.Equal(0, log.OnPong(0));
        Assert.Equal(0, log.Arrived.Position);
    }

    [Fact]
    public void OnPong_BeforeTheFlushWasNoted_ClaimsNoBytes()
    {
        DeliveryLog log = Log();
        log.OnPing(1, Mark(10));
        Assert.Equal(0, log.OnPong(1));
        Assert.Equal(10, log.Read.Position);
    }

    [Fact]
    public void OnFlushed_MoreThanItKeeps_StaysConservative()
    {
        DeliveryLog log = Log();
        for (int i = 1; i <= 2000; i++)
        {
            log.OnFlushed(i * 100, Mark(i), At(0));
        }

        log.OnAcknowledged(199_999, At(60)); // all but the last byte
        Assert.InRange(log.Arrived.Position, 250, 1999);
        log.OnAcknowledged(200_000, At(60));
        Assert.Equal(2000, log.Arrived.Position);
    }

    [Fact]
    public void Restart_AfterUse_ForgetsTheOldConnection()
    {
        DeliveryLog log = Log();
        log.OnPing(1, Mark(10));
        log.OnFlushed(1000, Mark(10), At(0));
        log.Restart(Mark(5));
        log.OnAcknowledged(1_000_000, At(60));
        Assert.Equal(0, log.OnPong(1));
        Assert.Equal((5, 5, 5), (log.Arrived.Position, log.Confirmed.Position, log.Read.Position));
    }

    private enum Step
    {
        Send,
        Ping,
        Deliver,
        Answer,
        Look,
        Pass,
    }

    /// <summary>Any traffic against a model that knows the truth: what is taken for read was read, and what is taken for arrived was read, or
    /// confirmed by TCP for longer than the window.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Resume_AnyTraffic_IsNeverLaterThanWhatIsKnown(bool platformCopiesNumbers) =>
        Gen.Select(Gen.Enum<Step>(), Gen.Int[1, 900]).Array[0, 3000].Sample(
            steps =>
            {
                var model = new Model(platformCopiesNumbers);
                foreach ((Step step, int amount) in steps)
                {
                    model.Do(step, amount);
                }
            },
            iter: 60);

    private sealed class Model(bool copiesNumbers)
    {
        private readonly DeliveryLog _log = Log();
        private readonly List<(long Bytes, long Position, TimeSpan At)> _flushes = [(0, 0, default)];
        private readonly Queue<(uint Id, long Bytes, long Position)> _pings = new();
        private TimeSpan _now;
        private uint _ids;
        private long _confirmedBytes;
        private long _readByPlatform;

        private (long Bytes, long Position, TimeSpan At) Sent => _flushes[^1];

        public void Do(Step step, int amount)
        {
            switch (step)
            {
                case Step.Send:
                    Flush(Sent.Bytes + amount, Sent.Position + (amount / 100));
                    break;
                case Step.Ping:
                    _log.OnPing(++_ids, Mark(Sent.Position));
                    _pings.Enqueue((_ids, Sent.Bytes + 9, Sent.Position));
                    Flush(Sent.Bytes + 9 + amount, Sent.Position + (amount / 100)); // media may follow it in the same flush
                    break;
                case Step.Deliver:
                    _confirmedBytes = Math.Min(Sent.Bytes, _confirmedBytes + (amount * 3));
                    break;
                case Step.Answer when _pings.TryPeek(out (uint Id, long Bytes, long Position) ping) && ping.Bytes <= _confirmedBytes:
                    _pings.Dequeue();
                    _readByPlatform = ping.Position;
                    _log.OnPong(copiesNumbers ? ping.Id : 0);
                    break;
                case Step.Look:
                    _log.OnAcknowledged(_confirmedBytes, _now);
                    break;
                case Step.Pass:
                    _now += TimeSpan.FromMilliseconds(amount);
                    break;
            }

            Check();
        }

        private void Flush(long bytes, long position)
        {
            _flushes.Add((bytes, position, _now));
            _log.OnFlushed(bytes, Mark(position), _now);
        }

        private void Check()
        {
            long oldEnough = _flushes.Last(f => f.Bytes <= _confirmedBytes && (f.Bytes == 0 || _now - f.At >= Window)).Position;
            long confirmed = _flushes.Last(f => f.Bytes <= _confirmedBytes).Position;
            Assert.InRange(_log.Read.Position, 0, _readByPlatform);
            Assert.InRange(_log.Arrived.Position, 0, Math.Max(_readByPlatform, oldEnough));
            Assert.InRange(_log.Confirmed.Position, _log.Arrived.Position, Math.Max(_readByPlatform, confirmed));
        }
    }

    private static DeliveryLog Log(long from = 0)
    {
        var log = new DeliveryLog(Window);
        log.Restart(Mark(from));
        return log;
    }

    private static MediaMark Mark(long position) => new(position, default, 0);

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
