using System.Text;
using Andmu.Pipeline.Control.Responses;

namespace Andmu.Pipeline.Control.Commands;

/// <summary>Has the device join another wireless network (specification 5.2.9.15, request 1793/17).</summary>
/// <param name="Ssid">Name of the network, 1 to 32 bytes of UTF-8.</param>
/// <param name="Bssid">
/// The access point as the app prints it; the specification's own examples lack a digit, so it is any text, or empty.
/// </param>
/// <param name="Encryption">For instance <c>WPA/WPA2</c>; any text, or empty.</param>
/// <param name="Key">The key, a secret; empty on an open network. <see cref="ToString"/> leaves it out.</param>
public sealed record SetWifi(string Ssid, string Bssid, string Encryption, string Key) : ControlCommand, IQuery<Done>
{
    internal override CommandCode Number => new(1793, 17);

    /// <summary>What <c>ToString</c> shows: everything but the key.</summary>
    protected override bool PrintMembers(StringBuilder builder)
    {
        base.PrintMembers(builder);
        builder.Append($", Ssid = {Ssid}, Bssid = {Bssid}, Encryption = {Encryption}, Key = ***");
        return true;
    }
}
