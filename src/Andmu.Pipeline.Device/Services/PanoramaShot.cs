namespace Andmu.Pipeline.Device.Services;

/// <summary>One picture of a panorama, which the host takes: it turns the head there and gives a JPEG of 640x360 (specification 5.2.9.23).</summary>
/// <param name="Sequence">Which picture, from 1.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Pan">Where the head has to be, in degrees from its left stop.</param>
/// <param name="IsUpright">False for a device on a ceiling: its pictures run from right to left, and may have to be turned.</param>
public readonly record struct PanoramaShot(int Sequence, int Count, int Pan, bool IsUpright);
