namespace Andmu.Pipeline.Spool.Format;

/// <summary>What is known of a record without its payload. The values are on cards: never change one.</summary>
[Flags]
internal enum RecordFlags : byte
{
    None = 0,

    /// <summary>Decoding can start here: the parameter sets before a key frame, or a key frame without sets before it.</summary>
    StartsGop = 1 << 0,

    /// <summary>The package's sync field is 1.</summary>
    KeyFrame = 1 << 1,

    /// <summary>The package has an ipcam_time.</summary>
    HasIpcamTime = 1 << 2,

    /// <summary>The package has a control_flag.</summary>
    HasControlFlag = 1 << 3,
}

/// <summary>Looks at flags without boxing, which <see cref="Enum.HasFlag"/> does in code that is not optimised yet.</summary>
internal static class RecordFlagsExtensions
{
    public static bool Has(this RecordFlags flags, RecordFlags flag) => (flags & flag) != 0;
}
