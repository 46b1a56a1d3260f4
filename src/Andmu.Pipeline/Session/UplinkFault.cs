namespace Andmu.Pipeline.Session;

/// <summary>Why an uplink is not, or no longer, online, in words for a log.</summary>
/// <param name="Kind">What kind of fault.</param>
/// <param name="Message">One sentence; holds no secret.</param>
/// <param name="Code">The platform's result code, when it gave one.</param>
public sealed record UplinkFault(UplinkFaultKind Kind, string Message, int? Code = null);
