using Andmu.Pipeline.Spool.Card;
using Andmu.Pipeline.Spool.Queueing;
using Andmu.Pipeline.Spool.Reading;
using Andmu.Pipeline.Spool.Writing;

namespace Andmu.Pipeline.Spool.Engine;

/// <summary>One lane as the engine drives it.</summary>
internal sealed class EngineLane(LanePorts ports, SegmentWriter writer, LaneFeed feed)
{
    public RecordRing Queue => ports.Queue;

    public CommitRule Rule => ports.Rule;

    public SegmentWriter Writer => writer;

    public LaneFeed Feed => feed;

    /// <summary>Another card, or none.</summary>
    /// <param name="card">The card.</param>
    /// <param name="isKnown">It is the one before: its sequences go on.</param>
    public void Attach(MountedCard? card, bool isKnown)
    {
        writer.Detach();
        if (card is not null)
        {
            writer.Attach(card, isKnown ? writer.SequenceBase : card.Head.Highest(ports.Reader.Lane) - (ulong)Queue.Released);
        }

        feed.Attach(card, writer.SequenceBase);
    }

    /// <summary>Closes what was removed from the card: only then has it its room back.</summary>
    public void LetGoOfRemoved()
    {
        writer.LetGoOfRemoved();
        feed.LetGoOfRemoved();
    }

    /// <summary>Tells the reader whether it may expect more.</summary>
    public void Publish(MountedCard? card) =>
        ports.Reader.SetBacklog(card is not null && (card.Index.HasBacklog(ports.Reader.Lane) || Queue.Added > Queue.Released));
}
