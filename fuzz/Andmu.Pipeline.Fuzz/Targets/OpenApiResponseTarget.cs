using System.Net;
using Andmu.Pipeline.Fuzz.Support;
using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Fuzz.Targets;

/// <summary>
/// The first byte chooses a call and an HTTP status, the rest is the body of the answer. Whatever the platform answers: a result whose values are within their ranges, or an
/// <see cref="OpenApiException"/> in one line in which no secret of the request stands. Nothing else is thrown.
/// </summary>
internal sealed class OpenApiResponseTarget : IFuzzTarget, IDisposable
{
    private const string Secret = "XgijVJq7eIp94Ax3cKvq";
    private const string DeviceToken = "89Q832IF09JISDOFCJIOAWIOJ";
    private const string UserToken = "e10adc3949ba59abbe56e057f20f883e";
    private const int MaxMessageLength = 1024;

    private static readonly HttpStatusCode[] Statuses =
        [HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.InternalServerError];

    private static readonly RegisterRequest User = new()
    {
        UserMobile = "13888888888",
        UserToken = UserToken,
        DeviceModelId = "Zhejian_zj_cnmobile_001",
        Comment = new DeviceComment("3RD-X01", FixedCapabilities.None),
    };

    private static readonly DeviceInfo Info = new()
    {
        DeviceModelId = "Zhejian_zj_cnmobile_001",
        FirmwareVersion = "1.2.300",
        CameraAppVersion = "2.15.200",
    };

    private readonly AnsweringHandler _platform = new();
    private readonly OpenApiClient _client;

    public OpenApiResponseTarget() => _client = new OpenApiClient(new HttpClient(_platform), new OpenApiOptions
    {
        Endpoint = new Uri("https://openapi.example"),
        AccessKey = "Zhejian",
        AccessSecret = Secret,
        DeviceId = "110234567894562",
        DeviceMacAddress = "2059a074e0bc",
        MaxResponseBytes = 1 << 16,
    });

    public string Name => "openapi-response";

    public string Property => "Any answer of the platform is a result within its ranges or an OpenApiException in one line, without a secret.";

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return;
        }

        _platform.Body = input[1..].ToArray();
        _platform.Status = Statuses[(input[0] >> 4) % Statuses.Length];
        try
        {
            Blocking.Wait(Call(input[0] & 0x0F));
        }
        catch (OpenApiException error)
        {
            CheckMessage(error.Message);
        }
    }

    public void Dispose() => _platform.Dispose();

    private Task Call(int choice) => choice switch
    {
        0 => Checked(_client.RegisterAsync(User), static made => made.DeviceToken.Length > 0 && made.UnifiedId.Length > 0),
        1 => Checked(_client.GetBindInfoAsync(), static user => user is null or { UserMobile.Length: > 0, UserToken.Length: > 0 }),
        2 => _client.ReportCapabilitiesAsync(DeviceToken, new DeviceCapabilities()),
        3 => Checked(_client.GetHedgwAddressAsync(DeviceToken), static address => address.Port is >= 1 and <= 65535 && address.Host.Length > 0),
        4 => _client.UpdateDeviceInfoAsync(DeviceToken, Info),
        _ => Checked(_client.GetSettingsAsync(DeviceToken), IsWithinRanges),
    };

    private static async Task Checked<T>(Task<T> call, Predicate<T> isRight) => Expect.Holds(isRight(await call), "a result is outside its ranges");

    private static bool IsWithinRanges(CameraSettings settings) =>
        settings.MotionSensitivity is null or (>= 0 and <= 100)
        && settings.SoundSensitivity is null or (>= 0 and <= 100)
        && (settings.MotionRegions is null || settings.MotionRegions.All(static region => region is >= 1 and <= 25))
        && settings.MotionTrackBackTime is not { Ticks: < 0 };

    private static void CheckMessage(string message)
    {
        Expect.Holds(message.Length <= MaxMessageLength && !message.Any(char.IsControl), "an error is not one short line");
        foreach (string secret in (ReadOnlySpan<string>)[Secret, DeviceToken, UserToken])
        {
            Expect.Holds(!message.Contains(secret, StringComparison.OrdinalIgnoreCase), "an error holds a secret of the request");
        }
    }
}
