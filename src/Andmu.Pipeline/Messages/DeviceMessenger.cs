using System.Buffers;
using Andmu.Hedgw;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Session;
using Google.Protobuf;

namespace Andmu.Pipeline.Messages;

/// <summary>Puts what a device has to say beside its media and its events into the outbox. Thread-safe.</summary>
internal sealed class DeviceMessenger(UplinkOptions options, MediaBuffer buffer, ControlOutbox outbox)
{
    private int _thumbnails;

    /// <returns>False when too much waits already.</returns>
    /// <exception cref="ArgumentException">It is longer than any platform takes.</exception>
    public bool TrySend(DeviceMessage message)
    {
        var command = new DevIpCamCmd { Type = (uint)message.Type, SrcDeviceId = options.Credentials.UnifiedId };
        if (message.Destination is { } destination)
        {
            command.DstDeviceId = destination;
        }

        if (message.Message is { } text)
        {
            command.Msg = text;
        }

        if (!message.Data.IsEmpty)
        {
            command.DataSize = (uint)message.Data.Length;
            command.Data = UnsafeByteOperations.UnsafeWrap(message.Data); // serialised before this returns
        }

        var envelope = new HEDGWMessage { MessageType = HEDGWMessage.Types.MessageType.DevIpCamCmd, DevIpcamCmd = command };
        int size = envelope.CalculateSize();
        return size <= options.Limits.MaxControlPacketBytes
            ? outbox.TryPost(envelope, message.IsKept)
            : throw new ArgumentException($"A message of {size} bytes; at most {options.Limits.MaxControlPacketBytes} are taken.", nameof(message));
    }

    /// <summary>A media package of type 5 (specification 5.2.7): never a key frame, with a count of its own.</summary>
    /// <returns>False when too much waits already.</returns>
    public bool TrySendThumbnail(ReadOnlySpan<byte> jpeg)
    {
        ulong captured = (ulong)Math.Max(0, (buffer.TimeProvider.GetUtcNow() + buffer.ClockOffset).ToUnixTimeMilliseconds());
        var header = new MediaPackageHeader(
            PackageType.Thumbnail, IsKeyFrame: false, unchecked((uint)buffer.ElapsedMs), unchecked((uint)Interlocked.Increment(ref _thumbnails) - 1),
            captured, ControlFlag: null);
        var packet = new ArrayBufferWriter<byte>(MediaPackageWriter.GetPacketLength(header, jpeg.Length));
        MediaPackageWriter.Write(packet, header, jpeg);
        return outbox.TryPost(packet.WrittenSpan.ToArray(), keepUntilConfirmed: false);
    }
}
