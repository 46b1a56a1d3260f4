using Andmu.Pipeline.OpenApi.Tests.Doubles;

namespace Andmu.Pipeline.OpenApi.Tests;

/// <summary>The seven calls: what goes out, and what comes of the answer.</summary>
public sealed class OpenApiClientTests
{
    private const string Common = "\"deviceMacAddress\":\"2059a074e0bc\",\"deviceId\":\"110234567894562\"";
    private const string WithToken = Common + ",\"deviceToken\":\"89Q832IF09JISDOFCJIOAWIOJ\"";

    [Fact]
    public async Task RegisterAsync_SpecificationSample_SendsItAndReadsTheAnswer()
    {
        (Registration registration, string sent) = await CallAsync(
            """{ "errorCode": "0", "description": "", "msgType": "MSG_P_THD_ADD_CAMERA_RSP", "deviceToken": "89Q832IF09JISDOFCJIOAWIOJ", "unifiedId": "KKOWAJFIWI32904493" }""",
            client => client.RegisterAsync(Sample.Register));
        Assert.Equal(
            "{\"msgType\":\"MSG_P_THD_ADD_CAMERA_REQ\"," + Common + ",\"userMobile\":\"13888888888\",\"userToken\":\"e10adc3949ba59abbe56e057f20f883e\"," +
            "\"deviceModelId\":\"Zhejian_zj_cnmobile_001\",\"comment\":\"['HW':'3RD-X01','FEATURE':0]\"}",
            sent);
        Assert.Equal(new Registration("89Q832IF09JISDOFCJIOAWIOJ", "KKOWAJFIWI32904493"), registration);
    }

