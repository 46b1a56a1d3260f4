using Andmu.Pipeline.Gateway;
using Andmu.Pipeline.Gateway.Commands;
using Andmu.Pipeline.Native.Tests.Support;

namespace Andmu.Pipeline.Native.Tests;

/// <summary>examples/camera.c, as an engineer would have it running after an afternoon: against the platform, on every machine that can be had here.</summary>
public sealed class ExampleTests
{
    /// <summary>What the README says: five of the runtime and the program, and three that work.</summary>
    private const int MaxThreads = 8;
    private const long MaxBytesBesideTheBuffer = 20 << 20;

    /// <summary>Longer than any clip of these tests.</summary>
    private const int Loops = 20;

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    private static string Example => Repository.PathOf("src", "Andmu.Pipeline.Native", "examples", "camera.c");

    public static TheoryData<string, string> Builds() => new()
    {
        { "linux-x64", "gcc" }, { "linux-x64", "clang" }, { "linux-arm64", "aarch64-linux-gnu-gcc" },
    };

    [Theory]
    [MemberData(nameof(Builds))]
    public async Task Camera_FromPowerOn_RegistersUploadsAnswersAndRecordsAnEvent(string rid, string compiler)
    {
        NativeBuild build = await NativeBuild.GetAsync(rid);
        Tool.Require(compiler);
        string program = await build.CompileAsync(Example, compiler, "-O2");
        (string, string)[] environment = await EnvironmentAsync(build);
        await using TestPlatform platform = await TestPlatform.StartAsync(Gateway.DevicePlan.Event);
        await using RunningCamera camera = RunningCamera.Start(program, platform, build.Emulator, Loops, environment);
        await camera.UntilAsync("uplink online");
        await platform.NextAsync(GatewayNoticeKind.LoggedIn);

        CommandAnswer card = await platform.Device.AskAsync(PlatformCommand.Create("card-info"), AnswerTimeout);
        Assert.Equal((CommandOutcome.Succeeded, 0), (card.Outcome, card.Problems.Count));
        Assert.Contains("/dev/mmcblk0p1", card.Response);
        CommandAnswer networks = await platform.Device.AskAsync(PlatformCommand.Create("list-wifi"), AnswerTimeout);
        Assert.Equal(CommandOutcome.Succeeded, networks.Outcome);

        await camera.MoveAsync();
        await platform.NextAsync(GatewayNoticeKind.EventStarted);
        Assert.Contains("clip outcome 0", await camera.UntilAsync("clip outcome"));
        DeviceSession device = platform.Device;
        Assert.Equal(0, device.Audit.Violations);
        Assert.True(device.Counters.VideoPackages > 250, "A clip is 2 s of event and 10 s after it, at least.");
        (int exitCode, string errors) = await camera.StopAsync();
        Assert.Equal((0, ""), (exitCode, errors));
        await platform.NextAsync(GatewayNoticeKind.RecordingClosed);
        RecordingInfo recording = Assert.Single(platform.Server.Recordings);
        Assert.InRange(recording.Duration, TimeSpan.FromSeconds(11), TimeSpan.FromSeconds(30)); // what there was before the event, 2 s, and 10 s after it
    }

    [Fact]
    public async Task Camera_OnTheCloudPlan_TakesNoMoreThanTheReadmeSays()
    {
        NativeBuild build = await NativeBuild.HereAsync();
        string program = await build.CompileAsync(Example, null, "-O2");
        await using TestPlatform platform = await TestPlatform.StartAsync(Gateway.DevicePlan.Cloud);
        await using RunningCamera camera = RunningCamera.Start(program, platform, [], Loops);
        await camera.UntilAsync("uplink online");
        await platform.NextAsync(GatewayNoticeKind.LoggedIn);
        var threads = new List<int>(); // a machine that is overloaded gives the pool more of them for a while
        while (platform.Device.Counters.VideoPackages < 200)
        {
            await platform.NextAsync(GatewayNoticeKind.OpenApiCall).WaitAsync(TimeSpan.FromMilliseconds(200)).ContinueWith(static _ => { });
            threads.Add(camera.Threads);
        }

        long buffered = platform.Device.Counters.MediaBytes; // the buffer is not full yet: nothing of it was used twice
        long beside = (camera.ResidentKilobytes << 10) - buffered - RunningCamera.ClipBytes;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{threads.Max()} threads at the most, {beside / 1048576.0:0.0} MiB beside the buffer and the clip, " +
            $"{camera.ProcessorTime.TotalSeconds:0.00} s of processor time, the start included, for 8 s of 1 Mbit/s");
        Assert.InRange(threads.Order().ElementAt(threads.Count / 2), 1, MaxThreads);
        Assert.InRange(beside, 1 << 20, MaxBytesBesideTheBuffer);
    }

    [Fact]
    public async Task Camera_UnderAddressSanitizer_FindsNothing()
    {
        NativeBuild build = await NativeBuild.HereAsync();
        string program = await build.CompileAsync(Example, "gcc", "-fsanitize=address,undefined", "-fno-sanitize-recover");
        await using TestPlatform platform = await TestPlatform.StartAsync(Gateway.DevicePlan.Cloud);
        await using RunningCamera camera = RunningCamera.Start(
            program, platform, [], Loops, NativeBuild.Sanitizers);
        await camera.UntilAsync("uplink online");
        await platform.NextAsync(GatewayNoticeKind.LoggedIn);
        CommandAnswer card = await platform.Device.AskAsync(PlatformCommand.Create("card-info"), AnswerTimeout);
        Assert.Equal(CommandOutcome.Succeeded, card.Outcome);
        Assert.Equal((0, ""), await camera.StopAsync());
    }

    /// <summary>An emulated machine has a libssl of its own to be given.</summary>
    private static async Task<(string, string)[]> EnvironmentAsync(NativeBuild build)
    {
        if (build.Emulator is [])
        {
            return [];
        }

        string folder = Environment.GetEnvironmentVariable("ANDMU_ARM64_LIBSSL") ?? $"/usr/lib/{build.Triplet}";
        Assert.SkipUnless(File.Exists(Path.Combine(folder, "libssl.so.3")), "libssl3:arm64 is not there: tests/native-prerequisites.sh fetches it.");
        await Task.CompletedTask;
        return [("QEMU_SET_ENV", $"LD_LIBRARY_PATH={folder}")];
    }
}
