namespace Andmu.Pipeline.Upload;

/// <summary>What an uplink does with the media of its channel.</summary>
public enum UploadMode
{
    /// <summary>Nothing is sent; the heartbeat goes on.</summary>
    Idle,

    /// <summary>The live stream is sent: all day by plan, or because somebody watches.</summary>
    Live,

    /// <summary>An event's clip is sent, from its pre-roll to its post-roll.</summary>
    Event,
}
