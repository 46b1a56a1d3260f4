using System.Globalization;
using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Audit;
using Andmu.Pipeline.Gateway.Recording;
using static Andmu.Hedgw.HEDGWMessage.Types;

namespace Andmu.Pipeline.Gateway.Hedgw;

/// <summary>What each packet after the login means.</summary>
internal sealed class SessionPackets
{
    // DevEventCmd.type, specification 5.2.6.
    private const uint PersonCount = 4;

    private static readonly string[] EventNames = ["unknown event", "motion", "sound", "face", "person count", "human shape"];

    private readonly Platform _platform;
    private readonly DeviceSession _session;
    private readonly DeviceRecorder? _recorder;
    private long _holdsAtThumbnail;

    public SessionPackets(Platform platform, DeviceSession session)
    {
        _platform = platform;
        _session = session;
        _recorder = platform.Recorders.For(session.DeviceId, session.Login.ChannelId);
        _recorder?.Resume();
    }

    public ValueTask HandleAsync(HEDGWMessage message, int bytes, CancellationToken cancellationToken)
    {
        if (message.MessageType != MessageType.TdmediaPackage && bytes > _platform.Options.MaxControlPacketBytes)
        {
            throw new HedgwException(
                DisconnectReason.PacketTooLong,
                $"a {message.MessageType} of {bytes} bytes, at most {_platform.Options.MaxControlPacketBytes} are taken");
        }

        switch (message.MessageType)
        {
            case MessageType.TdmediaPackage when message.TdMediaPackage is { } package:
                HandleMedia(package);
                break;
            case MessageType.Ping when message.Ping is { } ping:
                return _platform.Faults.IgnorePings
                    ? ValueTask.CompletedTask
                    : new ValueTask(_session.SendAsync(Messages.Pong(ping.Id), cancellationToken));
            case MessageType.Pong when message.Pong is not null:
                break;
            case MessageType.DevEventCmd when message.DevEventCmd is { } command:
                HandleEvent(command);
                break;
            case MessageType.DevIpCamCmd when message.DevIpcamCmd is { } command:
                _session.Told.Handle(command);
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
                _recorder?.Add(package, _session.Plan, _session.Login);
                break;
            case PackageType.Thumbnail:
                HandleThumbnail(package);
                break;
            default:
                throw new HedgwException(DisconnectReason.UnknownPackageType, $"package_type {package.PackageType}");
        }
    }

    private void HandleThumbnail(TDMediaPackage package)
    {
        DateTimeOffset now = _platform.Options.TimeProvider.GetUtcNow();
        DateTimeOffset taken = package.HasIpcamTime ? UnixTime.FromMilliseconds(package.IpcamTime, now) : now;
        long holds = _session.Reads.Holds.Count;
        _session.Violate(_session.Known.Thumbnails.Check(package.Data.Span, taken, now, isHeld: holds != _holdsAtThumbnail));
        _holdsAtThumbnail = holds;
        PictureFile.Save(
            _platform,
            GatewayNoticeKind.Thumbnail,
            _session.DeviceId,
            _platform.Data.ThumbnailDirectory(_session.DeviceId),
            "latest.jpg",
            package.Data.Memory);
    }

    private void HandleEvent(DevEventCmd command)
    {
        DateTimeOffset now = _platform.Options.TimeProvider.GetUtcNow();
        string name = command.Type < EventNames.Length ? EventNames[command.Type] : $"event type {command.Type}";
        DateTimeOffset happened = UnixTime.FromMilliseconds(command.IpcamTime, now);
        if (command.Type == PersonCount)
        {
            _session.Violate(PersonCountCheck.Check(command.Status, command.HasMsg ? command.Msg : null));
        }

        _platform.Events.Add(new GatewayEvent(
            _session.DeviceId, (int)command.Type, (int)command.Status, happened, now, command.HasMsg ? command.Msg : null));
        _platform.Notices.Post(
            command.Status == 1 ? GatewayNoticeKind.EventStarted : GatewayNoticeKind.EventEnded,
            _session.DeviceId,
            string.Create(CultureInfo.InvariantCulture, $"{name} at {happened.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {command.Msg}").TrimEnd());
    }
}
