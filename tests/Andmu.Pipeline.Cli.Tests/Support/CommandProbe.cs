using System.Reflection;
using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Responses;
using Andmu.Pipeline.Device.Commands;

namespace Andmu.Pipeline.Cli.Tests.Support;

/// <summary>Gives commands to handlers as a device does. How a device finds a handler is its own affair, and no part of its public surface: here it is found by
/// what it looks like.</summary>
internal sealed class CommandProbe
{
    private static readonly MethodInfo Find = typeof(CommandHandlers).GetMethods(BindingFlags.Instance | BindingFlags.NonPublic).Single(
        static method => method.ReturnType.IsSubclassOf(typeof(Delegate)) && method.GetParameters() is [{ } only] && only.ParameterType == typeof(ControlCommand));

    public CommandHandlers Handlers { get; } = new();

    public bool Has(ControlCommand command) => Find.Invoke(Handlers, [command]) is not null;

    /// <summary>Carries a command out.</summary>
    /// <returns>What it is answered with, or null.</returns>
    public async Task<CommandAnswer?> DoAsync(ControlCommand command)
    {
        var handler = (Delegate)Find.Invoke(Handlers, [command])!;
        object doing = handler.DynamicInvoke(command, TestContext.Current.CancellationToken)!;
        var task = (Task)doing.GetType().GetMethod("AsTask")!.Invoke(doing, [])!;
        await task;
        object? reply = task.GetType().GetProperty("Result")!.GetValue(task);
        return (CommandAnswer?)reply?.GetType().GetProperty("Answer")!.GetValue(reply);
    }
}
