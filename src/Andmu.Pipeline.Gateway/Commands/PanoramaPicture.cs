namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>One picture of a panorama (specification 5.2.11.7).</summary>
/// <param name="ReceivedAt">When it arrived, by the gateway's clock.</param>
/// <param name="Sequence">Its number, from 1.</param>
/// <param name="Count">How many the panorama has.</param>
/// <param name="Bytes">The size of the JPEG.</param>
/// <param name="Path">Its file; the picture of the same number of a later panorama takes its place.</param>
public sealed record PanoramaPicture(DateTimeOffset ReceivedAt, int Sequence, int Count, int Bytes, string Path);
