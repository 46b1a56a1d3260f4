namespace Andmu.Pipeline.Spool.Format;

/// <summary>Media and events lie in segments of their own: so media can be given up before events. The values are on cards.</summary>
internal enum Lane : byte
{
    Media = 0,
    Event = 1,
}
