using Andmu.Pipeline.Cli.Camera;
using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Responses;
using Andmu.Pipeline.OpenApi;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Cli.Tests.Camera;

public sealed class PtzHeadTests
{
    // 360 degrees to the sides and 100 up and down; a step is a quarter of the view, 24 and 16 degrees.
    private static readonly DeviceAngle Angles = new(360, 96, 64, 70, 30, 30);

    private readonly FakeTimeProvider _time = new();
    private readonly PtzHead _head;

    public PtzHeadTests() => _head = new PtzHead(Angles, _time);

    [Fact]
    public void MoveTo_OnTheWay_PositionFollowsTheTime()
    {
        TimeSpan way = _head.MoveTo(new PtzPosition(1_000_000, -500_000));

        Assert.Equal(TimeSpan.FromSeconds(3), way); // 180 degrees at 60 a second
        Assert.Equal(new PtzPosition(0, 0), _head.Position);
        Pass(1.5);
        Assert.Equal(new PtzPosition(500_000, -500_000), _head.Position); // the shorter way is over after 25/60 s
        Assert.Equal(TimeSpan.FromSeconds(1.5), _head.TimeLeft);
        Pass(100);
        Assert.Equal(new PtzPosition(1_000_000, -500_000), _head.Position);
        Assert.Equal(TimeSpan.Zero, _head.TimeLeft);
    }

    [Theory]
    [InlineData(int.MaxValue, int.MinValue, 1_000_000, -1_000_000)]
    [InlineData(-1_000_001, 1_000_001, -1_000_000, 1_000_000)]
    public void MoveTo_BeyondTheStops_EndsAtThem(int pan, int tilt, int reachedPan, int reachedTilt)
    {
        Pass(_head.MoveTo(new PtzPosition(pan, tilt)).TotalSeconds);

        Assert.Equal(new PtzPosition(reachedPan, reachedTilt), _head.Position);
    }

    [Fact]
    public void MoveTo_AnotherPlaceOnTheWay_GoesThereFromWhereItIs()
    {
        _head.MoveTo(new PtzPosition(1_000_000, 0));
        Pass(1.5);

        Assert.Equal(TimeSpan.FromSeconds(1.5), _head.MoveHome());
        Pass(0.75);
        Assert.Equal(new PtzPosition(250_000, 0), _head.Position);
    }

    [Theory]
    [InlineData(PtzDirection.Left, -133_333, 0)] // 24 of 180 degrees
    [InlineData(PtzDirection.Right, 133_333, 0)]
    [InlineData(PtzDirection.Up, 0, 320_000)] // 16 of 50 degrees
    [InlineData(PtzDirection.Down, 0, -320_000)]
    public void Step_FromTheMiddle_QuarterOfTheView(PtzDirection direction, int pan, int tilt)
    {
        _head.Step(direction);
        Assert.Equal(new PtzPosition(pan, tilt), _head.Target);
        Pass(1);

        Assert.Equal(new PtzPosition(pan, tilt), _head.Position);
    }

    [Fact]
    public void Step_ManyTimes_EndsAtTheStop()
    {
        for (int i = 0; i < 20; i++)
        {
            _head.Step(PtzDirection.Left);
            Pass(1);
        }

        Assert.Equal(new PtzPosition(-1_000_000, 0), _head.Position);
    }

    [Fact]
    public void Turn_Stopped_StandsWhereItHasCome()
    {
        _head.Turn(PtzDirection.Left);
        Pass(4.5);
        _head.Stop();
        Pass(60);

        Assert.Equal(new PtzPosition(-500_000, 0), _head.Position); // 90 degrees at 20 a second
        Assert.Equal(TimeSpan.Zero, _head.TimeLeft);
    }

    [Fact]
    public void Turn_NotStopped_EndsAtTheStop()
    {
        _head.Turn(PtzDirection.Up);
        Pass(2.5);
        Assert.Equal(1_000_000, _head.Position.Tilt);
        Pass(3600);

        Assert.Equal(new PtzPosition(0, 1_000_000), _head.Position);
    }

    [Fact]
    public void Turn_TheOtherAxis_TheFirstOneStands()
    {
        _head.Turn(PtzDirection.Right);
        Pass(0.9);
        _head.Turn(PtzDirection.Down);
        Pass(0.5);

        Assert.Equal(new PtzPosition(100_000, -200_000), _head.Position);
    }

    [Theory]
    [InlineData(0, 0, 0, 20)] // the middle between 30 below and 70 above
    [InlineData(-1_000_000, -1_000_000, -180, -30)]
    [InlineData(1_000_000, 1_000_000, 180, 70)]
    public void Bearing_Stops_AnglesOfTheDevice(int pan, int tilt, double right, double up) =>
        Assert.Equal((right, up), _head.Bearing(new PtzPosition(pan, tilt)));

    [Theory]
    [InlineData(0, -1_000_000)]
    [InlineData(90, -500_000)]
    [InlineData(180, 0)]
    [InlineData(360, 1_000_000)]
    [InlineData(-1, -1_000_000)]
    [InlineData(int.MaxValue, 1_000_000)]
    public void PanAt_DegreesFromTheLeftStop_WithinTheStops(int degrees, int pan) => Assert.Equal(pan, _head.PanAt(degrees));

    [Fact]
    public void MoveTo_AxisThatDoesNotTurn_NothingIsDividedByZero()
    {
        var head = new PtzHead(new DeviceAngle(0, 0, 0, 0, 0, 0), _time);
        head.Step(PtzDirection.Up);
        head.Turn(PtzDirection.Left);

        TimeSpan way = head.MoveTo(new PtzPosition(1_000_000, 1_000_000));
        _time.Advance(way);

        Assert.Equal(new PtzPosition(1_000_000, 1_000_000), head.Position);
    }

    private void Pass(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
