using Andmu.Hedgw;
using Andmu.Pipeline.Protocol;

namespace Andmu.Pipeline.Session;

/// <summary>What comes of the packets that a <see cref="ReceiveLoop"/> reads: the live connection's affair, or the backlog's.</summary>
internal interface IPacketHandler
{
    /// <summary>A whole packet has come: the peer lives.</summary>
    void OnPacket();

    void OnPing(uint id);

    void OnPong(uint id);

    void OnServerCommand(DevServerCmd command);

    void OnAppCommand(DevAppCmd command);

    /// <param name="package">A view that is valid during the call only.</param>
    void OnTalkBack(in MediaPackage package);

    /// <summary>A message that only a device sends, or one of a newer platform.</summary>
    void OnUnexpected(MessageType type);
}
