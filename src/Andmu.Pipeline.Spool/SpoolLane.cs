namespace Andmu.Pipeline.Spool;

/// <summary>Media and events lie in segments of their own: so media can be given up before events.</summary>
public enum SpoolLane
{
    /// <summary>Media packages.</summary>
    Media = 0,

    /// <summary>Events.</summary>
    Event = 1,
}
