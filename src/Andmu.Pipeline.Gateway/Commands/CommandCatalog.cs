namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>Every command of the specification (5.2.8 to 5.2.10), by the name that it has on a command line.</summary>
public static class CommandCatalog
{
    /// <summary>All of them: the commands of apps, then what the platform itself tells a device.</summary>
    public static IReadOnlyList<CommandDefinition> All { get; } = [.. AppCommands.All, .. PlatformActions.All];

    /// <summary>The command of a name, or null.</summary>
    /// <param name="name">Its name, in lower case.</param>
    public static CommandDefinition? Find(string name)
    {
        foreach (CommandDefinition definition in All)
        {
            if (definition.Name == name)
            {
                return definition;
            }
        }

        return null;
    }
}
