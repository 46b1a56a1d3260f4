using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Device.Services;
using Andmu.Pipeline.Device.State;
using Andmu.Pipeline.Device.Tests.Doubles;
using Andmu.Pipeline.Session;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Tests.Services;

public sealed class StatisticsServiceTests : IAsyncDisposable
{
    private static readonly UplinkStateChange Online = new(UplinkState.Online, null);
    private static readonly UplinkStateChange Lost = new(UplinkState.Waiting, new UplinkFault(UplinkFaultKind.ConnectionLost, "gone"));
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("andmu-statistics-");
    private readonly RecordingLoggers _log = new();
    private readonly List<DailyStatistics> _sent = [];
    private readonly VirtualTime _time = new();
    private StatisticsService? _service;
    private UplinkStatistics _uplink;
    private long _openApiFailures;
    private long _addressRequests;
    private TimeSpan _offset;
    private Func<string?>? _selfDefine;
    private bool _full;

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public void Night_FirstAfterTheStart_TellsTheDaysCounts()
    {
        Start();
        Pass(TimeSpan.FromHours(12));
        _uplink = new UplinkStatistics
        {
            BytesSent = 5_000_000,
            Captured = new MediaTotals(1000, 2000, 10, 0),
            Dropped = new MediaTotals(10, 20, 1, 0),
            Flushes = 4,
            SendLatency = TimeSpan.FromSeconds(2),
        };
        _openApiFailures = 3;
        _addressRequests = 2;
        Pass(TimeSpan.FromHours(16));

        DailyStatistics told = Assert.Single(_sent);
        Assert.Equal(
            new StatisticsTotals(5_000_000, 1000, 10, 2000, 20, told.Totals.OnlineMs, 0, 1, 2000, 4, 3, 2),
            told.Totals);
        Assert.Equal(500, told.Totals.MeanDelayMs);
        Assert.Equal((long)(told.End - told.Start).TotalMilliseconds, told.Totals.OnlineMs);
        Assert.Equal(VirtualTime.Epoch, told.Start);
        Assert.InRange(told.End, VirtualTime.Epoch.AddDays(1), VirtualTime.Epoch.AddHours(28));
    }

    [Fact]
    public void Night_Every_HasOneReportThatStartsWhereTheLastEnded()
    {
        Start();
        for (int day = 0; day < 10; day++)
        {
            _uplink = _uplink with { BytesSent = _uplink.BytesSent + 100 };
            Pass(TimeSpan.FromDays(1));
        }

        Assert.Equal(9, _sent.Count); // the tenth night has only just begun
        Assert.All(_sent.Zip(_sent.Skip(1)), static pair => Assert.Equal(pair.First.End, pair.Second.Start));
        Assert.InRange(_sent.Sum(static told => told.Totals.Bytes), 900, 1000);
        Assert.True(_sent.Select(static told => told.End.TimeOfDay).Distinct().Count() > 3);
    }

    [Fact]
    public void OnUplinkChanged_LinkThatBreaks_CountsDisconnectsAndTimeOnline()
    {
        Start();
        Pass(TimeSpan.FromHours(1));
        _service!.OnUplinkChanged(Lost);
        _service.OnUplinkChanged(new UplinkStateChange(UplinkState.Connecting, null));
        _service.OnUplinkChanged(Lost); // it never was online between
        Pass(TimeSpan.FromHours(2));
        _service.OnUplinkChanged(Online);
        Pass(TimeSpan.FromHours(1));
        _service.OnUplinkChanged(new UplinkStateChange(UplinkState.Ended, new UplinkFault(UplinkFaultKind.Stopped, "by the host")));
        Pass(TimeSpan.FromHours(25));

        Assert.Equal((1L, 2 * 3_600_000L), (_sent[0].Totals.Disconnects, _sent[0].Totals.OnlineMs));
    }

    [Fact]
    public async Task Start_Again_KeepsTheCountsAndCountsTheStart()
    {
        Start();
        _uplink = new UplinkStatistics { BytesSent = 700 };
        Pass(TimeSpan.FromHours(3));
        await StopAsync();
        Assert.Empty(_sent);

        _uplink = new UplinkStatistics { BytesSent = 40 }; // a process of its own counts anew
        Start();
        Pass(TimeSpan.FromHours(26));

        StatisticsTotals told = Assert.Single(_sent).Totals;
        Assert.Equal((740, 2), (told.Bytes, told.Starts));
        Assert.Equal(VirtualTime.Epoch, _sent[0].Start);
    }

    [Fact]
    public async Task Start_AgainAfterAReportThatNight_DoesNotReportTwice()
    {
        Start();
        Pass(TimeSpan.FromHours(28));
        Assert.Single(_sent);
        await StopAsync();

        Start();
        Pass(TimeSpan.FromHours(19));

        Assert.Single(_sent);
    }

    [Fact]
    public async Task Night_DeviceOff_IsToldInTheHourAfterItsStart()
    {
        Start();
        Pass(TimeSpan.FromHours(20));
        await StopAsync();
        _time.Advance(TimeSpan.FromHours(16)); // noon of the next day
        Start();
        Pass(TimeSpan.FromHours(1));

        DailyStatistics told = Assert.Single(_sent);
        Assert.Equal(VirtualTime.Epoch, told.Start);
        Assert.InRange(told.End - told.Start, TimeSpan.FromHours(36), TimeSpan.FromHours(37));
    }

