using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Responses;
using Andmu.Pipeline.Device.Commands;

namespace Andmu.Pipeline.Cli.Tests.Support;

/// <summary>Gives commands to handlers as a device does.</summary>
internal sealed class CommandProbe
{
    public CommandHandlers Handlers { get; } = new();

    public bool Has(ControlCommand command) => Handlers.Find(command) is not null;

    /// <summary>Carries a command out.</summary>
    /// <returns>What it is answered with, or null.</returns>
    public async Task<CommandAnswer?> DoAsync(ControlCommand command) =>
        (await Handlers.Find(command)!(command, TestContext.Current.CancellationToken))?.Answer;
}
