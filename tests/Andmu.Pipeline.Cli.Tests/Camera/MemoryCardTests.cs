using Andmu.Pipeline.Cli.Camera;
using Andmu.Pipeline.Control.Responses;
using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Cli.Tests.Camera;

public sealed class MemoryCardTests
{
    private const long GB = 1_000_000_000;

    [Fact]
    public void Record_MoreThanAVolumeHolds_FillsTheNextOneThenStaysFull()
    {
        MemoryCard card = TwoVolumes();

        card.Record(5 * GB);
        Assert.Equal([3 * GB, 4 * GB], Free(card));
        card.Record(5 * GB);
        Assert.Equal([0, 2 * GB], Free(card));
        card.Record(long.MaxValue);
        Assert.Equal([0, 0], Free(card));
        Assert.Equal([8 * GB, 4 * GB], card.Volumes().Select(volume => volume.TotalBytes));
    }

    [Fact]
    public void Format_AfterRecording_AlmostEverythingIsFree()
    {
        MemoryCard card = TwoVolumes();
        card.Record(9 * GB);

        Assert.True(card.Format());

        Assert.Equal([(8 * GB) - 32768, (4 * GB) - 32768], Free(card));
        card.Record(8 * GB);
        Assert.Equal([0, (4 * GB) - 65536], Free(card));
    }

    [Fact]
    public void Empty_AsBought_MoreThan32BitsHold() => Assert.InRange(Assert.Single(MemoryCard.Empty().Volumes()).RemainingBytes, 1L << 32, 32 * GB);

    [Theory]
    [InlineData(SdCardStatus.Absent)]
    [InlineData(SdCardStatus.Faulty)]
    public void Format_NoCardThatWorks_False(SdCardStatus status)
    {
        var card = new MemoryCard(status, new CardVolume("a", "vfat", GB, GB));
        card.Record(1);

        Assert.False(card.Format());
        Assert.Empty(card.Volumes());
        Assert.Equal(status, card.Status);
    }

    [Fact]
    public void Volumes_LaterChange_DoesNotReachWhatWasGiven()
    {
        MemoryCard card = TwoVolumes();
        IReadOnlyList<CardVolume> before = card.Volumes();

        card.Record(GB);

        Assert.Equal(8 * GB, before[0].RemainingBytes);
        Assert.Throws<ArgumentOutOfRangeException>(() => card.Record(-1));
    }

    private static MemoryCard TwoVolumes() => new(
        SdCardStatus.Normal, new CardVolume("/dev/sda0", "vfat", 8 * GB, 8 * GB), new CardVolume("/dev/sda1", "vfat", 4 * GB, 4 * GB));

    private static IEnumerable<long> Free(MemoryCard card) => card.Volumes().Select(volume => volume.RemainingBytes);
}
