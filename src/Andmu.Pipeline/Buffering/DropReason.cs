namespace Andmu.Pipeline.Buffering;

/// <summary>Why media was given up. Nothing is ever dropped without one.</summary>
public enum DropReason
{
    /// <summary>The buffer took new media over what the uplink had not sent yet: the network is slower than the encoder, or away.</summary>
    Overrun,

    /// <summary>Pictures before the first random access picture, or after a lost one: they could not be decoded.</summary>
    NoRandomAccess,

    /// <summary>The access unit did not fit: larger than the buffer, or no room could be made for it without waiting.</summary>
    NoRoom,

    /// <summary>The access unit was malformed, or not of the track's codec and framing.</summary>
    Malformed,

    /// <summary>Leading pictures after a cut: what they refer to was not sent (ITU-T H.265, RASL).</summary>
    Leading,

    /// <summary>The network is slower than the encoder: whole GOPs were given up so that what is sent stays near to now (specification 5.3.1).</summary>
    Congestion,

    /// <summary>A live view's backlog, given up for an event's clip.</summary>
    Outranked,
}
