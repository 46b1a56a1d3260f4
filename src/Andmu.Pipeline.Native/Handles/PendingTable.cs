namespace Andmu.Pipeline.Native.Handles;

/// <summary>What the host was asked and has not answered yet, by number. Thread-safe.</summary>
internal sealed class PendingTable<TQuestion, TAnswer>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, Pending> _pending = [];
    private ulong _last;

    /// <summary>A question: to be closed by its asker.</summary>
    public Pending Open(TQuestion question)
    {
        lock (_lock)
        {
            var pending = new Pending(this, ++_last, question);
            _pending.Add(pending.Id, pending);
            return pending;
        }
    }

    /// <summary>The question of a number, while it is open.</summary>
    public Pending? Find(ulong id)
    {
        lock (_lock)
        {
            return _pending.GetValueOrDefault(id);
        }
    }

    private void Close(ulong id)
    {
        lock (_lock)
        {
            _pending.Remove(id);
        }
    }

    /// <summary>One question on its way to its answer.</summary>
    internal sealed class Pending(PendingTable<TQuestion, TAnswer> table, ulong id, TQuestion question) : IDisposable
    {
        private readonly TaskCompletionSource<TAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ulong Id => id;

        public TQuestion Question => question;

        public Task<TAnswer> Answer => _answer.Task;

        /// <summary>Gives the answer. False: there was one before.</summary>
        public bool TryAnswer(TAnswer answer) => _answer.TrySetResult(answer);

        /// <inheritdoc />
        public void Dispose() => table.Close(id);
    }
}