    [Theory]
    [InlineData("2026-10-24T10:00:00Z")] // the clock is set back in the night of the 25th: 02:00 to 03:00 comes twice
    [InlineData("2026-03-28T10:00:00Z")] // and forward on the 29th
    public void Night_ClockIsSetForDaylightSaving_IsToldOnceADay(string from)
    {
        _time.AdjustTime(DateTimeOffset.Parse(from, System.Globalization.CultureInfo.InvariantCulture));
        _time.SetLocalTimeZone(Berlin);
        Start();

        Pass(TimeSpan.FromDays(3));

        Assert.Equal(3, _sent.Count);
        DateTimeOffset[] local = [.. _sent.Select(told => TimeZoneInfo.ConvertTime(told.End, Berlin))];
        Assert.Equal(3, local.Select(static time => time.Date).Distinct().Count());
        Assert.All(local, static time => Assert.InRange(time.TimeOfDay, TimeSpan.Zero, TimeSpan.FromHours(4)));
    }

    [Fact]
    public void Night_OutboxFull_IsTriedAgainInThatNight()
    {
        Start();
        _full = true;
        Pass(TimeSpan.FromHours(24.5));
        _full = false;
        Pass(TimeSpan.FromHours(4));

        DailyStatistics told = Assert.Single(_sent);
        Assert.Equal(VirtualTime.Epoch, told.Start);
        Assert.Equal(1, told.Totals.Starts);
    }

    [Fact]
    public void Night_OutboxFullAllNight_IsToldWhenThereIsRoom()
    {
        Start();
        _full = true;
        Pass(TimeSpan.FromHours(30));
        Assert.Empty(_sent);
        _full = false;
        Pass(TimeSpan.FromMinutes(2));

        Assert.Equal(VirtualTime.Epoch, Assert.Single(_sent).Start);
    }

    [Fact]
    public void Night_NeverOnline_TellsNothing()
    {
        Start(online: false);

        Pass(TimeSpan.FromDays(3));

        Assert.Empty(_sent);
    }

    [Fact]
    public void OnUplinkChanged_ClockWasFarAhead_DoesNotSilenceTheDevice()
    {
        _offset = TimeSpan.FromDays(10_000); // a platform that says so
        Start();
        Pass(TimeSpan.FromHours(1));
        _offset = TimeSpan.Zero;
        _service!.OnUplinkChanged(Lost);
        _service.OnUplinkChanged(Online);
        Pass(TimeSpan.FromDays(2));

        Assert.NotEmpty(_sent);
        Assert.All(_sent, static told => Assert.True(told.Start <= told.End));
    }

    [Fact]
    public void OnUplinkChanged_Flapping_TellsNoMoreThanOnceANight()
    {
        Start();
        for (int i = 0; i < 2 * 24 * 60; i++)
        {
            _service!.OnUplinkChanged(Lost);
            _service.OnUplinkChanged(Online);
            Pass(TimeSpan.FromMinutes(1));
        }

        Assert.InRange(_sent.Count, 1, 2);
        Assert.True(_sent[0].Totals.Disconnects > 1000);
    }

    [Theory]
    [InlineData("{\"a\":[1,2]}", true)]
    [InlineData("17", true)]
    [InlineData("{\"a\":", false)]
    [InlineData("", false)]
    [InlineData("{} {}", false)]
    [InlineData("[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]", false)]
    public void Night_SelfDefine_IsSentIfItIsJson(string json, bool isSent)
    {
        _selfDefine = () => json;
        Start();
        Pass(TimeSpan.FromHours(28));

        Assert.Equal(isSent ? json : null, Assert.Single(_sent).SelfDefine);
    }

    [Fact]
    public void Night_SelfDefineTooLongOrFailing_IsLeftOut()
    {
        _selfDefine = static () => $"\"{new string('x', 4095)}\"";
        Start();
        Pass(TimeSpan.FromHours(28));
        _selfDefine = static () => throw new InvalidOperationException("broken");
        Pass(TimeSpan.FromHours(24));

        Assert.Equal([null, null], _sent.Select(static told => told.SelfDefine));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"start\":null,\"lastDay\":null,\"totals\":null}")]
    [InlineData("{\"start\":\"2026-01-01T00:00:00Z\",\"lastDay\":null,\"totals\":{}}")]
    public void Start_KeptFileIsDamaged_CountsAnew(string text)
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "statistics.json"), text);

        Start();
        Pass(TimeSpan.FromHours(28));

        Assert.Equal(1, Assert.Single(_sent).Totals.Starts);
        Assert.Contains(_log.Lines, static line => line.Level == LogLevel.Warning);
    }

    [Fact]
    public void Start_NoFolder_TellsWhatItCountedSince()
    {
        Start(directory: null);
        Pass(TimeSpan.FromHours(28));

        Assert.Equal(1, Assert.Single(_sent).Totals.Starts);
    }

    private void Start(bool online = true) => Start(_directory.FullName, online);

    private void Start(string? directory, bool online = true)
    {
        var sources = new StatisticsSources(
            () => _uplink, () => _openApiFailures, () => _addressRequests, () => _time.GetUtcNow() + _offset, () => _selfDefine?.Invoke());
        _service = new StatisticsService(sources, Send, new StatisticsStore(directory, _log), _time, new Random(5), _log);
        if (online)
        {
            _service.OnUplinkChanged(Online);
        }
    }

    private async Task StopAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }
    }

    private void Pass(TimeSpan time)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMinutes(1))
        {
            _time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    private bool Send(DailyStatistics report)
    {
        if (!_full)
        {
            _sent.Add(report);
        }

        return !_full;
    }
}
