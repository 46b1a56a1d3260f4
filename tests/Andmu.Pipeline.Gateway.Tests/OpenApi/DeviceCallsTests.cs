using System.Net;
using System.Text.Json;
using Andmu.Pipeline.Gateway.Tests.Support;

namespace Andmu.Pipeline.Gateway.Tests.OpenApi;

public sealed class DeviceCallsTests
{
    [Fact]
    public async Task Register_Twice_GivesTheSameTokenAndKeepsItAcrossRestarts()
    {
        using var directory = new TemporaryDirectory();
        await using TestGateway gateway = await TestGateway.StartAsync(o => o with { DataDirectory = directory.Path });
        using var client = new ApiClient(gateway);

        (string Token, string UnifiedId) first = await client.RegisterAsync();
        (string Token, string UnifiedId) second = await client.RegisterAsync();
        await using TestGateway restarted = await TestGateway.StartAsync(o => o with { DataDirectory = directory.Path });
        using var other = new ApiClient(restarted);
        (string Token, string UnifiedId) third = await other.RegisterAsync();

        Assert.Equal(first, second);
        Assert.Equal(first, third);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(directory.File("devices.json")));
    }

    [Fact]
    public async Task Register_ByAnotherAccount_Gets21113()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var client = new ApiClient(gateway);
        await client.RegisterAsync();

        Assert.Equal("21113", await ErrorOf(client, ApiClient.Registration(mobile: "13999999999")));
    }

    [Fact]
    public async Task Login_WithRegisteredToken_TakesTheRegisteredDeviceId()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var client = new ApiClient(gateway);
        (string token, string unifiedId) = await client.RegisterAsync();
        var login = RawDevice.Login(token);
        login.UnifiedId = unifiedId;

        using RawDevice device = await RawDevice.LogInAsync(gateway, login);

        Assert.Equal(ApiClient.DeviceId, Assert.Single(gateway.Server.Devices).DeviceId);
    }

    [Fact]
    public async Task Login_AfterForgetDevice_IsRefused()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var client = new ApiClient(gateway);
        (string token, _) = await client.RegisterAsync();
        Assert.True(gateway.Server.ForgetDevice(ApiClient.DeviceId));

        using RawDevice device = await RawDevice.ConnectAsync(gateway);
        await device.SendAsync(RawDevice.LoginPacket(RawDevice.Login(token)));

        Assert.Equal(2001u, (await device.ReceiveAsync())!.DevLoginResp.Result);
        Assert.Equal("80000", await ErrorOf(client, WithToken("MSG_P_THD_GET_CAMERA_SETTINGS_REQ", token)));
    }

    [Fact]
    public async Task GetBinding_AnswersEmptyUntilOffered()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var client = new ApiClient(gateway);
        string request = ApiClient.Json("MSG_P_THD_GET_CAMERA_BIND_INFO_REQ");

        JsonElement before = await client.CallAsync(request);
        gateway.Server.OfferBinding("13888888888", "token");
        JsonElement after = await client.CallAsync(request);

        Assert.Equal("MSG_P_THD_GET_CAMERA_BIND_INFO_RSP", before.GetProperty("msgType").GetString());
        Assert.Equal("", before.GetProperty("userMobile ").GetString());
        Assert.Equal("13888888888", after.GetProperty("userMobile ").GetString());
        Assert.Equal("token", after.GetProperty("userToken").GetString());
        Assert.Contains("10 s", (await gateway.NextAsync(GatewayNoticeKind.OpenApiRefused)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAddress_AnswersTheListener_Or404()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var client = new ApiClient(gateway);
        (string token, _) = await client.RegisterAsync();
        string request = WithToken("MSG_P_THD_GET_CAMERA_CHN_ADDR_REQ", token);

        JsonElement answer = await client.CallAsync(request);
        gateway.Server.Faults.RefuseAddress = true;
        using HttpResponseMessage refused = await client.PostAsync(request);

        Assert.Equal("127.0.0.1", answer.GetProperty("serverAddr").GetString());
        Assert.Equal($"{gateway.Server.HedgwEndpoint.Port}", answer.GetProperty("serverPort").GetString());
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task GetSettings_KeepsTheStrayBlanksOfTheSpecification()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var client = new ApiClient(gateway);
        (string token, _) = await client.RegisterAsync();

        JsonElement camera = (await client.CallAsync(WithToken("MSG_P_THD_GET_CAMERA_SETTINGS_REQ", token))).GetProperty("camRW");

        Assert.Equal("On", camera.GetProperty("status").GetString());
        Assert.Equal("21:00", camera.GetProperty(" personSchedules").GetProperty("valueList")[0].GetProperty("startTime ").GetString());
    }

    [Theory]
    [InlineData("MSG_P_THD_SET_CAMERA_CAPACITY_REQ", "\"supportKey\":{\"motionRegion\":1,\"sdcard\":0}", "0")]
    [InlineData("MSG_P_THD_SET_CAMERA_CAPACITY_REQ", "\"supportKey\":{\"motionRegion\":\"1\"}", "400")]
    [InlineData("MSG_P_THD_SET_CAMERA_CAPACITY_REQ", "\"x\":0", "20008")]
    [InlineData("MSG_P_THD_SET_CAMERA_SETTINGS_REQ", "\"camParam\":{\"status\":\"On\",\"sdcardStatus\":\"3\"}", "0")]
    [InlineData("MSG_P_THD_SET_CAMERA_SETTINGS_REQ", "\"camParam\":{\"status\":\"on\"}", "400")]
    [InlineData("MSG_P_THD_SET_CAMERA_SETTINGS_REQ", "\"camParam\":{\"sdcardStatus\":\"4\"}", "400")]
    [InlineData("MSG_P_THD_SET_CAMERA_INFO_REQ", "\"deviceModelId\":\"zhejian_A\",\"firmwareVersion\":\"1\",\"cameraAppVersion\":\"2\"", "0")]
    [InlineData("MSG_P_THD_SET_CAMERA_INFO_REQ", "\"deviceModelId\":\"Other_A\",\"firmwareVersion\":\"1\",\"cameraAppVersion\":\"2\"", "70002")]
    [InlineData("MSG_P_THD_SET_CAMERA_INFO_REQ", "\"deviceModelId\":\"Zhejian_A\",\"firmwareVersion\":\"\",\"cameraAppVersion\":\"2\"", "20008")]
    [InlineData("MSG_P_THD_UNHEARD_OF_REQ", "\"x\":0", "400")]
    public async Task Call_WithToken_GetsItsErrorCode(string type, string extra, string expected)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var client = new ApiClient(gateway);
        (string token, _) = await client.RegisterAsync();

        JsonElement answer = await client.CallAsync(WithToken(type, token, extra));

        Assert.Equal(expected, answer.GetProperty("errorCode").GetString());
        Assert.Equal(type.Replace("_REQ", "_RSP", StringComparison.Ordinal), answer.GetProperty("msgType").GetString());
    }

    [Theory]
    [InlineData("", "20005")]
    [InlineData("{a:1}", "21001")]
    [InlineData("[]", "21001")]
    [InlineData("{}", "20008")]
    [InlineData("{\"msgType\":\"A\",\"msgType\":\"B\"}", "21001")]
    [InlineData("{\"msgType\":5}", "400")]
    [InlineData("{\"msgType\":\"\\ud800\"}", "21001")]
    [InlineData("{\"\\ud800\":5}", "21001")]
    public async Task Call_WithBadJson_GetsItsErrorCode(string json, string expected)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var client = new ApiClient(gateway);

        Assert.Equal(expected, await ErrorOf(client, json));
    }

    [Theory]
    [InlineData("11023456789456", "2059a074e0bc", "70004")]
    [InlineData("../../../../etc", "2059a074e0bc", "70004")]
    [InlineData("110234567894563", "2059a074e0bc", "70004")]
    [InlineData("110234567894562", "20:59:a0:74:e0:bc", "400")]
    [InlineData("110234567894562", "2059a074e0bg", "400")]
    public async Task Call_WithBadIdentity_GetsItsErrorCode(string deviceId, string mac, string expected)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var client = new ApiClient(gateway);

        Assert.Equal(expected, await ErrorOf(client, ApiClient.Json("MSG_P_THD_GET_CAMERA_BIND_INFO_REQ", deviceId: deviceId, mac: mac)));
    }

    [Fact]
    public async Task Call_WithoutToken_IsRefused()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var client = new ApiClient(gateway);
        await client.RegisterAsync();

        Assert.Equal("20008", await ErrorOf(client, ApiClient.Json("MSG_P_THD_GET_CAMERA_CHN_ADDR_REQ")));
        Assert.Equal("80000", await ErrorOf(client, WithToken("MSG_P_THD_GET_CAMERA_CHN_ADDR_REQ", "guessed")));
    }

    [Theory]
    [InlineData("accessKey=Zhejian", 400)]
    [InlineData("accessKey=Zhejian&accessKey=Zhejian&signature=&jsonObject=", 400)]
    [InlineData("{}", 400)]
    [InlineData("", 400)]
    public async Task Call_WithBadForm_Gets400(string body, int expected)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var client = new ApiClient(gateway);

        using HttpResponseMessage response = await client.PostBodyAsync(body);

        Assert.Equal(expected, (int)response.StatusCode);
    }

    [Fact]
    public async Task Call_AboveOneMebibyte_Gets413()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var client = new ApiClient(gateway);

        using HttpResponseMessage response = await client.PostBodyAsync(new string('x', (1024 * 1024) + 1));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Call_ElsewhereOrByGet_IsRefused()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var client = new ApiClient(gateway);

        using HttpResponseMessage elsewhere = await client.PostBodyAsync("", "/andmu/v1");
        using HttpResponseMessage get = await client.GetAsync();

        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
    }

    [Fact]
    public async Task Faults_OfTheOpenApi_AreAnswered()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var client = new ApiClient(gateway);
        gateway.Server.Faults.OpenApiError = type => type == "MSG_P_THD_ADD_CAMERA_REQ" ? "20000" : null;

        Assert.Equal("20000", await ErrorOf(client, ApiClient.Registration()));

        gateway.Server.Faults.OpenApiStatus = 503;
        using HttpResponseMessage response = await client.PostAsync(ApiClient.Registration());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    private static string WithToken(string type, string token, string extra = "") =>
        ApiClient.Json(type, $"\"deviceToken\":\"{token}\"" + (extra.Length > 0 ? "," + extra : ""));

    private static async Task<string?> ErrorOf(ApiClient client, string json) =>
        (await client.CallAsync(json)).GetProperty("errorCode").GetString();
}
