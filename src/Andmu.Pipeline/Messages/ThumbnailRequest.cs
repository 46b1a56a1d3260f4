namespace Andmu.Pipeline.Messages;

/// <summary>The platform asks for thumbnails from now on (DevServerCmd type 9, specification 5.2.7 and 5.2.8).</summary>
/// <param name="Span">Time between two; zero: no more of them.</param>
/// <param name="Width">Pixels across; 0 when the platform does not say. From outside, not checked.</param>
/// <param name="Height">Pixels down; 0 when the platform does not say. From outside, not checked.</param>
public readonly record struct ThumbnailRequest(TimeSpan Span, int Width, int Height);
