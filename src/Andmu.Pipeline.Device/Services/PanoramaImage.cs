using Andmu.Pipeline.Control.Reports;
using Andmu.Pipeline.Messages;

namespace Andmu.Pipeline.Device.Services;

/// <summary>One picture on its way to an app (specification 5.2.11.7).</summary>
/// <param name="Client">The app that asked.</param>
/// <param name="Sequence">From 1.</param>
/// <param name="Count">How many there will be.</param>
/// <param name="Jpeg">The picture; valid during the call.</param>
internal readonly record struct PanoramaImage(string Client, int Sequence, int Count, ReadOnlyMemory<byte> Jpeg)
{
    /// <summary>The message. Not kept: an app that has gone does not wait for it.</summary>
    public DeviceMessage ToMessage() => new(DeviceMessageType.Transparent)
    {
        Destination = Client,
        Data = PanoramaPicture.ToData(Sequence, Count, Jpeg.Span),
    };
}
