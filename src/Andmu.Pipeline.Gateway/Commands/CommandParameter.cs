namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>A parameter of a command, as it is written on a command line.</summary>
public sealed class CommandParameter
{
    internal CommandParameter(string name, ValueForm form, string? standard = null)
    {
        Name = name;
        Form = form;
        Default = standard;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Which values it takes, for a person: <c>on|off</c>, <c>0..4</c>.</summary>
    public string Values => Form.Description;

    /// <summary>What it is when it is not given; null when it must be given.</summary>
    public string? Default { get; }

    internal ValueForm Form { get; }
}
