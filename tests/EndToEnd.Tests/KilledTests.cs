using System.Diagnostics;
using Andmu.Pipeline;
using Andmu.Pipeline.Gateway;
using EndToEnd.Tests.Support;

namespace EndToEnd.Tests;

/// <summary>The command itself, killed with -9 in the middle of an outage and in the middle of the delivery of what it kept.</summary>
public sealed class KilledTests : IAsyncLifetime
{
    /// <summary>A GOP, and the time until it is brought to the card: what a power cut costs at the most, with as much again for a busy machine.</summary>
    private const int UnsyncedFrames = 6 * (int)Clip.FramesPerSecond;

    private readonly DirectoryInfo _card = Directory.CreateTempSubdirectory("andmu-card-");
    private LocalPlatform? _platform;

    public async ValueTask InitializeAsync() => _platform = await LocalPlatform.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _platform!.DisposeAsync();
        _card.Delete(recursive: true);
    }

    [Fact]
    public async Task KilledInTheOutageAndInTheBackfill_EveryFrameThatWasKeptArrives()
    {
        LocalPlatform platform = _platform!;
        int captured = await PushUntilKilledOfflineAsync(platform);
        using (Process second = Push(platform.Endpoint))
        {
            await Eventually.TrueAsync(() => BacklogBytes(platform) > 64 * 1024);
            second.Kill();
            await second.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        using (Process third = Push(platform.Endpoint))
        {
            await Eventually.TrueAsync(() => IsEmpty(_card));
            third.Kill();
            await third.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        string[] all = await Ffmpeg.PictureHashesAsync("-i", Clip.VideoPath);
        var arrived = new HashSet<string>();
        await platform.FinishRecordingsAsync();
        foreach (RecordingInfo recording in platform.Server.Recordings.Where(static recording => recording.ChannelId == 1))
        {
            arrived.UnionWith((await Ffmpeg.DecodeStrictlyAsync(recording.Path)).Hashes);
        }

        RecordingInfo live = platform.Server.Recordings.Where(static recording => recording.ChannelId == 0).MinBy(static recording => recording.StartedAt)!;
        arrived.UnionWith((await Ffmpeg.DecodeStrictlyAsync(live.Path)).Hashes);
        int whole = all.TakeWhile(arrived.Contains).Count();
        Assert.True(whole >= captured - UnsyncedFrames, $"Only the first {whole} of {captured} frames have arrived.");
    }

    /// <summary>A camera that loses its network after 2 s, and its power when its card holds some seconds.</summary>
    /// <returns>How many frames it had captured by then, at least.</returns>
    private async Task<int> PushUntilKilledOfflineAsync(LocalPlatform platform)
    {
        await using var network = new FaultProxy(platform.Endpoint, TimeProvider.System);
        using Process push = Push(network.Endpoint);
        await Eventually.TrueAsync(() => platform.Server.Devices.Count == 1 && platform.Device.Counters.VideoPackages > 50);
        network.CutAndRefuse(TimeSpan.FromHours(1));
        long start = Stopwatch.GetTimestamp();
        await Eventually.TrueAsync(() => Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(10) && !IsEmpty(_card));
        push.Kill();
        await push.WaitForExitAsync(TestContext.Current.CancellationToken);
        return 50 + (int)(10 * Clip.FramesPerSecond);
    }

    private static long BacklogBytes(LocalPlatform platform) =>
        platform.Server.Devices.Where(static session => session.Login.ChannelId == 1).Sum(static session => session.Counters.MediaBytes);

    /// <summary>Whether no media is left on a card.</summary>
    private static bool IsEmpty(DirectoryInfo card) => card.GetFiles("*.MED").Length == 0;

    private Process Push(HedgwEndpoint endpoint)
    {
        string command = Repository.PathOf("src", "Andmu.Pipeline.Cli", "bin", "Release", "net10.0", "andmu.dll");
        string[] arguments =
        [
            command, "push", "--input", Clip.VideoPath, "--gateway", $"{endpoint.Host}:{endpoint.Port}", "--ca", _platform!.Server.CaPath,
            "--device-token", LocalPlatform.DeviceToken, "--spool", _card.FullName, "--loop", "3",
        ];
        return Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
    }
}
