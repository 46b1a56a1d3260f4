using Andmu.Pipeline.Control.Responses;

namespace Andmu.Pipeline.Control.Reports;

/// <summary>
/// Persons counted in a time: <c>msg</c> of a DevEventCmd of type 4 (specification 5.2.6).
/// <code>
///  31            16 15             0
/// | bottom to top  | top to bottom  |   count
/// </code>
/// </summary>
/// <param name="Start">Begin of the time, sent in seconds.</param>
/// <param name="Stop">End of the time, sent in seconds.</param>
/// <param name="BottomToTop">
/// Persons who went from bottom to top, as far as <see cref="MaxBottomToTop"/>: one more would make the number negative where it is read as
/// an int, as the specification calls it.
/// </param>
/// <param name="TopToBottom">Persons who went from top to bottom, as far as <see cref="MaxTopToBottom"/>.</param>
public sealed record PersonCount(DateTimeOffset Start, DateTimeOffset Stop, int BottomToTop, int TopToBottom)
{
    /// <summary>What more persons from bottom to top are sent as.</summary>
    public const int MaxBottomToTop = 0x7FFF;

    /// <summary>What more persons from top to bottom are sent as.</summary>
    public const int MaxTopToBottom = 0xFFFF;

    /// <summary>The message.</summary>
    /// <returns>JSON.</returns>
    public string ToJson() => JsonMessage.Write(writer =>
    {
        writer.WriteNumber("start", Start.ToUnixTimeSeconds());
        writer.WriteNumber("stop", Stop.ToUnixTimeSeconds());
        writer.WriteNumber("count", (Math.Clamp(BottomToTop, 0, MaxBottomToTop) << 16) | Math.Clamp(TopToBottom, 0, MaxTopToBottom));
    });
}
