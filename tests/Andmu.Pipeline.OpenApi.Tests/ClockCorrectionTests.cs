using System.Globalization;
using Andmu.Pipeline.OpenApi.Tests.Doubles;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.OpenApi.Tests;

/// <summary>What happens on HTTP 401 (specification 2.2).</summary>
public sealed class ClockCorrectionTests
{
    private const string Ok = """{"errorCode":"0","msgType":"MSG_P_THD_GET_CAMERA_BIND_INFO_RSP"}""";

    [Theory]
    [InlineData("2026-07-31T12:00:01+08:00")]
    [InlineData("Fri, 31 Jul 2026 04:00:01 GMT")]
    public async Task Unauthorized_WithDate_TriesOnceMoreWithThePlatformsTime(string date)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var handler = new ScriptedHandler(_ => ScriptedHandler.Unauthorized(date), _ => ScriptedHandler.Json(Ok));
        OpenApiClient client = Sample.Client(handler, clock);
        await client.GetBindInfoAsync();
        Assert.Equal("1970-01-01T00:00:00+00:00", handler.Requests[0].WssePart("Created"));
        Assert.Equal("2026-07-31T04:00:01+00:00", handler.Requests[1].WssePart("Created"));
        Assert.NotEqual(handler.Requests[0].WssePart("Nonce"), handler.Requests[1].WssePart("Nonce"));
        Assert.Equal(handler.Requests[0].JsonObject, handler.Requests[1].JsonObject);
        Assert.Equal(DateTimeOffset.Parse("2026-07-31T04:00:01Z", CultureInfo.InvariantCulture) - DateTimeOffset.UnixEpoch, client.ClockOffset);
    }

    [Fact]
    public async Task Unauthorized_Corrected_NextCallIsRightAtOnce()
    {
        var clock = Sample.Clock();
        var handler = new ScriptedHandler(_ => ScriptedHandler.Unauthorized("2017-01-01T15:10:00+08:00"), _ => ScriptedHandler.Json(Ok));
        OpenApiClient client = Sample.Client(handler, clock);
        await client.GetBindInfoAsync();
        clock.Advance(TimeSpan.FromSeconds(10));
        await client.GetBindInfoAsync();
        Assert.Equal(3, handler.Requests.Count);
        Assert.Equal("2017-01-01T15:10:10+08:00", handler.Requests[2].WssePart("Created"));
    }

    [Fact]
    public async Task Unauthorized_Twice_IsAnAuthenticationFailure()
    {
        var handler = new ScriptedHandler(_ => ScriptedHandler.Unauthorized("2017-01-01T15:10:00+08:00"));
        var exception = await Assert.ThrowsAsync<OpenApiException>(() => Sample.Client(handler).GetBindInfoAsync());
        Assert.Equal(OpenApiError.AuthenticationFailed, exception.Code);
        Assert.False(exception.IsTransient);
        Assert.Equal(2, handler.Requests.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("yesterday")]
    public async Task Unauthorized_WithoutUsableDate_IsAnAuthenticationFailureAtOnce(string? date)
    {
        var handler = new ScriptedHandler(_ => ScriptedHandler.Unauthorized(date));
        OpenApiClient client = Sample.Client(handler);
        var exception = await Assert.ThrowsAsync<OpenApiException>(() => client.GetBindInfoAsync());
        Assert.Equal(OpenApiError.AuthenticationFailed, exception.Code);
        Assert.Single(handler.Requests);
        Assert.Equal(TimeSpan.Zero, client.ClockOffset);
    }

    [Fact]
    public async Task ClockOffset_AnswerWithoutComplaint_StaysZero()
    {
        var handler = new ScriptedHandler(_ =>
        {
            HttpResponseMessage response = ScriptedHandler.Json(Ok);
            response.Headers.TryAddWithoutValidation("Date", "2026-07-31T12:00:01+08:00");
            return response;
        });
        OpenApiClient client = Sample.Client(handler);
        await client.GetBindInfoAsync();
        Assert.Equal(TimeSpan.Zero, client.ClockOffset);
    }
}
