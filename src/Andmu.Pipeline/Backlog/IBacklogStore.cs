namespace Andmu.Pipeline.Backlog;

/// <summary>What keeps media and events while there is no connection, and gives them back for delivery (specification 5.2.4): an SD card.</summary>
/// <remarks>
/// <code>
///   no connection:  uplink -> TryKeep -> ... -> KeptThrough          online:  TryRead -> second connection, channel_id 1 -> Confirm
/// </code>
/// <para>No call may wait for a card. The uplink keeps from one loop and reads from another; events are kept by any thread.</para>
/// </remarks>
public interface IBacklogStore
{
    /// <summary>Raised when something may be kept, writable or readable now that was not before. Handlers only set a signal.</summary>
    event Action? Progressed;

    /// <summary>Whether it takes anything at the moment.</summary>
    bool IsWritable { get; }

    /// <summary>Whether it has been looked at since the start: before that nobody knows whether there is a backlog.</summary>
    bool IsKnown { get; }

    /// <summary>Whether something is still to be delivered, as far as is known.</summary>
    bool HasBacklog { get; }

    /// <summary>The highest ticket of media up to which everything survives a power cut.</summary>
    long KeptThrough { get; }

    /// <summary>Takes a package of media.</summary>
    /// <param name="package">Its fields.</param>
    /// <param name="data">Its data; copied.</param>
    /// <param name="ticket">Its number, for <see cref="KeptThrough"/>; rising.</param>
    /// <returns>False when it cannot be taken now; it stays in the buffer and is offered again.</returns>
    bool TryKeep(in BacklogMedia package, ReadOnlySpan<byte> data, out long ticket);

    /// <summary>Takes an event.</summary>
    /// <param name="happened">Its fields.</param>
    /// <param name="message">Its JSON; null for none.</param>
    /// <returns>False when it cannot be taken; it is kept in memory then.</returns>
    bool TryKeep(in BacklogEvent happened, string? message);

    /// <summary>The next that is not delivered: events first, then media.</summary>
    /// <param name="record">Its memory is valid until the next call of this or of <see cref="Rewind"/>.</param>
    /// <returns>False when there is none at the moment: again after <see cref="Progressed"/>.</returns>
    bool TryRead(out BacklogRecord record);

    /// <summary>All that was read since the last <see cref="Rewind"/>, up to and with the record of this number, has been delivered.</summary>
    /// <param name="number">Of <see cref="BacklogRecord.Number"/>.</param>
    void Confirm(long number);

    /// <summary>Starts again with the oldest that is not confirmed.</summary>
    void Rewind();
}
