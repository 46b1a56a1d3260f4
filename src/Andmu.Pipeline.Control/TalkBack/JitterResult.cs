namespace Andmu.Pipeline.Control.TalkBack;

/// <summary>What became of a pack that was handed to a <see cref="JitterBuffer"/>.</summary>
public enum JitterResult
{
    /// <summary>It is held.</summary>
    Added,

    /// <summary>It is held, and what was held before is gone: the sender counts anew.</summary>
    Restarted,

    /// <summary>Its number is held already.</summary>
    Duplicate,

    /// <summary>Its number was taken, or given up, before.</summary>
    Late,

    /// <summary>Its number is far from what is due: one such pack is passed over, the next behind it starts anew.</summary>
    Stray,

    /// <summary>It is larger than <see cref="JitterBufferOptions.MaxPackBytes"/>.</summary>
    TooLarge,
}
