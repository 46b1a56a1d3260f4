using Andmu.Pipeline.Buffering;

namespace Andmu.Pipeline.Backlog;

/// <summary>How far the media is kept: from there on the live stream has to go on. One loop at a time.</summary>
/// <remarks>
/// <code>
///   offered:   | 1 | 2 | 3 | 4 | 5 |          ticket
///              +--- safe ---+---+---+
///              mark: behind 3
/// </code>
/// Bounded by what a store has on its way.
/// </remarks>
internal sealed class KeptMarks
{
    private readonly Queue<(long Ticket, MediaMark Mark)> _offered = new();
    private MediaMark _kept;

    /// <summary>Nothing is kept yet: what there is starts at <paramref name="mark"/>.</summary>
    public void Restart(in MediaMark mark)
    {
        _offered.Clear();
        _kept = mark;
    }

    /// <summary>All media before <paramref name="mark"/> has been offered, the last of it with this ticket.</summary>
    public void OnOffered(long ticket, in MediaMark mark) => _offered.Enqueue((ticket, mark));

    /// <summary>What is not safe starts here.</summary>
    /// <param name="keptThrough">The highest ticket that is.</param>
    public MediaMark Advance(long keptThrough)
    {
        while (_offered.TryPeek(out (long Ticket, MediaMark Mark) offered) && offered.Ticket <= keptThrough)
        {
            _kept = offered.Mark;
            _offered.Dequeue();
        }

        return _kept;
    }
}
