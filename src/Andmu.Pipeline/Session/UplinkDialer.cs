using Andmu.Hedgw;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Transport;

namespace Andmu.Pipeline.Session;

/// <summary>Makes a connection and logs in, each within its time.</summary>
internal sealed class UplinkDialer(UplinkOptions options, MediaBuffer buffer, IUplinkConnector connector)
{
    public Task<IUplinkConnection> ConnectAsync(HedgwEndpoint endpoint, CancellationToken stop) => WithinAsync(
        options.ConnectTimeout,
        token => connector.ConnectAsync(endpoint, token).AsTask(),
        new UplinkException(UplinkFaultKind.ConnectFailed, $"No connection to {endpoint} within {options.ConnectTimeout.TotalSeconds:0} s."),
        stop);

    public Task<LoginResult> LogInAsync(IUplinkConnection connection, CancellationToken stop)
    {
        DevLoginReq request = LoginHandshake.Request(options.Credentials, options.Stream, buffer.VideoTrack?.Format, (uint)options.ChannelId);
        return WithinAsync(
            options.LoginTimeout,
            token => LoginHandshake.RunAsync(connection, request, options.Limits, token),
            new UplinkException(UplinkFaultKind.LoginTimeout, $"The platform did not answer the login within {options.LoginTimeout.TotalSeconds:0} s."),
            stop);
    }

    private async Task<T> WithinAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> step, UplinkException late, CancellationToken stop)
    {
        using var timeout = new CancellationTokenSource(limit, buffer.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stop);
        try
        {
            return await step(either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw late;
        }
    }
}
