using System.Net;
using Andmu.Pipeline.Device.Tests.Doubles;
using Andmu.Pipeline.OpenApi;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Device.Tests;

public sealed class StartTests : IAsyncDisposable
{
    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task StartAsync_NewDevice_CallsInThePowerOnOrder()
    {
        await _world.StartAsync();
        await _world.OnlineAsync();

        Assert.Equal(
            [FakePlatform.Register, FakePlatform.Settings, FakePlatform.Capabilities, FakePlatform.Info, FakePlatform.Address],
            _world.Platform.Names);
    }

    [Fact]
    public async Task StartAsync_NewDevice_TellsEveryStep()
    {
        await _world.StartAsync();
        await _world.OnlineAsync();

        Assert.Equal(
            [
                "registering", "registered", "settings read", "capabilities reported", "device information reported", "uplink connecting",
                "gateway gateway.example:50922", "uplink logging in", "uplink online",
            ],
            _world.Progress.Select(static entry => entry.Progress.ToString()));
    }

    [Fact]
    public async Task StartAsync_NewDevice_SendsWhatTheOptionsSay()
    {
        await _world.StartAsync(_world.Options with
        {
            DeviceComment = new DeviceComment("3RD-X01", FixedCapabilities.WiFi | FixedCapabilities.Ptz),
            Capabilities = new DeviceCapabilities { SdCard = true },
            QrCodeEncrypted = true,
        });

        var calls = _world.Platform.Calls.ToDictionary(static call => call.Name, static call => call.Request);
        Assert.Equal("['HW':'3RD-X01','FEATURE':17]", calls[FakePlatform.Register].GetProperty("comment").GetString());
        Assert.Equal("1", calls[FakePlatform.Register].GetProperty("registMode").GetString());
        Assert.Equal(World.UserToken, calls[FakePlatform.Register].GetProperty("userToken").GetString());
        Assert.Equal(1, calls[FakePlatform.Capabilities].GetProperty("supportKey").GetProperty("sdcard").GetInt32());
        Assert.Equal("1.2.300", calls[FakePlatform.Info].GetProperty("firmwareVersion").GetString());
        Assert.Equal(World.DeviceToken, calls[FakePlatform.Settings].GetProperty("deviceToken").GetString());
    }

    [Fact]
    public async Task StartAsync_NewDevice_LogsInWithTheRegistration()
    {
        await using AndmuDevice device = await _world.StartAsync(_world.Options with { VideoCodec = Media.VideoCodec.H265, AudioCodec = AudioCodec.G726 });
        await _world.OnlineAsync();

        var login = Assert.Single(_world.Gateway.Logins);
        Assert.Equal(("Zhejian", World.AccessSecret, World.UserMobile), (login.AccessKey, login.AccessSecret, login.UserName));
        Assert.Equal((World.DeviceToken, World.UnifiedId, "2059a074e0bc"), (login.DeviceToken, login.UnifiedId, login.DeviceMac));
        Assert.Equal((2u, 1u), (login.VideoType, login.AudioType));
        Assert.Equal(new Registration(World.DeviceToken, World.UnifiedId), device.Registration);
        Assert.Equal("Front door", device.Settings?.Title);
    }

    [Fact]
    public async Task StartAsync_PlatformDown_RegistersAgainAfterGrowingPauses()
    {
        _world.Platform.Script(FakePlatform.Register,
            FakePlatform.Unreachable, FakePlatform.Status(HttpStatusCode.ServiceUnavailable), FakePlatform.Refuse("20000"), FakePlatform.Refuse("500"),
            FakePlatform.HandshakeBroken, FakePlatform.Unreachable, FakePlatform.Unreachable);
        double[] pauses = [0.5, 1, 2, 4, 8, 16, 16];

        Task start = _world.Create().StartAsync();
        for (int i = 0; i < pauses.Length; i++)
        {
            int nth = pauses.Take(i + 1).Count(pause => pause == pauses[i]);
            await _world.Time.PassAsync(TimeSpan.FromSeconds(pauses[i]), nth);
        }

        await start.WaitAsync(Signal.Patience);
        Assert.Equal(pauses, _world.Pauses.Select(static pause => pause.TotalSeconds));
        Assert.Equal(
            [0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5, 47.5],
            _world.Platform.Calls.Where(static call => call.Name == FakePlatform.Register).Select(static call => (call.At - VirtualTime.Epoch).TotalSeconds));
    }

