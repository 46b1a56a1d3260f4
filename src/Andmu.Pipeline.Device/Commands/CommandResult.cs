namespace Andmu.Pipeline.Device.Commands;

/// <summary>What came of a command.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reply">What it is answered with when it was <see cref="CommandOutcome.Done"/>; null for what is not answered.</param>
/// <param name="Reason">Why it was not done, for the log; empty when it was.</param>
internal readonly record struct CommandResult(CommandOutcome Outcome, ICommandReply? Reply, string Reason)
{
    public static CommandResult Done(ICommandReply? reply) => new(CommandOutcome.Done, reply, "");

    public static CommandResult Not(CommandOutcome outcome, string reason) => new(outcome, null, reason);
}
