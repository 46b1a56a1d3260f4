using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace Andmu.Pipeline.Transport;

/// <summary>Sends a list of buffers with one call, and allocates nothing: one reusable event-args object, one reusable list.</summary>
/// <remarks>One send at a time.</remarks>
internal sealed class SocketSender : SocketAsyncEventArgs, IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;

    public SocketSender()
        : base(true) // no execution context is captured: nothing here reads an ambient value
    {
    }

    /// <summary>Sends; completes with the number of bytes that were taken.</summary>
    /// <exception cref="SocketException">The connection broke.</exception>
    public ValueTask<int> SendAsync(Socket socket, IList<ArraySegment<byte>> buffers)
    {
        _core.Reset();
        BufferList = buffers;
        return socket.SendAsync(this) ? new ValueTask<int>(this, _core.Version) : CompletedAtOnce();
    }

    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        if (SocketError == SocketError.Success)
        {
            _core.SetResult(BytesTransferred);
        }
        else
        {
            _core.SetException(new SocketException((int)SocketError));
        }
    }

    private ValueTask<int> CompletedAtOnce() =>
        SocketError == SocketError.Success ? new ValueTask<int>(BytesTransferred) : ValueTask.FromException<int>(new SocketException((int)SocketError));

    int IValueTaskSource<int>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
