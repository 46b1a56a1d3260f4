using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Tests.Session;

public sealed class HeartbeatMonitorTests
{
    [Theory]
    [InlineData(null, 30, 60)] // the platform gives none
    [InlineData(0.0, 30, 60)]
    [InlineData(-5.0, 30, 60)]
    [InlineData(0.001, 1, 5)]
    [InlineData(1.0, 1, 5)]
    [InlineData(2.0, 2, 5)]
    [InlineData(30.0, 30, 60)]
    [InlineData(600.0, 600, 1200)]
    [InlineData(1e9, 600, 1200)]
    [InlineData(4294967295.0, 600, 1200)]
    public void Span_AnyWish_IsHeldWithinItsBounds(double? wished, int span, int deadline)
    {
        var monitor = new HeartbeatMonitor(wished is { } seconds ? TimeSpan.FromSeconds(seconds) : null, At(0));
        Assert.Equal(At(span), monitor.Span);
        Assert.Equal(At(deadline), monitor.Deadline);
        Assert.Equal(At(span), monitor.NextCheck);
    }

    [Fact]
    public void Check_PeerAnswers_PingsEverySpan()
    {
        var monitor = new HeartbeatMonitor(At(10), At(0));
        for (int second = 0; second <= 100; second++)
        {
            HeartbeatAction expected = second > 0 && second % 10 == 0 ? HeartbeatAction.SendPing : HeartbeatAction.None;
            Assert.Equal(expected, monitor.Check(At(second)));
            monitor.OnSignOfLife();
        }
    }

    [Fact]
    public void Check_PeerSilent_IsFoundAtTheDeadline()
    {
        var monitor = new HeartbeatMonitor(At(10), At(0));
        Assert.Equal(HeartbeatAction.SendPing, monitor.Check(At(10)));
        Assert.Equal(HeartbeatAction.SendPing, monitor.Check(At(20)));
        Assert.Equal(HeartbeatAction.None, monitor.Check(At(29.999)));
        Assert.Equal(HeartbeatAction.PeerSilent, monitor.Check(At(30)));
    }

    [Fact]
    public void Check_SignOfLifeBeforeTheDeadline_StartsAnew()
    {
        var monitor = new HeartbeatMonitor(At(10), At(0));
        Assert.Equal(HeartbeatAction.SendPing, monitor.Check(At(10)));
        Assert.Equal(HeartbeatAction.SendPing, monitor.Check(At(20)));
        monitor.OnSignOfLife();
        Assert.Equal(HeartbeatAction.SendPing, monitor.Check(At(30))); // the first that is unanswered now
        Assert.Equal(HeartbeatAction.SendPing, monitor.Check(At(40)));
        Assert.Equal(HeartbeatAction.PeerSilent, monitor.Check(At(50)));
    }

    [Fact]
    public void Check_SpanOfASecond_AllowsFiveForTheAnswer()
    {
        var monitor = new HeartbeatMonitor(At(1), At(0));
        Assert.Equal(HeartbeatAction.SendPing, monitor.Check(At(1)));
        for (int second = 2; second < 6; second++)
        {
            Assert.Equal(HeartbeatAction.SendPing, monitor.Check(At(second)));
        }

        Assert.Equal(HeartbeatAction.PeerSilent, monitor.Check(At(6)));
    }

    [Fact]
    public void Check_LateTimer_SendsOnePingNotMany()
    {
        var monitor = new HeartbeatMonitor(At(10), At(0));
        Assert.Equal(HeartbeatAction.SendPing, monitor.Check(At(55))); // the process was suspended
        Assert.Equal(HeartbeatAction.None, monitor.Check(At(55)));
        Assert.Equal(At(65), monitor.NextCheck);
    }

    [Fact]
    public void NextCheck_FollowedExactly_MissesNothing()
    {
        var monitor = new HeartbeatMonitor(At(30), At(0));
        var actions = new List<(TimeSpan, HeartbeatAction)>();
        HeartbeatAction action;
        do
        {
            TimeSpan at = monitor.NextCheck;
            action = monitor.Check(at);
            actions.Add((at, action));
        }
        while (action != HeartbeatAction.PeerSilent);

        Assert.Equal(
            [(At(30), HeartbeatAction.SendPing), (At(60), HeartbeatAction.SendPing), (At(90), HeartbeatAction.PeerSilent)], actions);
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
