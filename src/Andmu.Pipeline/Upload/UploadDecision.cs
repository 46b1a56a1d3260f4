namespace Andmu.Pipeline.Upload;

/// <summary>What to send from now on.</summary>
/// <param name="Mode">Nothing, the live stream, or an event's clip.</param>
/// <param name="ControlFlag">The flag that every package carries, or none.</param>
/// <param name="Start">Where the cursor goes first.</param>
internal readonly record struct UploadDecision(UploadMode Mode, uint? ControlFlag, CursorStart Start);
