namespace Andmu.Pipeline.Upload;

/// <summary>What a plan asks for right now.</summary>
/// <param name="Upload">Media flows.</param>
/// <param name="ControlFlag">The flag that every package carries, or none.</param>
internal readonly record struct UploadDecision(bool Upload, uint? ControlFlag);
