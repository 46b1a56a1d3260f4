namespace Andmu.Pipeline;

/// <summary>What became of an access unit that was written to a <see cref="MediaTrack"/>. Everything but <see cref="Written"/> is in the drop ledger, too.</summary>
public enum WriteResult
{
    /// <summary>It is in the buffer.</summary>
    Written,

    /// <summary>Refused: it cannot be decoded, because no random access picture with its parameter sets has come yet, or one was lost. Ask the
    /// encoder for a key frame.</summary>
    AwaitingRandomAccess,

    /// <summary>Refused: empty, no NAL unit in it, or a bad length prefix.</summary>
    Malformed,

    /// <summary>Refused: no room could be made without waiting, or it is larger than the buffer.</summary>
    NoRoom,

    /// <summary>Nothing to send: parameter sets or supplemental information alone. Parameter sets are taken note of for the next picture.</summary>
    NoPicture,
}
