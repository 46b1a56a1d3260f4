namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>What a device answered to a command, or that it did not.</summary>
public sealed record CommandAnswer
{
    /// <summary>The command's name.</summary>
    public required string Command { get; init; }

    /// <summary>What became of it.</summary>
    public required CommandOutcome Outcome { get; init; }

    /// <summary>msgSession, which tells its answer and its progress from others; 0 for what is no command of DevAppCmd type 33.</summary>
    public long Session { get; init; }

    /// <summary>responseParams as the device wrote them, JSON, or the new resolution as a JSON string; null when there are none.</summary>
    public string? Response { get; init; }

    /// <summary>Where the answer breaks the specification, in words; each is a violation, too.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>From before it was sent until the answer came, or the time was up.</summary>
    public TimeSpan Elapsed { get; init; }
}
