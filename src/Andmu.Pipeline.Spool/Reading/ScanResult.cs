namespace Andmu.Pipeline.Spool.Reading;

/// <summary>What a scan came to.</summary>
internal enum ScanResult
{
    /// <summary>A whole record.</summary>
    Record,

    /// <summary>The end.</summary>
    End,

    /// <summary>The card cannot be read here.</summary>
    Fault,
}
