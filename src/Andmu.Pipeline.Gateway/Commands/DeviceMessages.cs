using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Hedgw;

namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>
/// What a device sends of itself or in answer, DevIpCamCmd (specification 5.2.11 and 5.2.12): read, checked, told, and kept. One thread
/// hands messages in; the lists may be read from any.
/// </summary>
internal sealed partial class DeviceMessages(Platform platform, DeviceSession session, PendingCommands pending)
{
    private const uint Progress = 1;
    private const uint Response = 2;
    private const uint ResolutionChanged = 3;
    private const uint Transparent = 4;

    // Two whole panoramas of 30 degrees a picture and more; an upgrade reports some dozens of times; a message a day.
    private const int MaxPictures = 64;
    private const int MaxReports = 100;
    private const int MaxStatistics = 16;

    private readonly PanoramaAudit _panorama = new();
    private readonly RecentList<PanoramaPicture> _pictures = new(MaxPictures);
    private readonly RecentList<FirmwareProgress> _progress = new(MaxReports);
    private readonly RecentList<DeviceStatistics> _statistics = new(MaxStatistics);

    public IReadOnlyList<PanoramaPicture> Pictures => _pictures.Snapshot();

    public IReadOnlyList<FirmwareProgress> FirmwareReports => _progress.Snapshot();

    public IReadOnlyList<DeviceStatistics> Statistics => _statistics.Snapshot();

    public void Handle(DevIpCamCmd message)
    {
        switch (message.Type)
        {
            case Progress:
                HandleProgress(message);
                break;
            case Response:
                HandleResponse(message);
                break;
            case ResolutionChanged:
                HandleResolution(message);
                break;
            case Transparent:
                HandlePicture(message);
                break;
            default:
                Tell(message);
                session.Violate([$"DevIpCamCmd: type {message.Type} is none of the specification's (specification 5.2.11)"]);
                break;
        }
    }

    private void HandleProgress(DevIpCamCmd message)
    {
        Tell(message);
        var reader = new FieldReader("firmware progress", "5.2.11.2");
        using JsonDocument? document = reader.Parse(message.Msg);
        if (document is not null && session.Known.Firmware.Read(reader, document.RootElement, Now) is { } progress)
        {
            _progress.Add(progress);
        }

        session.Violate(reader.Problems);
    }

    private void HandleResponse(DevIpCamCmd message)
    {
        Tell(message);
        var reader = new FieldReader("answer", "5.2.11");
        using JsonDocument? document = reader.Parse(message.Msg);
        if (document is null)
        {
            session.Violate(reader.Problems);
        }
        else if (document.RootElement.TryGetProperty("statistics", out _))
        {
            HandleStatistics(document.RootElement);
        }
        else
        {
            HandleAnswer(reader, message, document.RootElement);
        }
    }

    private void HandleStatistics(JsonElement root)
    {
        var reader = new FieldReader("statistics", "5.2.12");
        if (StatisticsCheck.Read(reader, root, Now) is { } statistics)
        {
            _statistics.Add(statistics);
        }

        session.Violate(reader.Problems);
    }

    private void HandleAnswer(FieldReader anonymous, DevIpCamCmd message, JsonElement root)
    {
        if (anonymous.Integer(root, "msgSession", long.MinValue, long.MaxValue) is not { } number)
        {
            session.Violate(anonymous.Problems);
            return;
        }

        if (pending.TakeBySession(number) is not { } asked)
        {
            platform.Notices.Post(GatewayNoticeKind.AnswerUnmatched, session.DeviceId, $"msgSession {number}");
            return;
        }

        CommandAnswer answer = Check(asked, message, root);
        session.Violate(answer.Problems);
        asked.Complete(answer);
    }

    private CommandAnswer Check(PendingCommand asked, DevIpCamCmd message, JsonElement root)
    {
        CommandDefinition command = asked.Command.Definition;
        var reader = new FieldReader(command.Name, "5.2.11");
        reader.Require(message.DstDeviceId == asked.SourceId, "dst_device_id is not who asked");
        reader.Envelope(root);
        bool? isDone = null;
        string? response = null;
        if (reader.Member(root, "msgContent", JsonValueKind.Object) is { } content)
        {
            isDone = ResponseCheck.Content(reader, command, content);
            response = content.TryGetProperty("responseParams", out JsonElement parameters) ? parameters.GetRawText() : null;
        }

        if (isDone == true && command.Name == AppCommands.Panorama && asked.Command.Value("value") is "start" or "1")
        {
            _panorama.Begin(asked.SourceId);
        }

        return new CommandAnswer
        {
            Command = command.Name,
            Outcome = reader.Problems.Count > 0 ? CommandOutcome.Invalid : isDone == true ? CommandOutcome.Succeeded : CommandOutcome.Failed,
            Response = response,
            Problems = reader.Problems,
        };
    }

    private void HandleResolution(DevIpCamCmd message)
    {
        platform.Notices.Post(GatewayNoticeKind.ResolutionChanged, session.DeviceId, message.Msg);
        var reader = new FieldReader("resolution", "5.2.11.3");
        bool isResolution = Resolution().IsMatch(message.Msg);
        reader.Require(isResolution, "msg is not of the form 1280x720");
        session.Violate(reader.Problems);
        pending.TakeResolution()?.Complete(new CommandAnswer
        {
            Command = AppCommands.Resolution,
            Outcome = isResolution ? CommandOutcome.Succeeded : CommandOutcome.Invalid,
            Response = isResolution ? $"\"{message.Msg}\"" : null,
            Problems = reader.Problems,
        });
    }

    private void HandlePicture(DevIpCamCmd message)
    {
        var reader = new FieldReader("panorama picture", "5.2.11.7");
        reader.Require(message.DataSize == message.Data.Length, $"data_size is {message.DataSize}, the data are {message.Data.Length} bytes");
        if (_panorama.Read(reader, message.DstDeviceId, message.Data.Memory) is var (sequence, count, jpeg)
            && Save(sequence, jpeg) is { } path)
        {
            _pictures.Add(new PanoramaPicture(Now, sequence, count, jpeg.Length, path));
        }

        session.Violate(reader.Problems);
    }

    private string? Save(int sequence, ReadOnlyMemory<byte> jpeg) => PictureFile.Save(
        platform,
        GatewayNoticeKind.PanoramaPicture,
        session.DeviceId,
        platform.Data.PanoramaDirectory(session.DeviceId),
        string.Create(CultureInfo.InvariantCulture, $"{sequence:D3}.jpg"),
        jpeg);

    private DateTimeOffset Now => platform.Options.TimeProvider.GetUtcNow();

    private void Tell(DevIpCamCmd message) => platform.Notices.Post(
        GatewayNoticeKind.DeviceMessage,
        session.DeviceId,
        message.HasMsg ? message.Msg : $"type {message.Type}, {message.Data.Length} bytes");

    [GeneratedRegex("^[1-9][0-9]{1,4}x[1-9][0-9]{1,4}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Resolution();
}
