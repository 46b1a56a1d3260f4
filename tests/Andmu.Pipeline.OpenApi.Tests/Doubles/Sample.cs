using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.OpenApi.Tests.Doubles;

/// <summary>The specification's sample device, and clients for it.</summary>
internal static class Sample
{
    public const string Secret = "XgijVJq7eIp94Ax3cKvq";
    public const string DeviceToken = "89Q832IF09JISDOFCJIOAWIOJ";

    // The specification's example of a time: 1.2.2.2.
    public static readonly DateTimeOffset Now = new(2017, 1, 1, 15, 0, 0, TimeSpan.FromHours(8));

    public static OpenApiOptions Options { get; } = new()
    {
        Endpoint = new Uri("https://openapi.example"),
        AccessKey = "Zhejian",
        AccessSecret = Secret,
        DeviceId = "110234567894562",
        DeviceMacAddress = "2059a074e0bc",
    };

    public static RegisterRequest Register { get; } = new()
    {
        UserMobile = "13888888888",
        UserToken = "e10adc3949ba59abbe56e057f20f883e",
        DeviceModelId = "Zhejian_zj_cnmobile_001",
        Comment = new DeviceComment("3RD-X01", FixedCapabilities.None),
    };

    public static FakeTimeProvider Clock()
    {
        var clock = new FakeTimeProvider(Now);
        clock.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("Shanghai", TimeSpan.FromHours(8), null, null));
        return clock;
    }

    public static OpenApiClient Client(HttpMessageHandler handler, TimeProvider? clock = null, OpenApiOptions? options = null, ILogger? logger = null) =>
        new(new HttpClient(handler), options ?? Options, clock ?? Clock(), logger);

    /// <summary>A client whose every call is answered with <paramref name="json"/>.</summary>
    public static OpenApiClient Answering(string json) => Client(new ScriptedHandler(_ => ScriptedHandler.Json(json)));

    /// <summary>A successful answer to the call for settings.</summary>
    public static string Settings(string camRw) =>
        $$"""{"errorCode":"0","description":"","msgType":"MSG_P_THD_GET_CAMERA_SETTINGS_RSP","camRW":{{camRw}}}""";
}
