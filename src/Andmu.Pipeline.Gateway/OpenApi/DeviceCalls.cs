using System.Globalization;
using System.Net;
using System.Text.Json;
using Andmu.Pipeline.Gateway.Devices;

namespace Andmu.Pipeline.Gateway.OpenApi;

/// <summary>The seven calls of specification 5.1.1 to 5.1.7.</summary>
internal sealed class DeviceCalls(
    GatewayOptions options,
    GatewayFaults faults,
    NoticeBoard notices,
    DeviceRegistry registry,
    KnownDevices known,
    PlatformSettings settings)
{
    private readonly BindingPolls _polls = new(options.TimeProvider);

    /// <summary>The port that the HEDGW channel listens on; set once the server runs.</summary>
    public int HedgwPort { get; set; }

    public CallAnswer Answer(string messageType, CallRequest request, string authenticatedDeviceId, IPAddress? localAddress)
    {
        string deviceId = request.CheckIdentity(authenticatedDeviceId);
        return messageType switch
        {
            "MSG_P_THD_ADD_CAMERA_REQ" => Register(request, deviceId),
            "MSG_P_THD_GET_CAMERA_BIND_INFO_REQ" => GetBinding(deviceId),
            "MSG_P_THD_SET_CAMERA_CAPACITY_REQ" => SetCapacity(request, deviceId),
            "MSG_P_THD_GET_CAMERA_CHN_ADDR_REQ" => GetAddress(request, deviceId, localAddress),
            "MSG_P_THD_GET_CAMERA_SETTINGS_REQ" => GetSettings(request, deviceId),
            "MSG_P_THD_SET_CAMERA_SETTINGS_REQ" => SetSettings(request, deviceId),
            "MSG_P_THD_SET_CAMERA_INFO_REQ" => SetInfo(request, deviceId),
            _ => throw new CallException(ErrorCodes.BadRequest, "msgType is not one of specification 5.1"),
        };
    }

    private CallAnswer Register(CallRequest request, string deviceId)
    {
        string modelId = RequiredModel(request);
        string mobile = request.RequiredString("userMobile");
        request.RequiredString("userToken");
        RequestFields.CheckComment(request.RequiredString("comment"));
        RequestFields.CheckRegistrationMode(request.OptionalString("registMode"));
        DeviceRecord device = registry.Register(deviceId, request.RequiredString("deviceMacAddress"), mobile, modelId)
            ?? throw new CallException(ErrorCodes.OtherAccount, "the device is registered by another account");
        notices.Post(GatewayNoticeKind.DeviceRegistered, deviceId, $"model {modelId}");
        return CallAnswer.With(json =>
        {
            json.WriteString("deviceToken", device.Token);
            json.WriteString("unifiedId", device.UnifiedId);
        });
    }

    private CallAnswer GetBinding(string deviceId)
    {
        if (_polls.IsTooFast(deviceId))
        {
            notices.Post(GatewayNoticeKind.OpenApiRefused, deviceId, "the binding is polled faster than every 10 s (specification 5.1.2)");
        }

        (string mobile, string token) = settings.Binding;
        return CallAnswer.With(json =>
        {
            // The stray blank is the specification's own.
            json.WriteString("userMobile ", mobile);
            json.WriteString("userToken", token);
        });
    }

    private CallAnswer SetCapacity(CallRequest request, string deviceId)
    {
        CheckToken(request, deviceId);
        JsonElement supportKey = request.RequiredObject("supportKey");
        RequestFields.CheckFlags(supportKey);
        KnownOf(request).Reported(report => DeviceReports.WithCapabilities(report, supportKey));
        return CallAnswer.Ok;
    }

    private CallAnswer GetAddress(CallRequest request, string deviceId, IPAddress? localAddress)
    {
        CheckToken(request, deviceId);
        if (faults.RefuseAddress)
        {
            throw new CallException(ErrorCodes.Undefined, "no gateway is available", httpStatus: 404);
        }

        // Listening on every address, the one the device came through is the one it can reach.
        IPAddress address = options.Host.Equals(IPAddress.Any) || options.Host.Equals(IPAddress.IPv6Any)
            ? localAddress ?? options.Host
            : options.Host;
        string host = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
        return CallAnswer.With(json =>
        {
            json.WriteString("serverAddr", host);
            json.WriteString("serverPort", HedgwPort.ToString(CultureInfo.InvariantCulture));
        });
    }

    private CallAnswer GetSettings(CallRequest request, string deviceId)
    {
        CheckToken(request, deviceId);
        string camRW = settings.CameraSettings;
        return CallAnswer.With(json =>
        {
            json.WritePropertyName("camRW");
            json.WriteRawValue(camRW);
        });
    }

    private CallAnswer SetSettings(CallRequest request, string deviceId)
    {
        CheckToken(request, deviceId);
        JsonElement camParam = request.RequiredObject("camParam");
        RequestFields.CheckCameraParameters(camParam);
        KnownOf(request).Reported(report => DeviceReports.WithParameters(report, camParam));
        return CallAnswer.Ok;
    }

    private CallAnswer SetInfo(CallRequest request, string deviceId)
    {
        DeviceRecord device = CheckToken(request, deviceId);
        string modelId = RequiredModel(request);
        string firmware = request.RequiredString("firmwareVersion");
        string cameraApp = request.RequiredString("cameraAppVersion");
        registry.SetVersions(device, modelId, firmware, cameraApp);
        KnownOf(request).Reported(report => report with { ModelId = modelId, FirmwareVersion = firmware, CameraAppVersion = cameraApp });
        return CallAnswer.Ok;
    }

    private KnownDevice KnownOf(CallRequest request) => known.Of(request.RequiredString("deviceMacAddress"));

    private string RequiredModel(CallRequest request)
    {
        string modelId = request.RequiredString("deviceModelId");
        return RequestFields.IsModelOf(options.AccessKey, modelId)
            ? modelId
            : throw new CallException(ErrorCodes.UnknownModel,
                "deviceModelId is not the access key, an underscore and up to 16 letters, digits and underscores");
    }

    private DeviceRecord CheckToken(CallRequest request, string deviceId)
    {
        string token = request.RequiredString("deviceToken");
        if (registry.Find(deviceId) is { } registered && DeviceRegistry.Matches(registered.Token, token))
        {
            return registered;
        }

        if (!options.RequireRegistration || options.AcceptedTokens.Contains(token))
        {
            string mac = request.RequiredString("deviceMacAddress");
            return new DeviceRecord { DeviceId = deviceId, Mac = mac, UserMobile = "", ModelId = "", Token = token, UnifiedId = "" };
        }

        throw new CallException(ErrorCodes.Undefined, "deviceToken is not the one given at registration; register again");
    }
}
