using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Diagnostics;
using Andmu.Pipeline.Tests.Support;

namespace Andmu.Pipeline.Tests.Diagnostics;

public sealed class DropLogTests
{
    private readonly SignallingTime _time = new();
    private readonly CanaryLogger _logger = new();
    private readonly MediaBuffer _buffer;
    private readonly DropLog _log;

    public DropLogTests()
    {
        _buffer = new MediaBuffer(new MediaBufferOptions { CapacityBytes = 64 * 1024 }, _time);
        _log = new DropLog(_buffer, _logger);
    }

    [Fact]
    public void Check_NothingLost_LogsNothing()
    {
        _log.Check();
        Assert.Empty(_logger.Lines);
    }

    [Fact]
    public void Check_Lost_OneLineAReason()
    {
        Lose(DropReason.Congestion);
        Lose(DropReason.Congestion);
        Lose(DropReason.NoRoom);
        _log.Check();
        Assert.Equal(2, _logger.Lines.Length);
        Assert.StartsWith("Warning 23 Lost (NoRoom): 3 packages with 1 key frames, 100 bytes", _logger.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Warning 23 Lost (Congestion): 6 packages with 2 key frames, 200 bytes", _logger.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Check_LossesGoOn_ALineEveryTenSecondsWithAllOfThem()
    {
        for (int second = 0; second <= 20; second++)
        {
            Lose(DropReason.Overrun);
            _log.Check();
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([3, 30, 30], _logger.Lines.Select(line => int.Parse(line.Split(' ')[4], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Check_QuietForLong_TheNextLossIsToldWithinASecond()
    {
        _log.Check();
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Lose(DropReason.Malformed);
        _log.Check();
        Assert.Empty(_logger.Lines);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        _log.Check();
        Assert.Single(_logger.Lines);
    }

    private void Lose(DropReason reason) => _buffer.Drops.Enter(new MediaDrop(reason, TimeSpan.Zero, TimeSpan.Zero, new MediaTotals(2, 1, 1, 100)));
}
