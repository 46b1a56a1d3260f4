using Andmu.Pipeline.Device.Tests.Doubles;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Device.Tests.Binding;

/// <summary>A device that waits for a user, and is shown one.</summary>
public sealed class QrCodeTests : IAsyncDisposable
{
    private const string Code = $"{World.UserMobile} {World.UserToken}";
    private const string OtherCode = "CANARY-13999999999 CANARY-other-token";

    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task TrySubmitQrCode_WhileItWaits_RegistersForThatUser()
    {
        AndmuDevice device = _world.Create(_world.NewOptions);
        Task start = World.StartAsync(device);
        Assert.False(start.IsCompleted);
        Assert.Empty(_world.Platform.Calls);

        Assert.True(device.TrySubmitQrCode(Code, out BindingRefusal refusal));

        await start;
        await _world.OnlineAsync();
        Assert.Equal(BindingRefusal.None, refusal);
        Assert.Equal([DeviceStep.WaitingForUser, DeviceStep.Registering, DeviceStep.Registered], _world.Steps.Take(3));
        Assert.Equal("waiting for a user", _world.Progress.First().Progress.ToString());
        Assert.Equal(World.UserMobile, Assert.Single(_world.Gateway.Logins).UserName);
        Assert.Equal(World.UserToken, Registered().Single().Token);
        Assert.DoesNotContain(FakePlatform.BindInfo, _world.Platform.Names);
    }

    [Fact]
    public async Task TrySubmitQrCode_EncryptedCode_TellsThePlatform()
    {
        AndmuDevice device = _world.Create(_world.NewOptions with { QrCodeParser = static _ => new QrBinding("1", "t", IsEncrypted: true) });
        Task start = World.StartAsync(device);

        Assert.True(device.TrySubmitQrCode("anything", out _));

        await start;
        Assert.Equal("1", _world.Platform.Calls[0].Request.GetProperty("registMode").GetString());
    }

    [Fact]
    public async Task TryBind_WhileItWaits_RegistersForThatUser()
    {
        AndmuDevice device = _world.Create(_world.NewOptions);
        Task start = World.StartAsync(device);

        Assert.True(device.TryBind(World.UserMobile, World.UserToken, out _));

        await start;
        Assert.Equal((World.UserMobile, World.UserToken), Registered().Single());
        Assert.False(_world.Platform.Calls[0].Request.TryGetProperty("registMode", out _));
    }

    [Fact]
    public async Task StartAsync_UserInTheOptions_DoesNotWait()
    {
        await _world.StartAsync(_world.Options with { QrCodeParser = World.ReadQrCode, WiredBinding = true });

        Assert.DoesNotContain(DeviceStep.WaitingForUser, _world.Steps);
        Assert.DoesNotContain(FakePlatform.BindInfo, _world.Platform.Names);
    }

    [Fact]
    public async Task StartAsync_RegistrationKept_DoesNotWait()
    {
        await _world.LiveOnceAsync();

        await _world.StartAsync(_world.NewOptions with { WiredBinding = true });

        Assert.DoesNotContain(DeviceStep.WaitingForUser, _world.Steps);
        Assert.DoesNotContain(FakePlatform.BindInfo, _world.Platform.Names);
    }

    [Fact]
    public async Task StartAsync_CancelledWhileItWaits_EndsAndMayBeCalledAgain()
    {
        AndmuDevice device = _world.Create(_world.NewOptions);
        using var cancel = new CancellationTokenSource();
        Task start = World.StartAsync(device, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        AssertRefused(device, Code, BindingRefusal.NotWaiting);
        Task again = World.StartAsync(device);
        Assert.True(device.TrySubmitQrCode(Code, out _));
        await again;
    }

    [Fact]
    public async Task StartAsync_CancelledAfterTheScan_StillKnowsTheUser()
    {
        _world.Platform.Script(FakePlatform.Register, FakePlatform.Unreachable);
        AndmuDevice device = _world.Create(_world.NewOptions);
        using var cancel = new CancellationTokenSource();
        Task start = World.StartAsync(device, cancel.Token);
        Assert.True(device.TrySubmitQrCode(Code, out _));
        await _world.WhenAsync(static step => step.Step == DeviceStep.Retrying);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);

        await World.StartAsync(device);

        Assert.Equal(1, _world.Steps.Count(static step => step == DeviceStep.WaitingForUser));
        Assert.Equal((World.UserMobile, World.UserToken), Registered().Last());
    }

