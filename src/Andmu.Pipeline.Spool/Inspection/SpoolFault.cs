namespace Andmu.Pipeline.Spool.Inspection;

/// <summary>A place of a segment that holds no whole record where one should be. Between two whole records there is at most one, whatever it holds.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Offset">Where it starts, bytes from the start of the file.</param>
/// <param name="Bytes">Bytes that it takes.</param>
public readonly record struct SpoolFault(SpoolFaultKind Kind, long Offset, long Bytes);
