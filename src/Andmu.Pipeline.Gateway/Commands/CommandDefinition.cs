using System.Text.Json;

namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>What a platform can tell a device or ask it (specification 5.2.8 to 5.2.10).</summary>
public sealed class CommandDefinition
{
    internal CommandDefinition(string name, string description, params CommandParameter[] parameters)
    {
        Name = name;
        Description = description;
        Parameters = parameters;
    }

    /// <summary>Its name on a command line.</summary>
    public string Name { get; }

    /// <summary>What it does, in one line.</summary>
    public string Description { get; }

    /// <summary>Its parameters, in the order in which they are sent.</summary>
    public IReadOnlyList<CommandParameter> Parameters { get; }

    /// <summary>What the device answers.</summary>
    public AnswerKind Answer { get; internal init; }

    /// <summary>request of DevAppCmd type 33: 1792 query, 1793 set, 1815 on and off, 4097 upgrade; null for what is no such command.</summary>
    public int? Request { get; internal init; }

    /// <summary>subRequest, which says what is set or asked for; null where the specification has none.</summary>
    public int? SubRequest { get; internal init; }

    internal CommandLayout Layout { get; init; }

    /// <summary>Checks responseParams of an answer that says yes; null where the specification has none.</summary>
    internal Action<FieldReader, JsonElement>? CheckResponse { get; init; }

    /// <summary>What is done when it is no command of DevAppCmd type 33.</summary>
    internal Func<DeviceSession, PlatformCommand, CancellationToken, Task>? Action { get; init; }
}
