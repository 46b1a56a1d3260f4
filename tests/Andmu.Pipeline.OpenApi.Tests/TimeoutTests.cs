using Andmu.Pipeline.OpenApi.Tests.Doubles;

namespace Andmu.Pipeline.OpenApi.Tests;

/// <summary>Time limit, cancellation, and what an HTTP stack throws.</summary>
public sealed class TimeoutTests
{
    [Fact]
    public async Task Call_NoAnswer_EndsAtTheLimit()
    {
        var clock = Sample.Clock();
        var handler = new SilentHandler();
        Task call = Sample.Client(handler, clock).GetBindInfoAsync();
        await handler.Entered;
        clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(call.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        var exception = await Assert.ThrowsAsync<OpenApiException>(() => call);
        Assert.Equal(OpenApiError.Timeout, exception.Code);
        Assert.True(exception.IsTransient);
    }

    [Fact]
    public async Task Call_BodyNeverEnds_EndsAtTheLimit()
    {
        var clock = Sample.Clock();
        var body = new SilentStream();
        var handler = new ScriptedHandler(_ => new HttpResponseMessage { Content = new StreamContent(body) });
        Task call = Sample.Client(handler, clock).GetBindInfoAsync();
        await body.Entered;
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(OpenApiError.Timeout, (await Assert.ThrowsAsync<OpenApiException>(() => call)).Code);
    }

    [Fact]
    public async Task Call_CancelledByTheCaller_IsCancelledWithItsToken()
    {
        using var cancellation = new CancellationTokenSource();
        var handler = new SilentHandler();
        Task call = Sample.Client(handler).GetBindInfoAsync(cancellation.Token);
        await handler.Entered;
        await cancellation.CancelAsync();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task Call_CancelledBefore_SendsNothing()
    {
        var handler = new ScriptedHandler(_ => throw new InvalidOperationException());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sample.Client(handler).GetBindInfoAsync(new CancellationToken(canceled: true)));
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task Call_HttpClientsOwnLimit_IsATimeoutToo()
    {
        using var http = new HttpClient(new SilentHandler()) { Timeout = TimeSpan.FromMilliseconds(1) };
        var client = new OpenApiClient(http, Sample.Options, Sample.Clock());
        Assert.Equal(OpenApiError.Timeout, (await Assert.ThrowsAsync<OpenApiException>(() => client.GetBindInfoAsync())).Code);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, OpenApiError.Network, true)]
    [InlineData(HttpRequestError.ConnectionError, OpenApiError.Network, true)]
    [InlineData(HttpRequestError.ResponseEnded, OpenApiError.Network, true)]
    [InlineData(HttpRequestError.SecureConnectionError, OpenApiError.Tls, true)]
    [InlineData(HttpRequestError.InvalidResponse, OpenApiError.InvalidResponse, false)]
    [InlineData(HttpRequestError.ConfigurationLimitExceeded, OpenApiError.InvalidResponse, false)]
    public async Task Call_HttpStackFails_IsWrapped(HttpRequestError error, OpenApiError meaning, bool transient)
    {
        var cause = new HttpRequestException(error, "cause");
        var exception = await Assert.ThrowsAsync<OpenApiException>(() => Sample.Client(new ScriptedHandler(_ => throw cause)).GetBindInfoAsync());
        Assert.Equal(meaning, exception.Code);
        Assert.Equal(transient, exception.IsTransient);
        Assert.Null(exception.StatusCode);
        Assert.Same(cause, exception.InnerException);
    }

    [Fact]
    public async Task Call_FaultOfTheProgram_IsNotDisguised()
    {
        var handler = new ScriptedHandler(_ => throw new InvalidOperationException());
        await Assert.ThrowsAsync<InvalidOperationException>(() => Sample.Client(handler).GetBindInfoAsync());
    }

    private sealed class SilentHandler : HttpMessageHandler
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Entered => _entered.Task;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _entered.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return null!;
        }
    }

    private sealed class SilentStream : MemoryStream
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Entered => _entered.Task;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _entered.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return 0;
        }
    }
}