    [Theory]
    [InlineData("401", OpenApiError.AuthenticationFailed)]
    [InlineData("10005", OpenApiError.WrongPassword)]
    [InlineData("21113", OpenApiError.RegisteredByAnotherAccount)]
    [InlineData("70002", OpenApiError.ModelIdNotInitialized)]
    [InlineData("70004", OpenApiError.DeviceIdInvalid)]
    [InlineData("certificate", OpenApiError.Tls)]
    public async Task StartAsync_RegistrationRefused_ThrowsAtOnce(string refusal, OpenApiError expected)
    {
        _world.Platform.Script(FakePlatform.Register, refusal switch
        {
            "401" => FakePlatform.Status(HttpStatusCode.Unauthorized),
            "certificate" => FakePlatform.Unverified,
            _ => FakePlatform.Refuse(refusal),
        });
        AndmuDevice device = _world.Create();

        var error = await Assert.ThrowsAsync<OpenApiException>(() => World.StartAsync(device));

        Assert.Equal(expected, error.Code);
        Assert.Equal([FakePlatform.Register], _world.Platform.Names);
        Assert.Empty(_world.Pauses);
        Assert.Null(device.Uplink);
        Assert.False(device.Completion.IsCompleted);
    }

    [Fact]
    public async Task StartAsync_AfterARefusal_MayBeCalledAgain()
    {
        _world.Platform.Script(FakePlatform.Register, FakePlatform.Refuse("21113"));
        AndmuDevice device = _world.Create();
        await Assert.ThrowsAsync<OpenApiException>(() => World.StartAsync(device));

        await World.StartAsync(device);

        await _world.OnlineAsync();
    }

