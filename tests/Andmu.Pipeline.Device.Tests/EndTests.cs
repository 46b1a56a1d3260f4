using System.Net;
using Andmu.Pipeline.Device.Tests.Doubles;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Device.Tests;

public sealed class EndTests : IAsyncDisposable
{
    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(2026u)]
    [InlineData(0u)]
    public async Task DeviceDeleted_AtTheLogin_ForgetsRegistrationAndAddresses(uint result)
    {
        _world.Gateway.Script(new Hedgw.DevLoginResp { Result = result, DeviceStatus = 44 });
        AndmuDevice device = await _world.StartAsync();

        UplinkFault end = await World.EndOf(device);

        Assert.Equal(UplinkFaultKind.DeviceDeleted, end.Kind);
        await AssertForgottenAsync();
    }

    [Fact]
    public async Task DeviceDeleted_WhileOnline_ForgetsRegistrationAndAddresses()
    {
        AndmuDevice device = await _world.StartAsync();
        await _world.OnlineAsync();

        _world.Gateway.ChangePlan(44);

        Assert.Equal(UplinkFaultKind.DeviceDeleted, (await World.EndOf(device)).Kind);
        await AssertForgottenAsync();
    }

    [Fact]
    public async Task DeviceDeleted_ReportsStillDue_AreNotMadeAnyMore()
    {
        _world.Platform.Script(FakePlatform.Settings, FakePlatform.Unreachable);
        _world.Gateway.Script(FakeGateway.Refused(2026));
        AndmuDevice device = await _world.StartAsync();

        await World.EndOf(device);
        _world.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, _world.Platform.Count(FakePlatform.Settings));
    }

    [Fact]
    public async Task LoginRefused_AtANewAddressToo_ForgetsTheToken()
    {
        _world.Gateway.Script(FakeGateway.Refused(2001), FakeGateway.Refused(2001));
        AndmuDevice device = await _world.StartAsync();

        await _world.PassUplinkPauseAsync();

        Assert.Equal(UplinkFaultKind.LoginRefused, (await World.EndOf(device)).Kind);
        Assert.Equal(2, _world.Platform.Count(FakePlatform.Address));
        await AssertForgottenAsync();
    }

    [Fact]
    public async Task LoginRefused_AndThePlatformGivesTheTokenNoAddress_ForgetsIt()
    {
        await _world.LiveOnceAsync();
        _world.Gateway.Script(FakeGateway.Refused(2001));
        _world.Platform.Script(FakePlatform.Address, FakePlatform.Refuse("80000"));
        AndmuDevice device = await _world.StartAsync();

        await _world.PassUplinkPauseAsync();

        Assert.Equal(UplinkFaultKind.LoginRefused, (await World.EndOf(device)).Kind);
        await AssertForgottenAsync();
    }

    [Fact]
    public async Task LoginRefused_ButSoIsTheVendorsKey_KeepsTheRegistration()
    {
        await _world.LiveOnceAsync();
        _world.Gateway.Script(FakeGateway.Refused(2001));
        _world.Platform.Script(FakePlatform.Address, FakePlatform.Status(HttpStatusCode.Unauthorized));
        AndmuDevice device = await _world.StartAsync();

        await _world.PassUplinkPauseAsync();

        Assert.Equal(UplinkFaultKind.LoginRefused, (await World.EndOf(device)).Kind);
        Assert.DoesNotContain(DeviceStep.RegistrationForgotten, _world.Steps);
        Assert.True(File.Exists(_world.RegistrationPath));
    }

    [Fact]
    public async Task LoginRefusedOnce_ThenAccepted_KeepsTheRegistration()
    {
        _world.Gateway.Script(FakeGateway.Refused(2001));
        AndmuDevice device = await _world.StartAsync();

        await _world.PassUplinkPauseAsync();
        await _world.OnlineAsync();

        await device.DisposeAsync();
        Assert.True(File.Exists(_world.RegistrationPath));
    }

    [Fact]
    public async Task NotAdmitted_IsTriedAgainAfterNinetySecondsAndKeepsTheRegistration()
    {
        _world.Gateway.Script(FakeGateway.Refused(2008));
        AndmuDevice device = await _world.StartAsync();
        await _world.WhenAsync(static step => step.Uplink?.State == UplinkState.Waiting);

        _world.Time.Advance(TimeSpan.FromSeconds(89));
        Assert.Single(_world.Gateway.Logins);
        await _world.PassUplinkPauseAsync();
        await _world.OnlineAsync();

        await device.DisposeAsync();
        Assert.True(File.Exists(_world.RegistrationPath));
    }

    [Theory]
    [InlineData("21113", true)]
    [InlineData("10005", false)]
    [InlineData("70004", false)]
    [InlineData("70002", true)]
    public async Task AddressRefused_AfterARefusedLogin_ForgetsOnlyWhatIsLost(string code, bool isLost)
    {
        await _world.LiveOnceAsync();
        _world.Gateway.Script(FakeGateway.Refused(2001));
        _world.Platform.Script(FakePlatform.Address, FakePlatform.Refuse(code));
        AndmuDevice device = await _world.StartAsync();

        await _world.PassUplinkPauseAsync();

        Assert.Equal(UplinkFaultKind.LoginRefused, (await World.EndOf(device)).Kind);
        Assert.Equal(isLost, !File.Exists(_world.RegistrationPath));
    }

    [Theory]
    [InlineData(2026u, 1u, "(2026). Register the device again")]
    [InlineData(0u, 44u, "(plan 44). Register the device again")]
    public async Task DeviceDeleted_SaysWhatToDo(uint result, uint plan, string said)
    {
        _world.Gateway.Script(new Hedgw.DevLoginResp { Result = result, DeviceStatus = plan });
        AndmuDevice device = await _world.StartAsync();

        Assert.Contains(said, (await World.EndOf(device)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoginRefusedForGood_SaysWhatToDo()
    {
        _world.Gateway.Script(FakeGateway.Refused(2001), FakeGateway.Refused(2001));
        AndmuDevice device = await _world.StartAsync();

        await _world.PassUplinkPauseAsync();

        Assert.Contains("Register the device again", (await World.EndOf(device)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopAsync_Online_EndsWithStoppedAndKeepsTheRegistration()
    {
        AndmuDevice device = await _world.StartAsync();
        await _world.OnlineAsync();

        await device.StopAsync().WaitAsync(Signal.Patience);

        Assert.Equal(UplinkFaultKind.Stopped, (await World.EndOf(device)).Kind);
        Assert.Equal(UplinkState.Ended, device.Uplink!.State);
        Assert.True(File.Exists(_world.RegistrationPath));
    }

    [Fact]
    public async Task StopAsync_NotStarted_CompletesAndKeepsItFromStarting()
    {
        AndmuDevice device = _world.Create();

        await device.StopAsync().WaitAsync(Signal.Patience);

        Assert.Equal(UplinkFaultKind.Stopped, (await World.EndOf(device)).Kind);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => World.StartAsync(device));
        Assert.Empty(_world.Platform.Calls);
    }

    [Fact]
    public async Task StopAsync_WhileStarting_CancelsTheStart()
    {
        _world.Platform.Script(FakePlatform.Register, FakePlatform.Unreachable);
        AndmuDevice device = _world.Create();
        Task start = World.StartAsync(device);
        await _world.WhenAsync(static step => step.Step == DeviceStep.Retrying);

        await device.StopAsync().WaitAsync(Signal.Patience);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        Assert.Equal(UplinkFaultKind.Stopped, (await World.EndOf(device)).Kind);
    }

    [Fact]
    public async Task StopAsync_ReportsStillDue_DoesNotWaitForThem()
    {
        _world.Platform.Script(FakePlatform.Settings, FakePlatform.Unreachable);
        AndmuDevice device = await _world.StartAsync();

        await device.StopAsync().WaitAsync(Signal.Patience);

        Assert.Equal(UplinkFaultKind.Stopped, (await World.EndOf(device)).Kind);
    }

    [Fact]
    public async Task DisposeAsync_Twice_IsAllowed()
    {
        AndmuDevice device = await _world.StartAsync();

        await device.DisposeAsync();
        await device.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => World.StartAsync(device));
    }

    private async Task AssertForgottenAsync()
    {
        Assert.Equal(DeviceStep.RegistrationForgotten, _world.Steps.Last());
        Assert.False(File.Exists(_world.RegistrationPath));
        int registered = _world.Platform.Count(FakePlatform.Register);
        int asked = _world.Platform.Count(FakePlatform.Address);
        int online = _world.Progress.Count(static entry => entry.Progress.Uplink?.State == UplinkState.Online);

        await _world.StartAsync();
        await _world.OnlineAsync(online + 1);

        Assert.Equal(registered + 1, _world.Platform.Count(FakePlatform.Register));
        Assert.Equal(asked + 1, _world.Platform.Count(FakePlatform.Address));
    }
}
