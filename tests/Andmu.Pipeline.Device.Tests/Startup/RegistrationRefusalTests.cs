using System.Net;
using Andmu.Pipeline.Device.Tests.Doubles;
using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Device.Tests.Startup;

/// <summary>Every way in which a registration can fail, code by code.</summary>
public sealed class RegistrationRefusalTests : IAsyncDisposable
{
    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData("400", "compare its values")]
    [InlineData("20008", "give every value")]
    [InlineData("21001", "could not parse")]
    [InlineData("80000", "without further definition")]
    [InlineData("12345", "does not list")]
    [InlineData("HTTP 400", "compare its values")]
    public async Task Registration_RefusedForWhatMayBeTheCode_TheUserMayScanAgain(string refusal, string said)
    {
        _world.Platform.Script(FakePlatform.Register, AnswerOf(refusal));
        AndmuDevice device = _world.Create(_world.NewOptions);
        Task start = World.StartAsync(device);
        Assert.True(device.TrySubmitQrCode("138 void", out _));
        await _world.WhenAsync(static step => step is { Step: DeviceStep.WaitingForUser, Error: not null });

        Assert.True(device.TrySubmitQrCode("138 fresh", out _));

        await start;
        await _world.OnlineAsync();
        string told = _world.Progress.Select(static entry => entry.Progress).Single(static step => step is { Step: DeviceStep.WaitingForUser, Error: not null }).ToString();
        Assert.StartsWith("waiting for another user: ", told, StringComparison.Ordinal);
        Assert.Contains(said, told, StringComparison.Ordinal);
        Assert.Equal(2, _world.Platform.Count(FakePlatform.Register));
        Assert.Empty(_world.Pauses);
    }

    [Theory]
    [InlineData("400")]
    [InlineData("80000")]
    public async Task Registration_RefusedForTheCodeOfTheOptions_IsThrownWhereNobodyCanScan(string refusal)
    {
        _world.Platform.Script(FakePlatform.Register, AnswerOf(refusal));

        await Assert.ThrowsAsync<OpenApiException>(() => _world.StartAsync());
    }

    [Fact]
    public async Task Registration_RefusedForTheCodeOfTheOptions_AnotherMayBeScanned()
    {
        _world.Platform.Script(FakePlatform.Register, FakePlatform.Refuse("80000"));
        AndmuDevice device = _world.Create(_world.Options with { QrCodeParser = World.ReadQrCode });
        Task start = World.StartAsync(device);
        await _world.WhenAsync(static step => step.Step == DeviceStep.WaitingForUser);

        Assert.True(device.TrySubmitQrCode("138 fresh", out _));

        await start;
    }

    [Theory]
    [InlineData("401", OpenApiError.AuthenticationFailed, "AccessKey, AccessSecret and DeviceId")]
    [InlineData("10005", OpenApiError.WrongPassword, "check AccessKey and AccessSecret")]
    [InlineData("21113", OpenApiError.RegisteredByAnotherAccount, "unbind it in that account's app")]
    [InlineData("70002", OpenApiError.ModelIdNotInitialized, "DeviceModelId")]
    [InlineData("70004", OpenApiError.DeviceIdInvalid, "DeviceId")]
    [InlineData("20005", OpenApiError.EmptyJson, "drops the request's body")]
    [InlineData("302", OpenApiError.Redirected, "set Endpoint")]
    [InlineData("HTTP 403", OpenApiError.HttpStatus, "HTTP 403")]
    [InlineData("no JSON", OpenApiError.InvalidResponse, "no JSON object")]
    [InlineData("certificate", OpenApiError.Tls, "TLS 1.2")]
    public async Task Registration_RefusedForWhatNoCodeMends_IsToldAtOnce(string refusal, OpenApiError expected, string said)
    {
        _world.Platform.Script(FakePlatform.Register, AnswerOf(refusal));
        AndmuDevice device = _world.Create(_world.NewOptions);
        Task start = World.StartAsync(device);
        Assert.True(device.TrySubmitQrCode("138 token", out _));

        var error = await Assert.ThrowsAsync<OpenApiException>(() => start);

        Assert.Equal(expected, error.Code);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Equal(1, _world.Platform.Count(FakePlatform.Register));
        Assert.Empty(_world.Pauses);
        Task again = World.StartAsync(device); // waits anew: the next user may be another
        Assert.Equal(DeviceStep.WaitingForUser, _world.Steps.Last());
        Assert.True(device.TrySubmitQrCode("138 token", out _));
        await again;
    }

    [Theory]
    [InlineData("500")]
    [InlineData("20000")]
    [InlineData("HTTP 500")]
    [InlineData("HTTP 503")]
    [InlineData("HTTP 429")]
    [InlineData("network")]
    [InlineData("handshake")]
    public async Task Registration_FailedForWhatTimeMends_IsMadeAgainForTheSameUser(string refusal)
    {
        _world.Platform.Script(FakePlatform.Register, AnswerOf(refusal));
        AndmuDevice device = _world.Create(_world.NewOptions);
        Task start = World.StartAsync(device);
        Assert.True(device.TrySubmitQrCode("138 token", out _));

        await _world.Time.PassAsync(TimeSpan.FromSeconds(0.5));

        await start;
        Assert.Equal(1, _world.Steps.Count(static step => step == DeviceStep.WaitingForUser));
    }

    [Theory]
    [InlineData("21113", false)]
    [InlineData("70004", false)]
    [InlineData("80000", true)]
    [InlineData("400", true)]
    public async Task Registration_RefusedInABrokenAnswer_TheCodeCountsOnlyIfItIsPlain(string code, bool isRepeated)
    {
        _world.Platform.Script(FakePlatform.Register, () =>
        {
            HttpResponseMessage answer = FakePlatform.Refuse(code)();
            answer.StatusCode = HttpStatusCode.InternalServerError;
            return answer;
        });
        Task start = _world.Create().StartAsync();

        if (isRepeated)
        {
            await _world.Time.PassAsync(TimeSpan.FromSeconds(0.5));
            await start.WaitAsync(Signal.Patience);
        }
        else
        {
            await Assert.ThrowsAsync<OpenApiException>(() => start);
        }
    }

    private static Func<HttpResponseMessage> AnswerOf(string refusal) => refusal switch
    {
        "401" => FakePlatform.Status(HttpStatusCode.Unauthorized),
        "302" => FakePlatform.Status(HttpStatusCode.Found),
        "no JSON" => static () => new HttpResponseMessage { Content = new StringContent("<html>sign in</html>") },
        "certificate" => FakePlatform.Unverified,
        "handshake" => FakePlatform.HandshakeBroken,
        "network" => FakePlatform.Unreachable,
        _ when refusal.StartsWith("HTTP ", StringComparison.Ordinal) => FakePlatform.Status((HttpStatusCode)int.Parse(refusal[5..], null)),
        _ => FakePlatform.Refuse(refusal),
    };
}