    [Fact]
    public async Task StopAsync_WhileItWaits_EndsTheStart()
    {
        AndmuDevice device = _world.Create(_world.NewOptions with { WiredBinding = true });
        Task start = World.StartAsync(device);
        await _world.Platform.CalledAsync(FakePlatform.BindInfo, 1);

        await device.StopAsync().WaitAsync(Signal.Patience);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        Assert.Equal(UplinkFaultKind.Stopped, (await World.EndOf(device)).Kind);
    }

    [Fact]
    public async Task TrySubmitQrCode_NotWaiting_IsFalseAndAsksNoParser()
    {
        int parsed = 0;
        AndmuDevice device = _world.Create(_world.NewOptions with { QrCodeParser = payload => { parsed++; return World.ReadQrCode(payload); } });
        AssertRefused(device, Code, BindingRefusal.NotWaiting);
        Task start = World.StartAsync(device);
        Assert.True(device.TrySubmitQrCode(Code, out _));
        await start;

        AssertRefused(device, OtherCode, BindingRefusal.NotWaiting);

        Assert.False(device.TryBind("1", "t", out BindingRefusal refusal));
        Assert.Equal(BindingRefusal.NotWaiting, refusal);
        Assert.Equal(1, parsed);
    }

    [Fact]
    public async Task TrySubmitQrCode_NoParser_IsFalse()
    {
        AndmuDevice device = _world.Create(_world.RestartOptions with { WiredBinding = true });
        Task start = World.StartAsync(device);

        AssertRefused(device, Code, BindingRefusal.NoParser);

        Assert.True(device.TryBind("1", "t", out _));
        await start;
    }

