using Andmu.Pipeline.Device.Services;
using Andmu.Pipeline.Device.Tests.Doubles;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Tests.Services;

public sealed class PersonCountServiceTests : IAsyncDisposable
{
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(10);
    private static readonly DateTimeOffset Epoch = VirtualTime.Epoch;

    private readonly VirtualTime _time = new();
    private readonly RecordingLoggers _log = new();
    private readonly List<PersonCountPeriod> _told = [];
    private readonly PersonCountService _service;
    private PersonCounts _counted;
    private TimeSpan? _span = Span;
    private TimeSpan _offset;
    private bool _full;
    private bool _broken;

    public PersonCountServiceTests() =>
        _service = new PersonCountService(Read, () => _span, () => _time.GetUtcNow() + _offset, Report, _time, _log);

    public async ValueTask DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public void IsOn_True_TellsEverySpanWhatWasCountedInIt()
    {
        _service.IsOn = true;
        _counted = new PersonCounts(3, 4);
        _time.Advance(Span);
        _time.Advance(Span);

        Assert.Equal(
            [
                new PersonCountPeriod(Epoch, Epoch + Span, new PersonCounts(3, 4)),
                new PersonCountPeriod(Epoch + Span, Epoch + (Span * 2), default),
            ],
            _told);
    }

    [Fact]
    public void IsOn_AtFirst_IsFalseAndNothingIsTold()
    {
        _time.Advance(Span * 3);

        Assert.False(_service.IsOn);
        Assert.Empty(_told);
    }

    [Fact]
    public void IsOn_True_ForgetsWhatWasCountedBefore()
    {
        _counted = new PersonCounts(100, 100);

        _service.IsOn = true;
        _time.Advance(Span);

        Assert.Equal(default, Assert.Single(_told).Counts);
    }

    [Fact]
    public void IsOn_False_TellsTheRestAndNothingMore()
    {
        _service.IsOn = true;
        _time.Advance(Span / 2);
        _counted = new PersonCounts(1, 0);

        _service.IsOn = false;
        _time.Advance(Span * 3);

        Assert.Equal([new PersonCountPeriod(Epoch, Epoch + (Span / 2), new PersonCounts(1, 0))], _told);
    }

    [Fact]
    public void IsOn_SwitchedAThousandTimesWithNobodyThere_TellsNothing()
    {
        for (int i = 0; i < 1000; i++)
        {
            _service.IsOn = i % 2 == 0;
        }

        Assert.Empty(_told);
    }

    [Fact]
    public void OnLogin_ShorterSpan_HoldsFromTheStartOfThePeriod()
    {
        _service.IsOn = true;
        _time.Advance(TimeSpan.FromMinutes(3));
        _span = TimeSpan.FromMinutes(5);
        _service.OnLogin();
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(Epoch.AddMinutes(5), Assert.Single(_told).Stop);

        _span = TimeSpan.FromMinutes(60);
        _service.OnLogin();
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.Single(_told);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(new PersonCountPeriod(Epoch.AddMinutes(5), Epoch.AddMinutes(65), default), _told[1]);
    }

    [Fact]
    public void OnLogin_SpanGone_TellsNothingUntilThereIsOneAgain()
    {
        _service.IsOn = true;
        _span = null;
        _service.OnLogin();
        _counted = new PersonCounts(7, 0);
        _time.Advance(Span * 5);
        Assert.Empty(_told);

        _span = Span;
        _service.OnLogin();

        Assert.Equal([new PersonCountPeriod(Epoch, Epoch + (Span * 5), new PersonCounts(7, 0))], _told);
    }

    [Fact]
    public void OnLogin_SpansFlood_TellsNoMoreOftenThanTheShortest()
    {
        _service.IsOn = true;
        for (int i = 0; i < 10_000; i++)
        {
            _span = TimeSpan.FromSeconds((i % 5) switch { 0 => 0, 1 => 1, 2 => uint.MaxValue, 3 => 2, _ => -1 });
            _service.OnLogin();
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(_told.Count, 1, 10);
    }

    [Fact]
    public void Report_OutboxFull_IsAddedToTheNext()
    {
        _service.IsOn = true;
        _full = true;
        _counted = new PersonCounts(3, 1);
        _time.Advance(Span);
        _counted = new PersonCounts(4, 1);
        _full = false;
        _time.Advance(Span);

        Assert.Equal([new PersonCountPeriod(Epoch, Epoch + (Span * 2), new PersonCounts(7, 2))], _told);
    }

    [Fact]
    public void Report_MoreThan16Bits_StaysAtTheMost()
    {
        _service.IsOn = true;
        _full = true;
        _counted = new PersonCounts(65_000, int.MaxValue);
        _time.Advance(Span);
        _counted = new PersonCounts(1_000, int.MaxValue);
        _full = false;
        _time.Advance(Span);

        Assert.Equal(new PersonCounts(65_535, 65_535), Assert.Single(_told).Counts);
    }

    [Fact]
    public void Read_BelowZero_CountsAsNone()
    {
        _service.IsOn = true;
        _counted = new PersonCounts(-5, int.MinValue);
        _time.Advance(Span);

        Assert.Equal(default, Assert.Single(_told).Counts);
    }

    [Fact]
    public void Read_Fails_IsLoggedOnceAndTheReportsGoOn()
    {
        _service.IsOn = true;
        _broken = true;
        _time.Advance(Span);
        _time.Advance(Span);
        _broken = false;
        _counted = new PersonCounts(1, 1);
        _time.Advance(Span);

        Assert.Equal(3, _told.Count);
        Assert.Equal(new PersonCounts(1, 1), _told[2].Counts);
        Assert.Single(_log.Lines, static line => line.Level == LogLevel.Error);
    }

    [Fact]
    public void Report_PlatformClockBecameKnown_StartsByThatClock()
    {
        _service.IsOn = true;
        _time.Advance(Span / 2);
        _offset = TimeSpan.FromDays(2000);
        _time.Advance(Span / 2);

        PersonCountPeriod told = Assert.Single(_told);
        Assert.Equal(Epoch + _offset, told.Start);
        Assert.Equal(Span, told.Stop - told.Start);
    }

    private PersonCounts Read()
    {
        if (_broken)
        {
            throw new InvalidOperationException("broken");
        }

        PersonCounts counted = _counted;
        _counted = default;
        return counted;
    }

    private bool Report(PersonCountPeriod period)
    {
        if (!_full)
        {
            _told.Add(period);
        }

        return !_full;
    }
}
