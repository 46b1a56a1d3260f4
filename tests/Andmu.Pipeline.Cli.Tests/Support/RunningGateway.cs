namespace Andmu.Pipeline.Cli.Tests.Support;

/// <summary>The verb <c>gateway</c>, running on free ports until it is stopped.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly WatchedTerminal _terminal;
    private readonly Task<CommandRun> _run;

    private RunningGateway(WatchedTerminal terminal, Task<CommandRun> run)
    {
        _terminal = terminal;
        _run = run;
    }

    public string Hedgw { get; private set; } = "";

    public string OpenApi { get; private set; } = "";

    public string Ca { get; private set; } = "";

    public string Out => _terminal.Out;

    public static Task<RunningGateway> StartAsync(string data) => StartAsync(data, []);

    public static async Task<RunningGateway> StartAsync(string data, Dictionary<string, string> variables, params string[] args)
    {
        var terminal = new WatchedTerminal(variables);
        Task<string> ready = terminal.LineAsync("ready ");
        Task<CommandRun> run = terminal.RunAsync(["gateway", "--data", data, "--hedgw-port", "0", "--openapi-port", "0", .. args]);
        await Task.WhenAny(ready, run);
        Assert.True(ready.IsCompleted, run.IsCompleted ? (await run).Error : "");
        var gateway = new RunningGateway(terminal, run);
        gateway.Read(await ready);
        return gateway;
    }

    /// <summary>Completes when the first device has logged in.</summary>
    public Task LoggedInAsync() => _terminal.LineAsync(" LoggedIn ");

    public async Task<CommandRun> StopAsync()
    {
        _terminal.PressCtrlC();
        return await _run;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _terminal.Dispose();
    }

    private void Read(string ready)
    {
        foreach (string part in ready.Split(' '))
        {
            string value = part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..];
            switch (part[..^value.Length])
            {
                case "hedgw=":
                    Hedgw = value;
                    break;
                case "openapi=":
                    OpenApi = value;
                    break;
                case "ca=":
                    Ca = value;
                    break;
            }
        }
    }
}
