namespace Andmu.Pipeline.Cli.Camera;

/// <summary>One picture of a panorama (specification 5.2.11.7).</summary>
/// <param name="Sequence">From 1.</param>
/// <param name="Count">How many there are in all.</param>
/// <param name="Picture">JPEG, 640x360.</param>
internal readonly record struct PanoramaShot(int Sequence, int Count, ReadOnlyMemory<byte> Picture);
