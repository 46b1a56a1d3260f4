using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using Andmu.Hedgw;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Transport;

namespace Andmu.Pipeline.Session;

/// <summary>The first exchange of a connection: DevLoginReq out, DevLoginResp in (specification 5.2.1).</summary>
internal static class LoginHandshake
{
    public static async Task<LoginResult> RunAsync(
        IUplinkConnection connection, DevLoginReq request, PacketLimits limits, CancellationToken cancellationToken)
    {
        ControlPacketWriter.Write(connection.Output, new HEDGWMessage
        {
            MessageType = HEDGWMessage.Types.MessageType.DevLoginReq,
            DevLoginReq = request,
        });
        await connection.Output.FlushAsync(cancellationToken);
        LoginResult result = await ReadAnswerAsync(connection, limits, cancellationToken);
        return result with { Width = (int)request.VideoWidth, Height = (int)request.VideoHeight };
    }

    public static DevLoginReq Request(DeviceCredentials who, StreamDescription stream, VideoFormat? seen, uint channelId) => new()
    {
        AccessKey = who.AccessKey,
        AccessSecret = who.AccessSecret,
        UserName = who.UserName,
        DeviceToken = who.DeviceToken,
        UnifiedId = who.UnifiedId,
        DeviceMac = who.DeviceMac,
        ChannelId = channelId,
        VideoType = (uint)stream.VideoCodec,
        VideoWidth = (uint)(seen?.Width ?? stream.Width),
        VideoHeight = (uint)(seen?.Height ?? stream.Height),
        AudioType = (uint)stream.AudioCodec,
        AudioKhz = (uint)stream.AudioKilohertz,
        AudioChannel = (uint)stream.AudioChannels,
    };

    private static async Task<LoginResult> ReadAnswerAsync(IUplinkConnection connection, PacketLimits limits, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult read = await connection.Input.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> buffer = read.Buffer;
            LoginResult? result = null;
            try
            {
                if (PacketReader.TryReadPacket(ref buffer, limits, out ReadOnlySequence<byte> packet))
                {
                    result = Parse(packet);
                }
                else if (read.IsCompleted)
                {
                    throw new UplinkException(UplinkFaultKind.PeerClosed, "The platform closed the connection instead of answering the login.");
                }
            }
            finally
            {
                // What follows the answer stays for the receive loop; without an answer all of it has been looked at.
                connection.Input.AdvanceTo(buffer.Start, result is null ? buffer.End : buffer.Start);
            }

            if (result is { } answer)
            {
                return answer;
            }
        }
    }

    private static LoginResult Parse(in ReadOnlySequence<byte> packet)
    {
        InboundMessage message = MessageReader.Read(packet);
        if (message.Type != MessageType.DevLoginResp)
        {
            throw new UplinkException(UplinkFaultKind.ProtocolViolation, $"The platform sent {message.Type} before it answered the login.");
        }

        DevLoginResp answer = ControlMessageReader.Read(DevLoginResp.Parser, message);
        return new LoginResult(
            (int)answer.Result,
            answer.HasDeviceStatus ? (DevicePlan)answer.DeviceStatus : DevicePlan.Cloud,
            answer.HasPingPongSpan ? TimeSpan.FromSeconds(answer.PingPongSpan) : null,
            ServerTime(answer.ServerTime))
        {
            Terms = new LoginTerms(
                answer is { HasPersonCountSpan: true, PersonCountSpan: > 0 } ? TimeSpan.FromSeconds(answer.PersonCountSpan) : null,
                (SdUploadMode)answer.SdUploadMode,
                answer.HasServiceDays ? (int)Math.Min(answer.ServiceDays, int.MaxValue) : null),
        };
    }

    private static DateTimeOffset? ServerTime(string milliseconds)
    {
        const long LatestMs = 253_402_300_799_999; // the end of year 9999, the last that DateTimeOffset holds
        return long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out long ms) && ms <= LatestMs
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
            : null;
    }
}
