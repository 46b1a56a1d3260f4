namespace Andmu.Pipeline.Spool.Format;

/// <summary>What a record holds. The values are on cards: never change one.</summary>
internal enum RecordType : byte
{
    /// <summary>A media package: see <see cref="EntryFields"/>.</summary>
    Media = 1,

    /// <summary>An event: see <see cref="EntryFields"/>.</summary>
    Event = 2,
}
