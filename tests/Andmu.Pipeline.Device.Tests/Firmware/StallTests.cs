using Andmu.Pipeline.Device.Firmware;
using Andmu.Pipeline.Device.Tests.Doubles;

namespace Andmu.Pipeline.Device.Tests.Firmware;

/// <summary>Servers that keep the connection and do not send, on a clock that the test moves.</summary>
public sealed class StallTests : IAsyncDisposable
{
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(30);

    private readonly FirmwareWorld _world = new();
    private readonly ArmedTime _time = new(Stall);
    private readonly HttpClient _http = new(FirmwareHttp.CreateHandler(PackageServer.Roots)) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Signal _came = new();
    private long _received;
    private int _armedThen;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task Fetch_NoAnswer_IsTriedOverAnotherConnection()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.Server.Script(async (server, _, stream) =>
        {
            asked.SetResult();
            await stream.ReadExactlyAsync(new byte[1], server.Stopping);
        });
        Task<StagedFile> fetching = FetchAsync(_world.Options with { StallTimeout = Stall });
        await asked.Task.WaitAsync(Signal.Patience);
        _time.Advance(Stall);
        await EndAsync(fetching);

        Assert.Equal([null, null], _world.Server.Requests.Select(PackageServer.Offset));
    }

    [Fact]
    public async Task Fetch_SilenceInTheMiddle_GoesOnOverAnotherConnection()
    {
        _world.Server.Script(PackageServer.Hang(100_000));
        Task<StagedFile> fetching = FetchAsync(_world.Options with { StallTimeout = Stall });
        await WaitsForMoreThanAsync(100_000);
        _time.Advance(Stall);
        await EndAsync(fetching);

        Assert.Equal([null, 100_000], _world.Server.Requests.Select(PackageServer.Offset));
    }

    [Fact]
    public async Task Fetch_DropByDrop_EndsWithTheTimeForTheWhole()
    {
        // A byte every 29 s is no stall; the 21st is beyond the ten minutes.
        _world.Server.Script(async (_, _, stream) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 300007\r\n\r\n"u8.ToArray());
            for (int i = 0; i < 21; i++)
            {
                await stream.WriteAsync(FirmwareWorld.Package.AsMemory(i, 1));
                await WaitsForMoreThanAsync(i + 1);
                _time.Advance(Stall - TimeSpan.FromSeconds(1));
            }
        });
        var error = await Assert.ThrowsAsync<FirmwareException>(
            () => FetchAsync(_world.Options with { StallTimeout = Stall, DownloadTimeout = TimeSpan.FromMinutes(10) }).WaitAsync(Signal.Patience));

        Assert.Contains("took longer than 00:10:00", error.Message, StringComparison.Ordinal);
        Assert.Single(_world.Server.Requests);
        _world.AssertNothingLeft();
    }

    private Task<StagedFile> FetchAsync(FirmwareOptions options)
    {
        var download = new FirmwareDownload(
            options, new DownloadPolicy(options), new StagingFolder(_world.Staging).Create, _http, _time, new NoPause(), _world.Log);
        return download.FetchAsync(new Uri(_world.Url), Received, CancellationToken.None);
    }

    private void Received(long current, long total)
    {
        Volatile.Write(ref _armedThen, _time.Count);
        Volatile.Write(ref _received, current);
        _came.Set();
    }

    /// <summary>Until so many bytes are there and the next read has begun, with the whole time before it.</summary>
    private async Task WaitsForMoreThanAsync(long bytes)
    {
        await _came.WhenAsync(() => Volatile.Read(ref _received) == bytes);
        await _time.WhenMoreThanAsync(Volatile.Read(ref _armedThen));
    }

    private static async Task EndAsync(Task<StagedFile> fetching)
    {
        using StagedFile file = await fetching.WaitAsync(Signal.Patience);
        using var copy = new MemoryStream();
        await using Stream content = file.OpenRead();
        await content.CopyToAsync(copy);
        Assert.Equal(FirmwareWorld.Package, copy.ToArray());
    }

    /// <summary>The shortest pause of all: none.</summary>
    private sealed class NoPause : Random
    {
        public override double NextDouble() => 0;
    }
}
