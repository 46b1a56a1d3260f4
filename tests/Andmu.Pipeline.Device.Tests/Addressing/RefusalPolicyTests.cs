using System.Net;
using Andmu.Pipeline.Device.Addressing;
using Andmu.Pipeline.Device.Tests.Doubles;
using Andmu.Pipeline.OpenApi;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Device.Tests.Addressing;

public sealed class RefusalPolicyTests : IAsyncDisposable
{
    private static readonly UplinkFault LoginRefused = new(UplinkFaultKind.LoginRefused, "", 2001);
    private static readonly UplinkFault AddressRefused = new(UplinkFaultKind.LoginRefused, "");

    private readonly World _world = new();
    private readonly RefusalPolicy _policy = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData("401", UplinkFaultKind.LoginRefused, false)]
    [InlineData("10005", UplinkFaultKind.LoginRefused, false)]
    [InlineData("70004", UplinkFaultKind.LoginRefused, false)]
    [InlineData("21113", UplinkFaultKind.LoginRefused, true)]
    [InlineData("80000", UplinkFaultKind.NoEndpoint, false)]
    [InlineData("20000", UplinkFaultKind.NoEndpoint, false)]
    [InlineData("12345", UplinkFaultKind.NoEndpoint, false)]
    public async Task OnAddressRefused_NoLoginBefore_Judges(string errorCode, UplinkFaultKind kind, bool lost)
    {
        Assert.Equal(kind, _policy.OnAddressRefused(await ErrorAsync(errorCode)));
        Assert.Equal(lost, _policy.IsRegistrationLost(AddressRefused));
    }

    [Theory]
    [InlineData("401", UplinkFaultKind.LoginRefused, false)]
    [InlineData("10005", UplinkFaultKind.LoginRefused, false)]
    [InlineData("80000", UplinkFaultKind.LoginRefused, true)]
    [InlineData("12345", UplinkFaultKind.LoginRefused, true)]
    [InlineData("20000", UplinkFaultKind.NoEndpoint, false)]
    public async Task OnAddressRefused_LoginRefusedBefore_Judges(string errorCode, UplinkFaultKind kind, bool lost)
    {
        _policy.OnLoginRefused(LoginRefused);

        Assert.Equal(kind, _policy.OnAddressRefused(await ErrorAsync(errorCode)));
        Assert.Equal(lost, _policy.IsRegistrationLost(AddressRefused));
    }

    [Fact]
    public async Task OnAddressRefused_OnlineSinceTheRefusal_IsThePlatformsTrouble()
    {
        _policy.OnLoginRefused(LoginRefused);
        _policy.OnOnline();

        Assert.Equal(UplinkFaultKind.NoEndpoint, _policy.OnAddressRefused(await ErrorAsync("80000")));
    }

    [Theory]
    [InlineData(UplinkFaultKind.DeviceDeleted, 2026, true)]
    [InlineData(UplinkFaultKind.LoginRefused, 2001, true)]
    [InlineData(UplinkFaultKind.LoginRefused, null, false)]
    [InlineData(UplinkFaultKind.Stopped, null, false)]
    public void IsRegistrationLost_ByTheEnd_Judges(UplinkFaultKind kind, int? code, bool lost) =>
        Assert.Equal(lost, _policy.IsRegistrationLost(new UplinkFault(kind, "", code)));

    private async Task<OpenApiException> ErrorAsync(string errorCode)
    {
        _world.Platform.Script(
            FakePlatform.Register, errorCode == "401" ? FakePlatform.Status(HttpStatusCode.Unauthorized) : FakePlatform.Refuse(errorCode));
        using var http = new HttpClient(_world.Platform, disposeHandler: false);
        var client = new OpenApiClient(http, _world.Options.OpenApi, _world.Time);
        return await Assert.ThrowsAsync<OpenApiException>(() => client.RegisterAsync(new RegisterRequest
        {
            UserMobile = World.UserMobile,
            UserToken = World.UserToken,
            DeviceModelId = "m",
            Comment = new DeviceComment("h", FixedCapabilities.None),
        }));
    }
}
