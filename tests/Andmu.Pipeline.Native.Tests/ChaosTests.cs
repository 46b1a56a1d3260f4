using System.Globalization;
using Andmu.Pipeline.Native.Tests.Support;

namespace Andmu.Pipeline.Native.Tests;

/// <summary>What takes long, beside all other tests: at the lowest priority, so that those that measure do not notice.</summary>
[Collection(nameof(ChaosTests))]
public sealed class ChaosTests
{
    [Fact]
    public async Task Functions_InRandomOrderFromEightThreads_DoNotCrash()
    {
        await using TestPlatform platform = await TestPlatform.StartAsync(Gateway.DevicePlan.Event);
        NativeBuild build = await NativeBuild.HereAsync();
        string program = await build.CompileAsync(Repository.PathOf("tests", "Andmu.Pipeline.Native.Tests", "C", "chaos.c"));
        await Task.WhenAll(RunAsync(program), RunAsync(program, platform.OpenApiUrl, platform.Server.CaPath, TestPlatform.AccessSecret));
    }

    [Fact]
    public async Task Misuse_UnderValgrind_ReadsAndWritesNothingThatIsNotItsOwn()
    {
        Tool.Require("valgrind");
        NativeBuild build = await NativeBuild.HereAsync();
        string program = await build.CompileAsync(Repository.PathOf("tests", "Andmu.Pipeline.Native.Tests", "C", "misuse.c"));
        ToolResult result = await Tool.TryAsync("nice", ["-n", "19", "valgrind", "-q", "--error-exitcode=9", program]);
        Assert.True(result.ExitCode == 0, $"exit {result.ExitCode}\n{result.Output}\n{result.Errors}");
    }

    private static async Task RunAsync(string program, params string[] platform)
    {
        string seconds = Environment.GetEnvironmentVariable("ANDMU_CHAOS_SECONDS") ?? "60";
        string seed = Random.Shared.Next().ToString(CultureInfo.InvariantCulture);
        string folder = Directory.CreateTempSubdirectory("andmu-native-").FullName;
        ToolResult result = await Tool.TryAsync("nice", ["-n", "19", program, seconds, seed, folder, .. platform]);
        Assert.True(result.ExitCode == 0, $"seed {seed}: exit {result.ExitCode}\n{result.Output}\n{result.Errors}");
        Assert.Matches(@"^ok: \d{4,} calls, [1-9]\d* callbacks", result.Output);
        Directory.Delete(folder, recursive: true);
    }
}
