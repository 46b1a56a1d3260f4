using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Audit;
using static Andmu.Hedgw.HEDGWMessage.Types;

namespace Andmu.Pipeline.Gateway.Hedgw;

/// <summary>What each packet after the login means.</summary>
internal sealed class SessionPackets(Platform platform, DeviceSession session)
{
    private static readonly string[] EventNames = ["unknown event", "motion", "sound", "face", "person count", "human shape"];

    public ValueTask HandleAsync(HEDGWMessage message, int bytes, CancellationToken cancellationToken)
    {
        if (message.MessageType != MessageType.TdmediaPackage && bytes > platform.Options.MaxControlPacketBytes)
        {
            throw new HedgwException(
                DisconnectReason.PacketTooLong,
                $"a {message.MessageType} of {bytes} bytes, at most {platform.Options.MaxControlPacketBytes} are taken");
        }

        switch (message.MessageType)
        {
            case MessageType.TdmediaPackage when message.TdMediaPackage is { } package:
                HandleMedia(package);
                break;
            case MessageType.Ping when message.Ping is { } ping:
                return platform.Faults.IgnorePings
                    ? ValueTask.CompletedTask
                    : new ValueTask(session.SendAsync(Messages.Pong(ping.Id), cancellationToken));
            case MessageType.Pong when message.Pong is not null:
                break;
            case MessageType.DevEventCmd when message.DevEventCmd is { } command:
                HandleEvent(command);
                break;
            case MessageType.DevIpCamCmd when message.DevIpcamCmd is { } command:
                platform.Notices.Post(
                    GatewayNoticeKind.DeviceMessage, session.DeviceId, command.HasMsg ? command.Msg : $"type {command.Type}, {command.Data.Length} bytes");
                break;
            default:
                throw new HedgwException(
                    DisconnectReason.UnexpectedMessage, $"{message.MessageType} does not belong here, or its body is missing");
        }

        return ValueTask.CompletedTask;
    }

    private void HandleMedia(TDMediaPackage package)
    {
        switch (package.PackageType)
        {
            case PackageType.Audio or PackageType.Video or PackageType.ParameterSets:
                break;
            case PackageType.Thumbnail:
                ThumbnailFile.Save(platform, session.DeviceId, package.Data.Memory);
                break;
            default:
                throw new HedgwException(DisconnectReason.UnknownPackageType, $"package_type {package.PackageType}");
        }
    }

    private void HandleEvent(DevEventCmd command)
    {
        DateTimeOffset now = platform.Options.TimeProvider.GetUtcNow();
        string name = command.Type < EventNames.Length ? EventNames[command.Type] : $"event type {command.Type}";
        platform.Events.Add(new GatewayEvent(
            session.DeviceId, (int)command.Type, (int)command.Status, UnixTime.FromMilliseconds(command.IpcamTime, now), now,
            command.HasMsg ? command.Msg : null));
        platform.Notices.Post(
            command.Status == 1 ? GatewayNoticeKind.EventStarted : GatewayNoticeKind.EventEnded,
            session.DeviceId,
            command.HasMsg ? $"{name} {command.Msg}" : name);
    }
}
