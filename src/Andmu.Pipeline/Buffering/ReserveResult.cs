namespace Andmu.Pipeline.Buffering;

internal enum ReserveResult
{
    Reserved,

    /// <summary>Room would have cost an entry that is being read, being written, or not sent yet.</summary>
    NoRoom,

    /// <summary>Larger than the whole buffer.</summary>
    TooLarge,
}
