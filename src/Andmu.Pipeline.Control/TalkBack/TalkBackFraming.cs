namespace Andmu.Pipeline.Control.TalkBack;

/// <summary>
/// What stands in front of the sound of talk-back: 5.2.5 knows of nothing, the sample of appendix E strips an RTP header.
/// </summary>
public enum TalkBackFraming
{
    /// <summary>RTP where the data begins like it, nothing otherwise.</summary>
    Auto,

    /// <summary>Always RTP; what is none is malformed.</summary>
    Rtp,

    /// <summary>Always nothing.</summary>
    Raw,
}
