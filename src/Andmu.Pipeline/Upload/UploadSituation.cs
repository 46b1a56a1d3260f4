namespace Andmu.Pipeline.Upload;

/// <summary>All that decides on the upload.</summary>
/// <param name="Plan">The plan that the platform has given.</param>
/// <param name="IsDeviceOn">False while switched off by command 1815 or a schedule.</param>
/// <param name="Viewers">How many watch live.</param>
/// <param name="Clip">The next event clip.</param>
/// <param name="Current">What is being done so far.</param>
internal readonly record struct UploadSituation(DevicePlan Plan, bool IsDeviceOn, int Viewers, ClipSituation Clip, UploadMode Current);
