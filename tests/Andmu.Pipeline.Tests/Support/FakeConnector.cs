using System.Collections.Concurrent;
using System.Threading.Channels;
using Andmu.Pipeline.Transport;

namespace Andmu.Pipeline.Tests.Support;

/// <summary>Connects to <see cref="FakePlatform"/>s, one after the other; or fails as a test tells it to.</summary>
internal sealed class FakeConnector : IUplinkConnector
{
    private readonly Channel<FakePlatform> _platforms = Channel.CreateUnbounded<FakePlatform>();

    /// <summary>What the next attempts do instead of connecting.</summary>
    public Queue<Func<CancellationToken, Task>> Failures { get; } = new();

    /// <summary>Makes the next connections.</summary>
    public Func<FakeConnection> Make { get; set; } = () => new FakeConnection();

    public List<HedgwEndpoint> Asked { get; } = [];

    /// <summary>Every connection made.</summary>
    public ConcurrentBag<FakeConnection> Made { get; } = [];

    /// <summary>The platform's end of the next connection that the device makes.</summary>
    public async Task<FakePlatform> NextAsync() => await _platforms.Reader.ReadAsync();

    /// <summary>The next, or null once <see cref="Finish"/> has said that there is none.</summary>
    public async Task<FakePlatform?> TryNextAsync() =>
        await _platforms.Reader.WaitToReadAsync() && _platforms.Reader.TryRead(out FakePlatform? platform) ? platform : null;

    public void Finish() => _platforms.Writer.Complete();

    public async ValueTask<IUplinkConnection> ConnectAsync(HedgwEndpoint endpoint, CancellationToken cancellationToken)
    {
        Asked.Add(endpoint);
        if (Failures.TryDequeue(out Func<CancellationToken, Task>? failure))
        {
            await failure(cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        FakeConnection connection = Make();
        Made.Add(connection);
        _platforms.Writer.TryWrite(new FakePlatform(connection));
        return connection;
    }
}
