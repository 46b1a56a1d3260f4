namespace Andmu.Pipeline.Device.Commands;

/// <summary>Counts what becomes of commands. Thread-safe.</summary>
internal sealed class CommandTally
{
    private readonly long[] _outcomes = new long[Enum.GetValues<CommandOutcome>().Length];
    private long _answersLost;

    public CommandTotals Totals => new()
    {
        Done = Read(CommandOutcome.Done),
        Malformed = Read(CommandOutcome.Malformed),
        Unsupported = Read(CommandOutcome.Unsupported),
        Busy = Read(CommandOutcome.Busy),
        Rejected = Read(CommandOutcome.Rejected),
        Failed = Read(CommandOutcome.Failed) + Read(CommandOutcome.TimedOut) + Read(CommandOutcome.Stopped),
        AnswersLost = Interlocked.Read(ref _answersLost),
    };

    public void Add(CommandOutcome outcome) => Interlocked.Increment(ref _outcomes[(int)outcome]);

    public void AddAnswerLost() => Interlocked.Increment(ref _answersLost);

    private long Read(CommandOutcome outcome) => Interlocked.Read(ref _outcomes[(int)outcome]);
}
