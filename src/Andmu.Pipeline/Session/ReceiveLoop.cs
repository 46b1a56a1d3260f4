using System.Buffers;
using System.IO.Pipelines;
using Andmu.Hedgw;
using Andmu.Pipeline.Protocol;

namespace Andmu.Pipeline.Session;

/// <summary>Reads packets and hands each to where it belongs. Holds no rule.</summary>
internal sealed class ReceiveLoop(PipeReader input, PacketLimits limits, LiveConnection live)
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
                    live.OnPacket();
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
                live.OnPing(HeartbeatPacket.ReadId(message));
                break;
            case MessageType.Pong:
                live.OnPong(HeartbeatPacket.ReadId(message));
                break;
            case MessageType.DevServerCmd:
                live.OnServerCommand(ControlMessageReader.Read(DevServerCmd.Parser, message));
                break;
            case MessageType.DevAppCmd:
                live.OnAppCommand(ControlMessageReader.Read(DevAppCmd.Parser, message));
                break;
            case MessageType.MediaPackage:
                live.OnTalkBack(MediaPackageReader.Read(message));
                break;
            default:
                // A second DevLoginResp, a message that only a device sends, or one of a newer platform.
                live.OnUnexpected(message.Type);
                break;
        }
    }
}
