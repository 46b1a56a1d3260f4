using System.Globalization;
using System.Net;
using Andmu.Pipeline.OpenApi.Tests.Doubles;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.OpenApi.Tests;

/// <summary>Which answer is which error, and what its message says.</summary>
public sealed class OpenApiErrorTests
{
    private const string Rsp = "\"msgType\":\"MSG_P_THD_GET_CAMERA_BIND_INFO_RSP\"";

    [Theory]
    [InlineData("400", OpenApiError.BadRequest, false)]
    [InlineData("500", OpenApiError.ServerError, true)]
    [InlineData("10005", OpenApiError.WrongPassword, false)]
    [InlineData("20000", OpenApiError.SystemError, true)]
    [InlineData("20005", OpenApiError.EmptyJson, false)]
    [InlineData("20008", OpenApiError.EmptyJsonParameter, false)]
    [InlineData("21001", OpenApiError.JsonParseError, false)]
    [InlineData("21113", OpenApiError.RegisteredByAnotherAccount, false)]
    [InlineData("70002", OpenApiError.ModelIdNotInitialized, false)]
    [InlineData("70004", OpenApiError.DeviceIdInvalid, false)]
    [InlineData("80000", OpenApiError.Undefined, false)]
    [InlineData("4711", OpenApiError.Unknown, false)]
    [InlineData("E-1", OpenApiError.Unknown, false)]
    public async Task ErrorCode_OfAppendixC_HasItsMeaning(string code, OpenApiError meaning, bool transient)
    {
        OpenApiException exception = await FailAsync($$"""{"errorCode":"{{code}}","description":"what happened",{{Rsp}}}""");
        Assert.Equal(meaning, exception.Code);
        Assert.Equal(code, exception.RawCode);
        Assert.Equal(transient, exception.IsTransient);
        Assert.Equal(HttpStatusCode.OK, exception.StatusCode);
        Assert.Equal("MSG_P_THD_GET_CAMERA_BIND_INFO_REQ", exception.MsgType);
        Assert.Contains("what happened", exception.Message, StringComparison.Ordinal);
        Assert.Contains(code, exception.Message, StringComparison.Ordinal);
        if (meaning > 0)
        {
            Assert.Equal(code, ((int)meaning).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public async Task ErrorCode_RegisteredByAnotherAccount_SaysWhatToDo() => Assert.Contains(
        "unbind it in that account's app first", (await FailAsync("""{"errorCode":"21113"}""")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("21113")]
    [InlineData("\" 21113 \"")]
    public async Task ErrorCode_NumberOrBlanks_IsRead(string code) =>
        Assert.Equal(OpenApiError.RegisteredByAnotherAccount, (await FailAsync($$"""{"errorCode":{{code}},{{Rsp}}}""")).Code);

    [Theory]
    [InlineData("0")]
    [InlineData("\" 0 \"")]
    public async Task ErrorCode_ZeroAsNumberOrWithBlanks_IsSuccess(string code) =>
        Assert.Null(await Sample.Answering($$"""{"errorCode":{{code}},{{Rsp}}}""").GetBindInfoAsync());

    [Theory]
    [InlineData("{" + Rsp + "}", "errorCode")]
    [InlineData("{\"errorCode\":\"\"," + Rsp + "}", "errorCode")]
    [InlineData("{\"errorCode\":{}," + Rsp + "}", "errorCode")]
    [InlineData("{\"errorCode\":\"0\"}", "msgType")]
    [InlineData("{\"errorCode\":\"0\",\"msgType\":\"MSG_P_THD_ADD_CAMERA_RSP\"}", "msgType")]
    [InlineData("{\"errorCode\":\"0\",\"msgType\":\"MSG_P_THD_GET_CAMERA_BIND_INFO_REQ\"}", "msgType")]
    [InlineData("{\"errorCode\":\"0\",\"msgType\":[]}", "msgType")]
    [InlineData("{\"errorCode\":\"0\",\"errorCode\":\"1\"," + Rsp + "}", "twice")]
    [InlineData("{\"errorCode\":\"0\"," + Rsp + ",\"unknown\":{\"a\":1,\"a\":1}}", "twice")]
    [InlineData("{\"errorCode\":\"0\",\"ErrorCode \":\"1\"," + Rsp + "}", "twice")]
    [InlineData("{\"errorCode\":\"0\",\"error\\u0043ode\":\"1\"," + Rsp + "}", "twice")]
    [InlineData("{\"errorCode\":\"\\ud800\"," + Rsp + "}", "errorCode")]
    [InlineData("{\"\\ud800\":1,\"errorCode\":\"0\"," + Rsp + "}", "")]
    [InlineData("{\"errorCode\":\"0\"," + Rsp + ",\"x\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}", "JSON")]
    [InlineData("{\"errorCode\":\"0\"," + Rsp, "JSON")]
    [InlineData("<html>502</html>", "JSON")]
    [InlineData("[]", "JSON")]
    [InlineData("\"0\"", "JSON")]
    [InlineData("null", "JSON")]
    [InlineData("", "JSON")]
    public async Task Answer_NotAsSpecified_SaysWhat(string body, string named)
    {
        OpenApiException exception = await FailAsync(body);
        Assert.Equal(OpenApiError.InvalidResponse, exception.Code);
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" MSG_P_THD_GET_CAMERA_BIND_INFO_RSP ")]
    [InlineData("MSG_P_THD_GET_ CAMERA_BIND_INFO_RSP")]
    public async Task MsgType_StrayBlanks_AreTolerated(string msgType) =>
        Assert.Null(await Sample.Answering($$"""{"errorCode":"0","msgType":"{{msgType}}",}""").GetBindInfoAsync());

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "", OpenApiError.BadRequest, false)]
    [InlineData(HttpStatusCode.InternalServerError, "<html>", OpenApiError.ServerError, true)]
    [InlineData(HttpStatusCode.BadGateway, "<html>", OpenApiError.HttpStatus, true)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "[]", OpenApiError.HttpStatus, true)]
    [InlineData(HttpStatusCode.BadGateway, "{\"errorCode\":{}}", OpenApiError.HttpStatus, true)]
    [InlineData(HttpStatusCode.TooManyRequests, "", OpenApiError.HttpStatus, true)]
    [InlineData(HttpStatusCode.RequestTimeout, "", OpenApiError.HttpStatus, true)]
    [InlineData(HttpStatusCode.Forbidden, "", OpenApiError.HttpStatus, false)]
    [InlineData(HttpStatusCode.NotFound, "", OpenApiError.HttpStatus, false)]
    [InlineData(HttpStatusCode.InternalServerError, "{\"errorCode\":\"21001\"}", OpenApiError.JsonParseError, true)]
    [InlineData(HttpStatusCode.BadRequest, "{\"errorCode\":\"0\"}", OpenApiError.BadRequest, false)]
    [InlineData(HttpStatusCode.MovedPermanently, "", OpenApiError.Redirected, false)]
    [InlineData(HttpStatusCode.TemporaryRedirect, "{\"errorCode\":\"0\"," + Rsp + "}", OpenApiError.Redirected, false)]
    public async Task HttpStatus_NotSuccess_HasItsMeaning(HttpStatusCode status, string body, OpenApiError meaning, bool transient)
    {
        var handler = new ScriptedHandler(_ => ScriptedHandler.Json(body, status));
        var exception = await Assert.ThrowsAsync<OpenApiException>(() => Sample.Client(handler).GetBindInfoAsync());
        Assert.Equal(meaning, exception.Code);
        Assert.Equal(status, exception.StatusCode);
        Assert.Equal(transient, exception.IsTransient);
        Assert.Single(handler.Requests);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "")]
    [InlineData(HttpStatusCode.NotFound, "{\"errorCode\":\"20000\",\"description\":\"\"}")]
    [InlineData(HttpStatusCode.OK, "{\"errorCode\":\"404\"}")]
    public async Task GetHedgwAddressAsync_NotFound_IsItsOwnError(HttpStatusCode status, string body)
    {
        var handler = new ScriptedHandler(_ => ScriptedHandler.Json(body, status));
        var exception = await Assert.ThrowsAsync<OpenApiException>(() => Sample.Client(handler).GetHedgwAddressAsync("T"));
        Assert.Equal(OpenApiError.HedgwUnavailable, exception.Code);
        Assert.True(exception.IsTransient);
    }

    [Fact]
    public async Task Answer_FromAnotherAddress_IsNotBelieved()
    {
        // A handler of the host's that followed a redirect.
        var handler = new ScriptedHandler(_ =>
        {
            HttpResponseMessage response = ScriptedHandler.Json("{\"errorCode\":\"0\"," + Rsp + "}");
            response.RequestMessage = new HttpRequestMessage(HttpMethod.Get, "https://elsewhere.example/");
            return response;
        });
        var exception = await Assert.ThrowsAsync<OpenApiException>(() => Sample.Client(handler).GetBindInfoAsync());
        Assert.Equal(OpenApiError.Redirected, exception.Code);
    }

    [Fact]
    public async Task Message_DescriptionRepeatsTheRequest_HoldsNoSecret()
    {
        var logger = new RecordingLogger();
        var handler = new ScriptedHandler(sent => ScriptedHandler.Json(
            $$"""{"errorCode":"21001","description":"cannot parse\r\n{{sent.JsonObject.Replace("\"", "'", StringComparison.Ordinal)}} {{Sample.Secret}}"}"""));
        OpenApiClient client = Sample.Client(handler, logger: logger);
        string registering = (await Assert.ThrowsAsync<OpenApiException>(() => client.RegisterAsync(Sample.Register))).ToString();
        string settings = (await Assert.ThrowsAsync<OpenApiException>(() => client.GetSettingsAsync(Sample.DeviceToken))).ToString();
        string all = registering + settings + string.Concat(logger.Lines);
        Assert.Contains("cannot parse", all, StringComparison.Ordinal);
        foreach (string secret in (string[])[Sample.Secret, Sample.DeviceToken, Sample.Register.UserToken, Sample.Register.UserMobile])
        {
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{0}", "***")]
    [InlineData("registered as {0}.", "registered as ***.")]
    [InlineData("reg{0}t", "***")] // with letters around it, it is no easier to tell where it begins
    [InlineData("{0}{0},{0}", "***,***")]
    [InlineData("device 110234567894562, KKOWAJFIWI32904493", "device 110234567894562, KKOWAJFIWI32904493")]
    [InlineData("java.lang.ArrayIndexOutOfBoundsException: 7", "java.lang.ArrayIndexOutOfBoundsException: 7")]
    public async Task Message_DescriptionHoldsATokenThatTheRequestDidNot_HidesIt(string description, string shown)
    {
        string text = string.Format(CultureInfo.InvariantCulture, description, Sample.DeviceToken);

        OpenApiException exception = await FailAsync($$"""{"errorCode":"21113","description":"{{text}}"}""");

        Assert.Contains($"It says: \"{shown}\".", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_LongDescription_IsOneShortLine()
    {
        OpenApiException exception = await FailAsync($$"""{"errorCode":"{{new string('E', 900)}}","description":"a\r\nb\u001b[2J{{new string('x', 1000)}}"}""");
        Assert.True(exception.Message.Length < 500);
        Assert.DoesNotContain(exception.Message, char.IsControl);
        Assert.Equal(32, exception.RawCode!.Length);
    }

    [Fact]
    public async Task Log_CorrectedClockAndAnswer_HoldsNoDigest()
    {
        var logger = new RecordingLogger();
        var handler = new ScriptedHandler(_ => ScriptedHandler.Unauthorized("2017-01-01T15:10:00+08:00"), _ => ScriptedHandler.Json("{\"errorCode\":\"0\"," + Rsp + "}"));
        await Sample.Client(handler, logger: logger).GetBindInfoAsync();
        Assert.Equal([LogLevel.Information, LogLevel.Debug], logger.Lines.Select(line => line.Level));
        Assert.DoesNotContain(logger.Lines, line => handler.Requests.Exists(sent => line.Text.Contains(sent.WssePart("PasswordDigest"), StringComparison.Ordinal)));
    }

    private static Task<OpenApiException> FailAsync(string body) =>
        Assert.ThrowsAsync<OpenApiException>(() => Sample.Answering(body).GetBindInfoAsync());
}
