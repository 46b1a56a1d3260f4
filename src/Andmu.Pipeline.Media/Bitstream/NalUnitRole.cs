namespace Andmu.Pipeline.Media.Bitstream;

/// <summary>What a NAL unit tells about where access units begin.</summary>
internal enum NalUnitRole
{
    /// <summary>Nothing: it belongs to the access unit that it stands in.</summary>
    Other,

    /// <summary>An access unit delimiter: always the first of an access unit.</summary>
    Delimiter,

    /// <summary>May stand before a picture's slices only: behind the last slice of a picture it begins the next access unit.</summary>
    Opening,

    /// <summary>The first slice of a picture.</summary>
    FirstSlice,

    /// <summary>A slice that is not its picture's first.</summary>
    NextSlice,
}
