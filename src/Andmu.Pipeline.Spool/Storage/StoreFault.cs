namespace Andmu.Pipeline.Spool.Storage;

/// <summary>Why the card did not do what it was asked to.</summary>
internal enum StoreFault
{
    /// <summary>It did.</summary>
    None,

    /// <summary>No file of this name.</summary>
    NotFound,

    /// <summary>A file of this name is there already.</summary>
    Exists,

    /// <summary>ENOSPC, EDQUOT.</summary>
    NoSpace,

    /// <summary>EROFS, or no right to write: vfat goes read-only by itself when it finds its tables damaged.</summary>
    ReadOnly,

    /// <summary>No card: ENODEV and its like, or nothing mounted.</summary>
    Gone,

    /// <summary>Another journal works on it.</summary>
    InUse,

    /// <summary>EIO and all else.</summary>
    Io,
}