    [Fact]
    public async Task RegisterAsync_QrCodeEncrypted_SendsRegistMode()
    {
        (_, string sent) = await CallAsync(
            """{"errorCode":"0","msgType":"MSG_P_THD_ADD_CAMERA_RSP","deviceToken":"T","unifiedId":"U"}""",
            client => client.RegisterAsync(Sample.Register with { QrCodeEncrypted = true }));
        Assert.Contains("\"registMode\":\"1\"", sent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deviceToken")]
    [InlineData("unifiedId")]
    public async Task RegisterAsync_AnswerLacksAKey_NamesIt(string missing)
    {
        string json = """{"errorCode":"0","msgType":"MSG_P_THD_ADD_CAMERA_RSP","deviceToken":"T","unifiedId":"U"}""".Replace(missing, "other", StringComparison.Ordinal);
        var exception = await Assert.ThrowsAsync<OpenApiException>(() => Sample.Answering(json).RegisterAsync(Sample.Register));
        Assert.Equal(OpenApiError.InvalidResponse, exception.Code);
        Assert.Contains(missing, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "errorCode": "0", "userMobile ": "", "userToken":"", "msgType": " MSG_P_THD_GET_CAMERA_BIND_INFO_RSP" }""")]
    [InlineData("""{"errorCode":"0","userMobile":null,"msgType":"MSG_P_THD_GET_CAMERA_BIND_INFO_RSP"}""")]
    [InlineData("""{"errorCode":"0","userMobile":"13888888888","userToken":" ","msgType":"MSG_P_THD_GET_CAMERA_BIND_INFO_RSP"}""")]
    public async Task GetBindInfoAsync_NobodyYet_IsNull(string answer)
    {
        (BindInfo? info, string sent) = await CallAsync(answer, client => client.GetBindInfoAsync());
        Assert.Null(info);
        Assert.Equal("{\"msgType\":\"MSG_P_THD_GET_CAMERA_BIND_INFO_REQ\"," + Common + "}", sent);
    }

    [Fact]
    public async Task GetBindInfoAsync_Bound_IsTheUser()
    {
        (BindInfo? info, _) = await CallAsync(
            """{"errorCode":"0","userMobile ":13888888888,"userToken":"T","msgType":"MSG_P_THD_GET_CAMERA_BIND_INFO_RSP"}""",
            client => client.GetBindInfoAsync());
        Assert.Equal(new BindInfo("13888888888", "T"), info);
    }

    [Fact]
    public async Task ReportCapabilitiesAsync_SpecificationSample_SendsOnesAndZeroes()
    {
        var capabilities = new DeviceCapabilities
        {
            DuplexAudioTalk = true,
            PersonStatistic = true,
            SdCard = true,
            EventRecord = true,
            BinoCam = true,
            MotionTrack = true,
            PtzPano = true,
        };
        string sent = await CallAsync(
            """{"errorCode":"0","description":"","msgType":" MSG_P_THD_SET_CAMERA_CAPACITY_RSP"}""",
            client => client.ReportCapabilitiesAsync(Sample.DeviceToken, capabilities));
        Assert.Equal(
            "{\"msgType\":\"MSG_P_THD_SET_CAMERA_CAPACITY_REQ\"," + WithToken + ",\"supportKey\":{\"motionRegion\":0,\"duplexAudioTalk\":1," +
            "\"faceDetect\":0,\"personStatistic\":1,\"sdcard\":1,\"eventRecord\":1,\"binoCam\":1,\"motionTrack\":1,\"peopleDetection\":0,\"ptzPano\":1}}",
            sent);
    }

    [Theory]
    [InlineData("\"220.1.1.10\"", "\"50922\"", "220.1.1.10", 50922)]
    [InlineData("\" hedgw.example \"", "50922", "hedgw.example", 50922)]
    [InlineData("\"::1\"", "\"65535\"", "::1", 65535)]
    public async Task GetHedgwAddressAsync_Address_IsRead(string addr, string port, string host, int number)
    {
        (HedgwAddress address, string sent) = await CallAsync(
            $$"""{"errorCode":"0","description":"","msgType":"MSG_P_THD_GET_CAMERA_CHN_ADDR_RSP","serverAddr":{{addr}},"ServerPort":{{port}}}""",
            client => client.GetHedgwAddressAsync(Sample.DeviceToken));
        Assert.Equal(new HedgwAddress(host, number), address);
        Assert.Equal("{\"msgType\":\"MSG_P_THD_GET_CAMERA_CHN_ADDR_REQ\"," + WithToken + "}", sent);
    }

    [Theory]
    [InlineData("\"\"", "\"1\"", "serverAddr")]
    [InlineData("null", "\"1\"", "serverAddr")]
    [InlineData("[\"h\"]", "\"1\"", "serverAddr")]
    [InlineData("\"a b\"", "\"1\"", "serverAddr")]
    [InlineData("\"h\"", "\"0\"", "serverPort")]
    [InlineData("\"h\"", "65536", "serverPort")]
    [InlineData("\"h\"", "\"-1\"", "serverPort")]
    [InlineData("\"h\"", "50922.5", "serverPort")]
    [InlineData("\"h\"", "\"ssh\"", "serverPort")]
    [InlineData("\"h\"", "null", "serverPort")]
    public async Task GetHedgwAddressAsync_NoAddress_NamesTheKey(string addr, string port, string key)
    {
        string json = $$"""{"errorCode":"0","msgType":"MSG_P_THD_GET_CAMERA_CHN_ADDR_RSP","serverAddr":{{addr}},"serverPort":{{port}}}""";
        var exception = await Assert.ThrowsAsync<OpenApiException>(() => Sample.Answering(json).GetHedgwAddressAsync("T"));
        Assert.Equal(OpenApiError.InvalidResponse, exception.Code);
        Assert.Contains(key, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetHedgwAddressAsync_HostTooLong_IsRefused()
    {
        string json = $$"""{"errorCode":"0","msgType":"MSG_P_THD_GET_CAMERA_CHN_ADDR_RSP","serverAddr":"{{string.Join('.', Enumerable.Repeat("label", 50))}}","serverPort":"1"}""";
        var exception = await Assert.ThrowsAsync<OpenApiException>(() => Sample.Answering(json).GetHedgwAddressAsync("T"));
        Assert.Equal(OpenApiError.InvalidResponse, exception.Code);
    }

    [Fact]
    public async Task GetSettingsAsync_NoCamRw_NamesIt()
    {
        var exception = await Assert.ThrowsAsync<OpenApiException>(() => Sample.Answering(Sample.Settings("null")).GetSettingsAsync("T"));
        Assert.Equal(OpenApiError.InvalidResponse, exception.Code);
        Assert.Contains("camRW", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpdateSettingsAsync_EverythingSet_SendsStrings()
    {
        var update = new CameraStatusUpdate
        {
            Status = true,
            PersonStatus = false,
            WifiSsid = "客厅 \"2.4G\" & more",
            SdCardStatus = SdCardStatus.Normal,
            DeviceAngle = new DeviceAngle(355, 96, 69, 65, 10, 30),
            BinoParam = "b",
        };
        string sent = await CallAsync(
            """{"errorCode":"0","msgType":"MSG_P_THD_SET_CAMERA_SETTINGS_RSP"}""", client => client.UpdateSettingsAsync(Sample.DeviceToken, update));
        Assert.Equal(
            "{\"msgType\":\"MSG_P_THD_SET_CAMERA_SETTINGS_REQ\"," + WithToken + ",\"camParam\":{\"status\":\"On\",\"personStatus\":\"Off\"," +
            "\"wifiSSID\":\"客厅 \\\"2.4G\\\" & more\",\"sdcardStatus\":\"3\",\"deviceAngle\":\"355:96:69:65:10:30\",\"binoParam\":\"b\"}}",
            sent);
    }

    [Fact]
    public async Task UpdateSettingsAsync_OneThing_SendsNothingElse()
    {
        string sent = await CallAsync(
            """{"errorCode":"0","msgType":"MSG_P_THD_SET_CAMERA_SETTINGS_RSP"}""",
            client => client.UpdateSettingsAsync(Sample.DeviceToken, new CameraStatusUpdate { Status = false }));
        Assert.EndsWith("\"camParam\":{\"status\":\"Off\"}}", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpdateSettingsAsync_Nothing_ThrowsAndSendsNothing()
    {
        var handler = new ScriptedHandler(_ => throw new InvalidOperationException());
        await Assert.ThrowsAsync<ArgumentException>("update", () => Sample.Client(handler).UpdateSettingsAsync("T", new CameraStatusUpdate()));
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task UpdateDeviceInfoAsync_SpecificationSample_SendsIt()
    {
        string sent = await CallAsync(
            """{"errorCode":"0","description":"","msgType":"MSG_P_THD_SET_CAMERA_INFO_RSP"}""",
            client => client.UpdateDeviceInfoAsync(
                Sample.DeviceToken,
                new DeviceInfo { DeviceModelId = "Zhejian_zj_cnmobile_001", FirmwareVersion = "1.2.300", CameraAppVersion = "2.15.200" }));
        Assert.Equal(
            "{\"msgType\":\"MSG_P_THD_SET_CAMERA_INFO_REQ\"," + WithToken +
            ",\"deviceModelId\":\"Zhejian_zj_cnmobile_001\",\"firmwareVersion\":\"1.2.300\",\"cameraAppVersion\":\"2.15.200\"}",
            sent);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public async Task AnyCall_NoToken_ThrowsAtOnce(string? token) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Sample.Answering("{}").GetSettingsAsync(token!));

    private static async Task<(T Result, string Sent)> CallAsync<T>(string answer, Func<OpenApiClient, Task<T>> call)
    {
        var handler = new ScriptedHandler(_ => ScriptedHandler.Json(answer));
        T result = await call(Sample.Client(handler));
        return (result, Assert.Single(handler.Requests).JsonObject);
    }

    private static async Task<string> CallAsync(string answer, Func<OpenApiClient, Task> call)
    {
        var handler = new ScriptedHandler(_ => ScriptedHandler.Json(answer));
        await call(Sample.Client(handler));
        return Assert.Single(handler.Requests).JsonObject;
    }
}