    [Fact]
    public async Task StartAsync_NobodyToRegisterFor_SaysWhatIsMissing()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => _world.StartAsync(_world.RestartOptions));

        Assert.Contains("UserMobile and UserToken", error.Message, StringComparison.Ordinal);
        Assert.Empty(_world.Platform.Calls);
    }

    [Fact]
    public async Task StartAsync_Twice_Throws()
    {
        AndmuDevice device = await _world.StartAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => World.StartAsync(device));
    }

    [Fact]
    public async Task StartAsync_CancelledInAPause_EndsAndMayBeCalledAgain()
    {
        _world.Platform.Script(FakePlatform.Register, FakePlatform.Unreachable);
        AndmuDevice device = _world.Create();
        using var cancel = new CancellationTokenSource();
        Task start = World.StartAsync(device, cancel.Token);
        await _world.WhenAsync(static step => step.Step == DeviceStep.Retrying);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        await World.StartAsync(device);
        Assert.Equal(2, _world.Platform.Count(FakePlatform.Register));
    }

    [Fact]
    public async Task StartAsync_CancelledAfterTheRegistration_DoesNotRegisterAgain()
    {
        using var cancel = new CancellationTokenSource();
        AndmuDevice device = _world.Create();
        device.Progress += step =>
        {
            if (step.Step == DeviceStep.SettingsRead)
            {
                cancel.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => World.StartAsync(device, cancel.Token));
        Assert.Equal(UplinkState.New, device.Uplink!.State);

        await World.StartAsync(device);

        await _world.OnlineAsync();
        Assert.Equal(
            [FakePlatform.Register, FakePlatform.Settings, FakePlatform.Capabilities, FakePlatform.Info, FakePlatform.Address],
            _world.Platform.Names);
    }

    [Fact]
    public async Task StartAsync_ReportsFail_MediaDoesNotWaitForThem()
    {
        _world.Platform.Script(FakePlatform.Settings, FakePlatform.Unreachable, FakePlatform.Status(HttpStatusCode.BadGateway));
        _world.Platform.Script(FakePlatform.Capabilities, FakePlatform.Refuse("20000"));

        AndmuDevice device = await _world.StartAsync();
        await _world.OnlineAsync();
        Assert.Equal([FakePlatform.Register, FakePlatform.Settings, FakePlatform.Address], _world.Platform.Names);
        Assert.Null(device.Settings);

        await _world.Time.PassAsync(TimeSpan.FromSeconds(0.5));
        await _world.Time.PassAsync(TimeSpan.FromSeconds(1));
        await _world.Time.PassAsync(TimeSpan.FromSeconds(0.5), nth: 2); // the settings succeeded, so the next failure starts small again
        await _world.WhenAsync(static step => step.Step == DeviceStep.InfoReported);

        Assert.NotNull(device.Settings);
        Assert.Equal(
            [
                FakePlatform.Settings, FakePlatform.Settings, FakePlatform.Capabilities, FakePlatform.Capabilities, FakePlatform.Info,
            ],
            _world.Platform.Names.Skip(3));
    }

    [Fact]
    public async Task StartAsync_ReportsRefused_AreGivenUpAndTheRestGoesOn()
    {
        _world.Platform.Script(FakePlatform.Settings, FakePlatform.Refuse("80000"));
        _world.Platform.Script(FakePlatform.Capabilities, FakePlatform.Status(HttpStatusCode.Unauthorized));

        await _world.StartAsync();
        await _world.OnlineAsync();

        Assert.Equal(
            [DeviceStep.Registering, DeviceStep.Registered, DeviceStep.GivenUp, DeviceStep.GivenUp, DeviceStep.InfoReported],
            _world.Steps.Take(5));
        Assert.Equal(1, _world.Platform.Count(FakePlatform.Settings));
    }

    [Fact]
    public async Task StartAsync_HandlerOfTheHostThrows_IsLoggedAndChangesNothing()
    {
        AndmuDevice device = _world.Create();
        device.Progress += static _ => throw new InvalidOperationException("the host's own");

        await World.StartAsync(device);

        await _world.OnlineAsync();
        Assert.Contains(_world.Log.Lines, static line => line.Text.Contains("the host's own", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Progress_Registered_FindsTheUplinkNotStarted()
    {
        UplinkState? state = null;
        AndmuDevice device = _world.Create();
        device.Progress += step => state = step.Step == DeviceStep.Registered ? device.Uplink?.State : state;

        await World.StartAsync(device);

        Assert.Equal(UplinkState.New, state);
    }

    [Fact]
    public async Task ClockOffset_PlatformCorrectsTheClock_HoldsUntilTheLoginKnowsBetter()
    {
        DateTimeOffset server = VirtualTime.Epoch.AddHours(3).AddMilliseconds(123);
        _world.Platform.Script(FakePlatform.Register, FakePlatform.Status(HttpStatusCode.Unauthorized, server.ToString("yyyy-MM-dd'T'HH:mm:sszzz", null)));
        _world.Platform.Script(FakePlatform.Info, FakePlatform.Unreachable);
        _world.Gateway.Script(FakeGateway.AcceptedAt(server));
        AndmuDevice device = _world.Create();
        TimeSpan? atRegistration = null;
        device.Progress += step => atRegistration = step.Step == DeviceStep.Registered ? device.Buffer.ClockOffset : atRegistration;

        await World.StartAsync(device);
        await _world.OnlineAsync();
        Assert.Equal(TimeSpan.FromHours(3), atRegistration);
        Assert.Equal(TimeSpan.FromHours(3) + TimeSpan.FromMilliseconds(123), device.Buffer.ClockOffset);

        await _world.Time.PassAsync(TimeSpan.FromSeconds(0.5));
        await _world.WhenAsync(static step => step.Step == DeviceStep.InfoReported);
        Assert.Equal(TimeSpan.FromHours(3) + TimeSpan.FromMilliseconds(123), device.Buffer.ClockOffset);
    }
}
