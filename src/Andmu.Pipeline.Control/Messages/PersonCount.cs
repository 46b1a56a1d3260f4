using Andmu.Pipeline.Control.Messages;

namespace Andmu.Pipeline.Control;

/// <summary>How many persons have passed in a time (the msg of a DevEventCmd of type 4, specification 5.2.6).</summary>
/// <param name="Start">Since when, by the platform's clock; whole seconds are told.</param>
/// <param name="Stop">Until when.</param>
/// <param name="BottomToTop">From the bottom of the picture to its top; more than 65,535 are told as so many.</param>
/// <param name="TopToBottom">From the top to the bottom; more than 65,535 are told as so many.</param>
public readonly record struct PersonCount(DateTimeOffset Start, DateTimeOffset Stop, int BottomToTop, int TopToBottom)
{
    /// <summary>Both counts in one number: the first in its high 16 bits, the second in its low ones.</summary>
    public uint Packed => ((uint)Math.Clamp(BottomToTop, 0, ushort.MaxValue) << 16) | (uint)Math.Clamp(TopToBottom, 0, ushort.MaxValue);

    /// <summary>The message.</summary>
    public string ToJson()
    {
        PersonCount self = this;
        return MessageJson.Write(json =>
        {
            json.WriteNumber("start", self.Start.ToUnixTimeSeconds());
            json.WriteNumber("stop", self.Stop.ToUnixTimeSeconds());
            json.WriteNumber("count", self.Packed);
        });
    }
}
