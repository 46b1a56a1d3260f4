using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>A command with its parameters, ready to be sent any number of times. Its values may hold a secret and are not printed.</summary>
public sealed class PlatformCommand
{
    private readonly Dictionary<string, string> _values;
    private readonly Action<Utf8JsonWriter>[] _members;

    private PlatformCommand(CommandDefinition definition, Dictionary<string, string> values, Action<Utf8JsonWriter>[] members)
    {
        Definition = definition;
        _values = values;
        _members = members;
    }

    /// <summary>What it is.</summary>
    public CommandDefinition Definition { get; }

    /// <summary>Makes a command, for a program that knows what it wants.</summary>
    /// <param name="name">One of <see cref="CommandCatalog"/>.</param>
    /// <param name="parameters">Its parameters by name, as on a command line; one that has a default may be left out.</param>
    /// <exception cref="ArgumentException">The command is not known, or a parameter is missing, not known, given twice, or has a value it cannot have.</exception>
    public static PlatformCommand Create(string name, params (string Name, string Value)[] parameters)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string parameter, string value) in parameters)
        {
            if (!values.TryAdd(parameter, value))
            {
                throw new ArgumentException($"'{parameter}' is given twice.", nameof(parameters));
            }
        }

        return TryCreate(name, values, out PlatformCommand? command, out string problem) ? command : throw new ArgumentException(problem);
    }

    /// <summary>Makes a command of what a person has typed.</summary>
    /// <param name="name">One of <see cref="CommandCatalog"/>.</param>
    /// <param name="values">Its parameters by name; one that has a default may be left out.</param>
    /// <param name="command">The command.</param>
    /// <param name="problem">What is wrong and what would be right, for a person; never with a value in it.</param>
    /// <returns>Whether it could be made.</returns>
    public static bool TryCreate(
        string name, IReadOnlyDictionary<string, string> values, [NotNullWhen(true)] out PlatformCommand? command, out string problem)
    {
        command = null;
        if (CommandCatalog.Find(name) is not { } definition)
        {
            problem = $"There is no such command. The commands are {string.Join(", ", CommandCatalog.All.Select(static known => known.Name))}.";
            return false;
        }

        if (values.Keys.FirstOrDefault(given => definition.Parameters.All(known => known.Name != given)) is not null)
        {
            problem = definition.Parameters.Count == 0
                ? $"{name} takes no parameters."
                : $"{name} has no such parameter. Its parameters are {string.Join(", ", definition.Parameters.Select(static known => known.Name))}.";
            return false;
        }

        return TryRead(definition, values, out command, out problem);
    }

    /// <summary>The name alone.</summary>
    public override string ToString() => Definition.Name;

    /// <summary>A parameter as it was given, or its default.</summary>
    internal string Value(string name) => _values[name];

    /// <summary>Writes the members of requestParams.</summary>
    internal void WriteParameters(Utf8JsonWriter json)
    {
        foreach (Action<Utf8JsonWriter> write in _members)
        {
            write(json);
        }
    }

    private static bool TryRead(
        CommandDefinition definition,
        IReadOnlyDictionary<string, string> given,
        [NotNullWhen(true)] out PlatformCommand? command,
        out string problem)
    {
        command = null;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var members = new Action<Utf8JsonWriter>[definition.Parameters.Count];
        for (int i = 0; i < members.Length; i++)
        {
            CommandParameter parameter = definition.Parameters[i];
            if (!given.TryGetValue(parameter.Name, out string? text) && (text = parameter.Default) is null)
            {
                problem = $"{definition.Name} needs {parameter.Name}={parameter.Values}.";
                return false;
            }

            if (text is null || parameter.Form.Read(text) is not { } write)
            {
                problem = $"{definition.Name} cannot have that {parameter.Name}: use {parameter.Values}.";
                return false;
            }

            values[parameter.Name] = text;
            members[i] = write;
        }

        command = new PlatformCommand(definition, values, members);
        problem = "";
        return true;
    }
}
