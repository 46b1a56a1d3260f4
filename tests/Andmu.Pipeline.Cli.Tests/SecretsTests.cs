using Andmu.Pipeline.Cli.Tests.Support;

namespace Andmu.Pipeline.Cli.Tests;

/// <summary>What is secret is nowhere in what the command prints, whatever the log level and whatever goes wrong.</summary>
public sealed class SecretsTests : IDisposable
{
    private const string Canary = "c4n4ry";

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("--access-secret")]
    [InlineData("--device-token")]
    [InlineData("--user-token")]
    public async Task Push_SecretOnCommandLine_NotPrinted(string option)
    {
        CommandRun run = await CommandRun.RunAsync(
            "push", "--input", Clip.Video, "--gateway", "127.0.0.1:1", option, Canary, "--log-level", "trace", "--verbose");

        Assert.Equal(ExitCode.Network, run.ExitCode);
        AssertNoCanary(run);
    }

    [Theory]
    [InlineData("--acess-secret=" + Canary)]
    [InlineData("--acess-secret", Canary)]
    public async Task Push_SecretOfMistypedOption_NotPrinted(params string[] mistyped)
    {
        CommandRun run = await CommandRun.RunAsync(["push", "--input", Clip.Video, "--gateway", "127.0.0.1:1", .. mistyped]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        AssertNoCanary(run);
    }

    [Fact]
    public async Task Push_WrongSecretsFromEnvironment_RefusedAndNotPrinted()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(_folder.PathOf("data"));
        var variables = new Dictionary<string, string>
        {
            ["ANDMU_ACCESS_SECRET"] = Canary + "1",
            ["ANDMU_DEVICE_TOKEN"] = Canary + "2",
            ["ANDMU_USER_TOKEN"] = Canary + "3",
        };
        foreach (string[] where in new string[][] { ["--gateway", gateway.Hedgw], ["--openapi", gateway.OpenApi] })
        {
            CommandRun run = await CommandRun.RunAsync(
                variables, ["push", "--input", Clip.Video, "--ca", gateway.Ca, "--log-level", "trace", "--verbose", .. where]);

            Assert.Equal(ExitCode.Authentication, run.ExitCode);
            AssertNoCanary(run);
        }

        Assert.DoesNotContain(Canary, gateway.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gateway_OwnSecret_TakenFromEnvironmentAndNotPrinted()
    {
        var variables = new Dictionary<string, string> { ["ANDMU_ACCESS_SECRET"] = Canary };
        await using RunningGateway gateway = await RunningGateway.StartAsync(_folder.PathOf("data"), variables, "--log-level", "trace");
        string[] args = ["push", "--input", Clip.Video, "--gateway", gateway.Hedgw, "--ca", gateway.Ca, "--pace", "max"];

        CommandRun stranger = await CommandRun.RunAsync(args);
        CommandRun friend = await CommandRun.RunAsync(variables, args);
        CommandRun stopped = await gateway.StopAsync();

        Assert.Equal(ExitCode.Authentication, stranger.ExitCode);
        Assert.Equal(ExitCode.Ok, friend.ExitCode);
        AssertNoCanary(friend);
        AssertNoCanary(stopped);
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertNoCanary(CommandRun run)
    {
        Assert.DoesNotContain(Canary, run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, run.Error, StringComparison.Ordinal);
    }
}