    [Theory]
    [InlineData("", BindingRefusal.NotUnderstood)]
    [InlineData("https://example.com/CANARY-payload", BindingRefusal.NotUnderstood)]
    [InlineData("throw CANARY payload", BindingRefusal.NotUnderstood)]
    [InlineData(" CANARY-token", BindingRefusal.Invalid)]
    [InlineData("13888888888 ", BindingRefusal.Invalid)]
    [InlineData("13888888888 \t", BindingRefusal.Invalid)]
    [InlineData("null CANARY-token", BindingRefusal.Invalid)]
    public async Task TrySubmitQrCode_NoCodeOfTheApp_IsFalseAndTheNextIsTaken(string payload, BindingRefusal expected)
    {
        AndmuDevice device = _world.Create(_world.NewOptions with
        {
            QrCodeParser = static text => text switch
            {
                "throw CANARY payload" => throw new FormatException($"The input string '{text}' was not in a correct format."),
                "null CANARY-token" => new QrBinding(null!, "CANARY-token"),
                _ => World.ReadQrCode(text),
            },
        });
        Task start = World.StartAsync(device);

        AssertRefused(device, payload, expected);

        Assert.Empty(_world.Platform.Calls);
        Assert.True(device.TrySubmitQrCode(Code, out _));
        await start;
        Assert.DoesNotContain(_world.Log.Lines, static line => line.Text.Contains("CANARY", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1023, BindingRefusal.None)]
    [InlineData(1024, BindingRefusal.Invalid)]
    [InlineData(7087, BindingRefusal.Invalid)]
    [InlineData(7088, BindingRefusal.TooLong)]
    [InlineData(1 << 24, BindingRefusal.TooLong)]
    public async Task TrySubmitQrCode_LongToken_IsTakenUpToTheLimit(int length, BindingRefusal expected)
    {
        AndmuDevice device = _world.Create(_world.NewOptions);
        Task start = World.StartAsync(device);

        bool taken = device.TrySubmitQrCode($"1 {new string('x', length)}", out BindingRefusal refusal);

        Assert.Equal(expected, refusal);
        Assert.Equal(expected == BindingRefusal.None, taken);
        Assert.True(taken || device.TrySubmitQrCode(Code, out _));
        await start;
    }

    [Fact]
    public async Task TrySubmitQrCode_HalfASurrogatePair_IsForThePlatformToRefuse()
    {
        _world.Platform.Script(FakePlatform.Register, FakePlatform.Refuse("80000"));
        AndmuDevice device = _world.Create(_world.NewOptions);
        Task start = World.StartAsync(device);

        Assert.True(device.TrySubmitQrCode("13888888888 \ud800\0\"", out _));

        await WaitsForAnotherAsync();
        Assert.True(device.TrySubmitQrCode(Code, out _));
        await start;
    }

    [Fact]
    public void TrySubmitQrCode_Null_Throws()
    {
        AndmuDevice device = _world.Create(_world.NewOptions);

        Assert.Throws<ArgumentNullException>(() => device.TrySubmitQrCode(null!, out _));
        Assert.Throws<ArgumentNullException>(() => device.TryBind(null!, "t", out _));
        Assert.Throws<ArgumentNullException>(() => device.TryBind("1", null!, out _));
    }

    [Fact]
    public async Task TrySubmitQrCode_SeenInEveryPicture_RegistersOnce()
    {
        AndmuDevice device = _world.Create(_world.NewOptions);
        Task start = World.StartAsync(device);
        _world.Platform.Script(FakePlatform.Register, () =>
        {
            for (int i = 0; i < 100; i++)
            {
                Assert.True(device.TrySubmitQrCode(Code, out _));
            }

            return FakePlatform.Refuse("80000")();
        });

        Assert.True(device.TrySubmitQrCode(Code, out _));
        await WaitsForAnotherAsync();

        AssertRefused(device, Code, BindingRefusal.JustRefused);
        Assert.Equal(1, _world.Platform.Count(FakePlatform.Register));
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(device.TrySubmitQrCode(Code, out _));
        await start;
        Assert.Equal(2, _world.Platform.Count(FakePlatform.Register));
    }

    [Fact]
    public async Task TrySubmitQrCode_NewerCodeWhileTheNetworkIsDown_IsRegisteredWithInstead()
    {
        _world.Platform.Script(FakePlatform.Register, FakePlatform.Unreachable);
        AndmuDevice device = _world.Create(_world.NewOptions);
        Task start = World.StartAsync(device);
        Assert.True(device.TrySubmitQrCode("CANARY-1 stale", out _));
        await _world.WhenAsync(static step => step.Step == DeviceStep.Retrying);

        Assert.True(device.TrySubmitQrCode("CANARY-2 older", out _));
        Assert.True(device.TrySubmitQrCode(Code, out _));
        await _world.Time.PassAsync(TimeSpan.FromSeconds(0.5)); // it does not cut the pause short: codes may change with every picture

        await start;
        await _world.OnlineAsync();
        Assert.Equal([("CANARY-1", "stale"), (World.UserMobile, World.UserToken)], Registered());
        Assert.Equal(World.UserMobile, Assert.Single(_world.Gateway.Logins).UserName);
    }

    [Fact]
    public async Task TrySubmitQrCode_FromManyThreads_RegistersForOneOfThem()
    {
        AndmuDevice device = _world.Create(_world.NewOptions with { WiredBinding = true });
        Task start = World.StartAsync(device);

        Parallel.For(0, 100, i => device.TrySubmitQrCode($"{i} token", out _));

        await start;
        Assert.Equal(1, _world.Platform.Count(FakePlatform.Register));
    }

    [Fact]
    public void QrBinding_ToString_HasNeitherNumberNorToken() =>
        Assert.Equal("QrBinding { UserMobile = ***, UserToken = ***, IsEncrypted = True }", $"{new QrBinding("138", "token", IsEncrypted: true)}");

    private static void AssertRefused(AndmuDevice device, string payload, BindingRefusal expected)
    {
        Assert.False(device.TrySubmitQrCode(payload, out BindingRefusal refusal));
        Assert.Equal(expected, refusal);
    }

    private async Task WaitsForAnotherAsync() =>
        await _world.WhenAsync(static step => step is { Step: DeviceStep.WaitingForUser, Error: not null });

    private IEnumerable<(string? Mobile, string? Token)> Registered() => _world.Platform.Calls.Where(static call => call.Name == FakePlatform.Register)
        .Select(static call => (call.Request.GetProperty("userMobile").GetString(), call.Request.GetProperty("userToken").GetString()));
}
