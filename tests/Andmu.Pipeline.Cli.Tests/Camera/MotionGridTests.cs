using Andmu.Pipeline.Cli.Camera;

namespace Andmu.Pipeline.Cli.Tests.Camera;

public sealed class MotionGridTests
{
    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(5, 4, 0)]
    [InlineData(6, 4, 1)] // a serpentine: below the fifth
    [InlineData(10, 0, 1)]
    [InlineData(11, 0, 2)]
    [InlineData(25, 4, 4)]
    public void OfBlocks_Number_ItsPlaceInTheSerpentine(int number, int column, int row)
    {
        MotionGrid grid = MotionGrid.OfBlocks([number]);

        Assert.Equal(1, grid.Count);
        Assert.True(grid.Contains(column, row));
    }

    [Fact]
    public void OfBlocks_NumbersThatAreNone_LeftOut() =>
        Assert.Equal(0, MotionGrid.OfBlocks([0, 26, -1, int.MaxValue, int.MinValue]).Count);

    [Fact]
    public void OfRectangles_ExampleOfTheSpecification_TwoBlocks()
    {
        MotionGrid grid = MotionGrid.OfRectangles([(3, 2, 4, 3), (3, 3, 4, 4)]);

        Assert.Equal("..... ..... ...#. ...#. .....", grid.ToString());
    }

    [Fact]
    public void OfRectangles_LargerThanThePicture_CutToIt()
    {
        Assert.Equal(MotionGrid.All, MotionGrid.OfRectangles([(int.MinValue, int.MinValue, int.MaxValue, int.MaxValue)]));
        Assert.Equal(0, MotionGrid.OfRectangles([(4, 4, 1, 1), (7, 7, 9, 9)]).Count);
    }
}
