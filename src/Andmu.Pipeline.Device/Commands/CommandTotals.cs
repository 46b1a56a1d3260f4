namespace Andmu.Pipeline.Device.Commands;

/// <summary>Commands by what became of them, at one moment. A value: keep two and subtract.</summary>
public readonly record struct CommandTotals
{
    /// <summary>Done.</summary>
    public long Done { get; init; }

    /// <summary>Not to be read, or with a value that the specification has not.</summary>
    public long Malformed { get; init; }

    /// <summary>Without a handler.</summary>
    public long Unsupported { get; init; }

    /// <summary>Refused because too many were under way.</summary>
    public long Busy { get; init; }

    /// <summary>Handlers that said no.</summary>
    public long Rejected { get; init; }

    /// <summary>Handlers that threw, took too long, or were stopped.</summary>
    public long Failed { get; init; }

    /// <summary>Answers that were lost: too much waited to be sent already.</summary>
    public long AnswersLost { get; init; }
}
