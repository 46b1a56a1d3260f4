using System.Security.Cryptography;

namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>The commands of one connection that wait for their answers, oldest first. Safe for any thread.</summary>
internal sealed class PendingCommands
{
    private const int MaxPending = 256;

    private readonly Lock _gate = new();
    private readonly List<PendingCommand> _pending = [];
    private bool _closed;

    /// <summary>A command that will wait; its msgSession is one that no other waits with.</summary>
    /// <exception cref="IOException">The connection has ended.</exception>
    /// <exception cref="InvalidOperationException">Too many wait.</exception>
    public PendingCommand Add(PlatformCommand command, string sourceId)
    {
        lock (_gate)
        {
            if (_closed)
            {
                throw new IOException("The connection has ended.");
            }

            if (_pending.Count == MaxPending)
            {
                throw new InvalidOperationException($"{MaxPending} commands wait for their answers already.");
            }

            long session;
            do
            {
                session = NewSession();
            }
            while (_pending.Exists(other => other.Session == session));

            var pending = new PendingCommand(command, session, sourceId);
            _pending.Add(pending);
            return pending;
        }
    }

    /// <summary>A msgSession; the specification's examples have numbers of 31 bits.</summary>
    public static long NewSession() => RandomNumberGenerator.GetInt32(1, int.MaxValue);

    public void Remove(PendingCommand pending)
    {
        lock (_gate)
        {
            _pending.Remove(pending);
        }
    }

    /// <summary>Takes the command with that msgSession out: a second answer finds none.</summary>
    public PendingCommand? TakeBySession(long session) =>
        Take(pending => pending.Session == session && pending.Command.Definition.Answer == AnswerKind.Response);

    /// <summary>Takes the oldest command out that waits for a change of resolution, which names no msgSession.</summary>
    public PendingCommand? TakeResolution() => Take(static pending => pending.Command.Definition.Answer == AnswerKind.ResolutionChange);

    /// <summary>The connection has ended: no answer will come.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (PendingCommand pending in _pending)
            {
                pending.Abandon();
            }

            _pending.Clear();
        }
    }

    private PendingCommand? Take(Predicate<PendingCommand> isWanted)
    {
        lock (_gate)
        {
            int index = _pending.FindIndex(isWanted);
            if (index < 0)
            {
                return null;
            }

            PendingCommand taken = _pending[index];
            _pending.RemoveAt(index);
            return taken;
        }
    }
}
