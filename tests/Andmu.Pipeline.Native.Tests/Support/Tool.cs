using System.Diagnostics;

namespace Andmu.Pipeline.Native.Tests.Support;

/// <summary>Programs of the machine. A test that needs one that is not there is skipped, and says what installs it.</summary>
internal static class Tool
{
    /// <summary>What hangs is a failure.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static bool IsThere(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Skips the test when a program is not there.</summary>
    public static void Require(params ReadOnlySpan<string> programs)
    {
        foreach (string program in programs)
        {
            Assert.SkipUnless(IsThere(program), $"{program} is not installed: tests/native-prerequisites.sh installs it.");
        }
    }

    /// <summary>Runs a program that must succeed.</summary>
    /// <returns>Its output.</returns>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        ToolResult result = await TryAsync(program, arguments);
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\nexit {result.ExitCode}\n{result.Output}\n{result.Errors}");
        return result.Output;
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<ToolResult> TryAsync(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        using Process process = Start(program, arguments, environment);
        process.StandardInput.Close();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            string output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new ToolResult(process.ExitCode, output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Starts a program.</summary>
    public static Process Start(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}

/// <summary>How a program has ended.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Errors);
