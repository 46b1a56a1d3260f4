using Andmu.Pipeline.Buffering;

namespace Andmu.Pipeline.Session;

/// <summary>Counters of an uplink since it was made.</summary>
/// <param name="Captured">Written by the encoder into the buffer.</param>
/// <param name="Sent">Written to a connection for the first time.</param>
/// <param name="Resent">Written again after a reconnect, because it may not have arrived.</param>
/// <param name="Dropped">Lost between the encoder and the network, refused access units included.</param>
/// <param name="BytesSent">Given to the network, encryption and resent media included.</param>
/// <param name="PacketsReceived">Packets from the platform.</param>
/// <param name="Logins">Logins that were accepted; all but the first are reconnects.</param>
/// <param name="Fill">The buffer, and the backlog in it.</param>
public readonly record struct UplinkStatistics(
    MediaTotals Captured, MediaTotals Sent, MediaTotals Resent, MediaTotals Dropped, long BytesSent, long PacketsReceived, int Logins, BufferFill Fill);
