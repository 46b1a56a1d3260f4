using System.Net;
using Andmu.Pipeline.Device.Tests.Doubles;
using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Device.Tests.Binding;

/// <summary>A device that asks the platform for its user, every 10 s or more (specification 5.1.2).</summary>
public sealed class WiredBindingTests : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10.5); // 10 s and half of the first jitter

    private readonly World _world = new();

    private AndmuDeviceOptions Wired => _world.RestartOptions with { WiredBinding = true };

    private IEnumerable<double> PolledAt => _world.Platform.Calls.Where(static call => call.Name == FakePlatform.BindInfo)
        .Select(static call => (call.At - VirtualTime.Epoch).TotalSeconds);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task StartAsync_NobodyYet_AsksEveryTenSecondsAndMoreUntilThereIsSomebody()
    {
        _world.Platform.Script(FakePlatform.BindInfo, Nobody, Nobody, FakePlatform.Bound("138", ""), Somebody());

        Task start = _world.Create(Wired).StartAsync();
        for (int i = 1; i <= 3; i++)
        {
            await _world.Time.PassAsync(Pause, i);
        }

        await start.WaitAsync(Signal.Patience);
        await _world.OnlineAsync();
        Assert.Equal([0, 10.5, 21, 31.5], PolledAt);
        Assert.Equal([DeviceStep.WaitingForUser, DeviceStep.Registering, DeviceStep.Registered], _world.Steps.Take(3));
        Assert.Equal(World.UserMobile, Assert.Single(_world.Gateway.Logins).UserName);
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(4, PolledAt.Count());
    }

    [Fact]
    public async Task StartAsync_PollFails_IsMadeAgainAfterGrowingPausesOfMoreThanTenSeconds()
    {
        _world.Platform.Script(FakePlatform.BindInfo,
            FakePlatform.Unreachable, FakePlatform.Status(HttpStatusCode.ServiceUnavailable), FakePlatform.Refuse("80000"), FakePlatform.Refuse("20000"),
            FakePlatform.Unverified, FakePlatform.Status(HttpStatusCode.Redirect), FakePlatform.Refuse("12345"), Nobody, Somebody());
        double[] pauses = [10.5, 11, 12, 14, 18, 26, 26, 10.5];

        Task start = _world.Create(Wired).StartAsync();
        for (int i = 0; i < pauses.Length; i++)
        {
            await _world.Time.PassAsync(TimeSpan.FromSeconds(pauses[i]), pauses.Take(i + 1).Count(pause => pause == pauses[i]));
        }

        await start.WaitAsync(Signal.Patience);
        Assert.Equal([0, 10.5, 21.5, 33.5, 47.5, 65.5, 91.5, 117.5, 128], PolledAt);
        Assert.Equal(7, _world.Pauses.Count());
    }

    [Theory]
    [InlineData("401", OpenApiError.AuthenticationFailed)]
    [InlineData("10005", OpenApiError.WrongPassword)]
    [InlineData("21113", OpenApiError.RegisteredByAnotherAccount)]
    [InlineData("70002", OpenApiError.ModelIdNotInitialized)]
    [InlineData("70004", OpenApiError.DeviceIdInvalid)]
    public async Task StartAsync_NoUserCouldCome_IsToldAtOnce(string refusal, OpenApiError expected)
    {
        _world.Platform.Script(FakePlatform.BindInfo,
            refusal == "401" ? FakePlatform.Status(HttpStatusCode.Unauthorized) : FakePlatform.Refuse(refusal), Somebody());
        AndmuDevice device = _world.Create(Wired with { QrCodeParser = World.ReadQrCode });

        var error = await Assert.ThrowsAsync<OpenApiException>(() => World.StartAsync(device));

        Assert.Equal(expected, error.Code);
        Assert.Equal([FakePlatform.BindInfo], _world.Platform.Names);
        Task again = World.StartAsync(device);
        Assert.Equal(1, _world.Platform.Count(FakePlatform.BindInfo)); // a new start is no reason to ask sooner
        await _world.Time.PassAsync(TimeSpan.FromSeconds(10));
        await again;
    }

    [Fact]
    public async Task StartAsync_QrCodeComesFirst_StopsThePoll()
    {
        AndmuDevice device = _world.Create(Wired with { QrCodeParser = World.ReadQrCode });
        Task start = World.StartAsync(device);
        await _world.Platform.CalledAsync(FakePlatform.BindInfo, 1);

        Assert.True(device.TrySubmitQrCode("139 scanned", out _));

        await start;
        await _world.OnlineAsync();
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(PolledAt);
        Assert.Equal("139", Assert.Single(_world.Gateway.Logins).UserName);
    }

    [Fact]
    public async Task StartAsync_WireComesFirst_StopsTheScan()
    {
        _world.Platform.Script(FakePlatform.BindInfo, Somebody());
        AndmuDevice device = _world.Create(Wired with { QrCodeParser = World.ReadQrCode });

        await World.StartAsync(device);

        Assert.False(device.TrySubmitQrCode("139 scanned", out BindingRefusal refusal));
        Assert.Equal(BindingRefusal.NotWaiting, refusal);
        Assert.Equal(1, _world.Platform.Count(FakePlatform.Register));
    }

    [Fact]
    public async Task StartAsync_ScannedWhileThePollIsUnderWay_TheScannedOneCounts()
    {
        AndmuDevice device = _world.Create(Wired with { QrCodeParser = World.ReadQrCode });
        _world.Platform.Script(FakePlatform.BindInfo, () =>
        {
            Assert.True(device.TrySubmitQrCode("139 scanned", out _));
            return Somebody()();
        });

        await World.StartAsync(device);
        await _world.OnlineAsync();

        Assert.Equal("139", Assert.Single(_world.Gateway.Logins).UserName);
    }

    [Fact]
    public async Task StartAsync_WireNamesARefusedUser_WaitsForAnotherOrAMinute()
    {
        _world.Platform.Script(FakePlatform.BindInfo, [.. Enumerable.Repeat(Somebody(), 7)]);
        _world.Platform.Script(FakePlatform.Register, FakePlatform.Refuse("80000"));

        Task start = _world.Create(Wired).StartAsync();
        for (int i = 1; i <= 6; i++)
        {
            await _world.Time.PassAsync(Pause, i);
        }

        await start.WaitAsync(Signal.Patience);
        Assert.Equal([0, 10.5, 21, 31.5, 42, 52.5, 63], PolledAt); // the second wait, too, has kept the distance
        Assert.Equal(
            [0, 63],
            _world.Platform.Calls.Where(static call => call.Name == FakePlatform.Register).Select(static call => (call.At - VirtualTime.Epoch).TotalSeconds));
    }

    [Fact]
    public async Task StartAsync_WireNamesANewUserAfterARefusal_RegistersForHim()
    {
        _world.Platform.Script(FakePlatform.BindInfo, Somebody(), Somebody(), FakePlatform.Bound("139", "new"));
        _world.Platform.Script(FakePlatform.Register, FakePlatform.Refuse("80000"));

        Task start = _world.Create(Wired).StartAsync();
        await _world.Time.PassAsync(Pause);
        await _world.Time.PassAsync(Pause, 2);

        await start.WaitAsync(Signal.Patience);
        await _world.OnlineAsync();
        Assert.Equal("139", Assert.Single(_world.Gateway.Logins).UserName);
    }

    [Fact]
    public async Task StartAsync_WiredBindingOff_IsTheDefaultAndAsksNothing()
    {
        Assert.False(new AndmuDeviceOptions { OpenApi = _world.Options.OpenApi, DeviceModelId = "m" }.WiredBinding);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => _world.StartAsync(_world.RestartOptions));

        Assert.Contains("WiredBinding", error.Message, StringComparison.Ordinal);
        Assert.Empty(_world.Platform.Calls);
    }

    private static Func<HttpResponseMessage> Somebody() => FakePlatform.Bound(World.UserMobile, World.UserToken);

    private static HttpResponseMessage Nobody() => FakePlatform.Bound("", "")();
}
