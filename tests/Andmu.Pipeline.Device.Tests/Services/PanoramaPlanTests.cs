using Andmu.Pipeline.Device.Services;
using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Device.Tests.Services;

public sealed class PanoramaPlanTests
{
    private static readonly DeviceAngle Geometry = new(355, 96, 69, 65, 10, 30); // the specification's example, 5.1.6

    [Fact]
    public void Of_Upright_RunsFromTheLeftStopToTheRight()
    {
        PanoramaPlan plan = PanoramaPlan.Of(Geometry, 30, isUpright: true)!;

        Assert.Equal(12, plan.Count);
        Assert.Equal(new PanoramaShot(1, 12, 0, true), plan.Shot(1));
        Assert.Equal(new PanoramaShot(2, 12, 30, true), plan.Shot(2));
        Assert.Equal(new PanoramaShot(12, 12, 330, true), plan.Shot(12));
    }

    [Fact]
    public void Of_Ceiling_RunsFromTheRightStopToTheLeft()
    {
        PanoramaPlan plan = PanoramaPlan.Of(Geometry, 60, isUpright: false)!;

        Assert.Equal([355, 295, 235, 175, 115, 55], Enumerable.Range(1, plan.Count).Select(sequence => plan.Shot(sequence).Pan));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void Of_NoAngle_TakesTheDevices(int angle) => Assert.Equal(30, PanoramaPlan.Of(Geometry, angle, isUpright: true)!.Step);

    [Theory]
    [InlineData(1)] // 356 pictures
    [InlineData(4)]
    [InlineData(97)] // gaps between them
    [InlineData(int.MaxValue)]
    public void Of_AnglesThatMakeNone_IsNull(int angle) => Assert.Null(PanoramaPlan.Of(Geometry, angle, isUpright: true));

    [Theory]
    [InlineData(0, 96, 30)] // no head that turns
    [InlineData(-5, 96, 30)]
    [InlineData(355, 96, 0)]
    public void Of_GeometryThatMakesNone_IsNull(int rotation, int view, int perShot) =>
        Assert.Null(PanoramaPlan.Of(new DeviceAngle(rotation, view, 69, 65, 10, perShot), 0, isUpright: true));

    [Fact]
    public void Of_WholeCircle_DoesNotTakeTheFirstPictureTwice()
    {
        PanoramaPlan plan = PanoramaPlan.Of(Geometry with { MaxRotation = int.MaxValue }, 90, isUpright: true)!;

        Assert.Equal([0, 90, 180, 270], Enumerable.Range(1, plan.Count).Select(sequence => plan.Shot(sequence).Pan));
    }

    [Fact]
    public void Of_AnyAngles_StaysWithinTheRotationAndSeesAllOfIt()
    {
        for (int rotation = 1; rotation <= 400; rotation += 7)
        {
            for (int angle = 1; angle <= 96; angle++)
            {
                foreach (bool isUpright in new[] { true, false })
                {
                    if (PanoramaPlan.Of(Geometry with { MaxRotation = rotation }, angle, isUpright) is { } plan)
                    {
                        int[] pans = [.. Enumerable.Range(1, plan.Count).Select(sequence => plan.Shot(sequence).Pan).Order()];
                        Assert.InRange(plan.Count, 1, PanoramaPlan.MaxCount);
                        Assert.InRange(pans[0], 0, angle - 1);
                        Assert.InRange(Math.Min(rotation, 359) - pans[^1], 0, angle - 1);
                    }
                }
            }
        }
    }
}
