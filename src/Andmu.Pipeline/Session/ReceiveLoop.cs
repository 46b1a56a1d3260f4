using System.Buffers;
using System.IO.Pipelines;
using Andmu.Hedgw;
using Andmu.Pipeline.Protocol;

namespace Andmu.Pipeline.Session;

/// <summary>Reads packets and hands each to where it belongs. Holds no rule.</summary>
internal sealed class ReceiveLoop(PipeReader input, PacketLimits limits, IPacketHandler handler)
{
    /// <summary>Runs until the peer closes in order.</summary>
    /// <exception cref="ProtocolException">The peer sent what the specification does not allow.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task RunAsync()
    {
        while (true)
        {
            ReadResult read = await input.ReadAsync();
            ReadOnlySequence<byte> buffer = read.Buffer;
            try
            {
                while (PacketReader.TryReadPacket(ref buffer, limits, out ReadOnlySequence<byte> packet))
                {
                    handler.OnPacket();
                    Dispatch(MessageReader.Read(packet));
                }
            }
            finally
            {
                // Consumed up to the first packet that is not whole; all of it has been looked at.
                input.AdvanceTo(buffer.Start, buffer.End);
            }

            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    private void Dispatch(in InboundMessage message)
    {
        switch (message.Type)
        {
            case MessageType.Ping:
                handler.OnPing(HeartbeatPacket.ReadId(message));
                break;
            case MessageType.Pong:
                handler.OnPong(HeartbeatPacket.ReadId(message));
                break;
            case MessageType.DevServerCmd:
                handler.OnServerCommand(ControlMessageReader.Read(DevServerCmd.Parser, message));
                break;
            case MessageType.DevAppCmd:
                handler.OnAppCommand(ControlMessageReader.Read(DevAppCmd.Parser, message));
                break;
            case MessageType.MediaPackage:
                handler.OnTalkBack(MediaPackageReader.Read(message));
                break;
            default:
                // A second DevLoginResp, a message that only a device sends, or one of a newer platform.
                handler.OnUnexpected(message.Type);
                break;
        }
    }
}
