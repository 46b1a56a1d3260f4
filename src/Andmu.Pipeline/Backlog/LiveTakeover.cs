namespace Andmu.Pipeline.Backlog;

/// <summary>What the live stream sends although the store has it, too: it begins with a key frame of what was not safe yet when the connection came up. The
/// backlog waits until that has arrived, and leaves it out: so each package comes once, and the live stream first.</summary>
/// <remarks>
/// <code>
///   store:   ...-----|K----------|K------|            offered until the connection came up, in tickets
///   live:                         K-------------->    position by position, without a gap
///                                 |taken--|           over, once it has arrived
/// </code>
/// Where the live stream leaves something out, is not recorded, begins elsewhere, or breaks before it has arrived, nothing is taken over: then a stretch comes twice, and
/// nothing is lost. Thread-safe. In memory only: after a restart of the process the store is delivered whole.
/// </remarks>
internal sealed class LiveTakeover
{
    /// <summary>Stretches remembered, the newest: one an outage. What is forgotten is delivered twice.</summary>
    private const int MaxStretches = 64;

    private readonly Lock _lock = new();
    private readonly Queue<(long Position, long Ticket)> _starts = new(); // where the live stream may begin, behind what is safe
    private (long Position, long Ticket) _keptStart; // and the last place up to there
    private readonly Queue<(long First, long Last)> _taken = new();
    private volatile State _state;
    private long _end;   // behind what was offered
    private long _last;  // the ticket of the last of it
    private long _first; // the ticket of what the live stream began with
    private long _next;  // the position that it must go on with

    private enum State
    {
        /// <summary>Nothing is to be taken over.</summary>
        None,

        /// <summary>There is no connection.</summary>
        Offline,

        /// <summary>There is one; the live stream begins next.</summary>
        Expected,

        /// <summary>It has begun with something that the store has, too.</summary>
        Followed,

        /// <summary>It has sent all that the store has.</summary>
        Sent,
    }

    /// <summary>Raised, outside of the lock, when <see cref="IsPending"/> ends. Handlers only set a signal.</summary>
    public event Action? Settled;

    /// <summary>Whether it is not known yet what the live stream takes over, or whether it begins at all.</summary>
    public bool IsPending => _state != State.None;

    /// <summary>Whether all of it is on its way: a proof of its arrival would end the wait.</summary>
    public bool NeedsProof => _state == State.Sent;

    /// <summary>There is no connection: what comes is offered to the store.</summary>
    public void OnOffline()
    {
        lock (_lock)
        {
            _state = State.Offline;
            Forget();
        }
    }

    /// <summary>The store has taken a package.</summary>
    /// <param name="position">Its place in the buffer.</param>
    /// <param name="ticket">As the store has numbered it.</param>
    /// <param name="isStart">Whether a connection may begin with it.</param>
    /// <param name="keptThrough">What is safe by now: the live stream begins no earlier than with the GOP that holds what comes next.</param>
    public void OnOffered(long position, long ticket, bool isStart, long keptThrough)
    {
        lock (_lock)
        {
            _end = position + 1;
            _last = ticket;
            if (!isStart)
            {
                return;
            }

            _starts.Enqueue((position, ticket));
            while (_starts.TryPeek(out (long Position, long Ticket) start) && start.Ticket <= keptThrough + 1)
            {
                _keptStart = start;
                _starts.Dequeue();
            }
        }
    }

    /// <summary>The buffer is read again from an earlier place: tickets do not rise with positions there.</summary>
    public void OnRewound()
    {
        lock (_lock)
        {
            Forget();
        }
    }

    /// <summary>There is a connection, and nothing more is offered.</summary>
    public void OnOnline()
    {
        lock (_lock)
        {
            _state = State.Expected;
        }
    }

    /// <summary>The live stream sends the package at this position next.</summary>
    /// <param name="position">Its place in the buffer.</param>
    /// <param name="isRecorded">Whether the platform records it: what goes to a viewer alone takes nothing over from what the store has for the recording.</param>
    /// <returns>True where the stretch begins: what is known to have arrived says nothing of it, for it is counted as delivered while the store has it.</returns>
    public bool OnSending(long position, bool isRecorded)
    {
        if (_state is not (State.Expected or State.Followed))
        {
            return false;
        }

        bool isOver = false;
        bool begins;
        lock (_lock)
        {
            begins = _state == State.Expected && TryBegin(position);
            bool goesOn = _state == State.Followed && position == _next && isRecorded;
            _next = position + 1;
            _state = !goesOn ? State.None : _next >= _end ? State.Sent : State.Followed;
            isOver = !goesOn;
        }

        Raise(isOver);
        return begins;
    }

    /// <summary>The live stream has nothing to send: what it has not sent by now it does not send for the sake of the store.</summary>
    public void OnNothingDue()
    {
        if (_state is not (State.Expected or State.Followed))
        {
            return;
        }

        lock (_lock)
        {
            _state = State.None;
        }

        Raise(isOver: true);
    }

    /// <summary>All that the live stream has sent before this position has arrived.</summary>
    public void OnArrived(long position)
    {
        if (_state != State.Sent)
        {
            return;
        }

        bool isOver;
        lock (_lock)
        {
            isOver = _state == State.Sent && position >= _end;
            if (isOver)
            {
                _state = State.None;
                _taken.Enqueue((_first, _last));
                if (_taken.Count > MaxStretches)
                {
                    _taken.Dequeue();
                }
            }
        }

        Raise(isOver);
    }

    /// <summary>Whether the live stream has delivered the package with this ticket.</summary>
    public bool Has(long ticket)
    {
        lock (_lock)
        {
            foreach ((long first, long last) in _taken)
            {
                if (ticket >= first && ticket <= last)
                {
                    return true;
                }
            }

            return false;
        }
    }

    private void Forget()
    {
        _starts.Clear();
        _keptStart = default;
    }

    private bool TryBegin(long position)
    {
        _first = _keptStart.Position == position ? _keptStart.Ticket : 0;
        foreach ((long start, long ticket) in _starts)
        {
            _first = start == position ? ticket : _first;
        }

        if (_first > 0)
        {
            _next = position;
            _state = State.Followed;
        }

        return _first > 0;
    }

    private void Raise(bool isOver)
    {
        if (isOver)
        {
            Settled?.Invoke();
        }
    }
}
