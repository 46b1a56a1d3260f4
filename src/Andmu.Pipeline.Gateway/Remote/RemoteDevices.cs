using System.Text.Json;
using Andmu.Pipeline.Gateway.Commands;
using Andmu.Pipeline.Gateway.Devices;
using Microsoft.AspNetCore.Http;

namespace Andmu.Pipeline.Gateway.Remote;

/// <summary>The devices that are logged in, as the control port shows and commands them.</summary>
internal sealed class RemoteDevices(SessionTable sessions, TimeProvider time)
{
    private const int H265 = 2; // video_type, specification 5.2.1

    private const double DefaultSeconds = 10;
    private const double MinSeconds = 0.1;
    private const double MaxSeconds = 3600;

    public DevicesBody List() =>
        new([.. sessions.Snapshot().OrderBy(static session => (session.DeviceId, session.Login.ChannelId)).Select(Describe)]);

    /// <exception cref="RemoteRefusal">There is no such device or command, or it cannot be sent.</exception>
    public async Task<AnswerBody> SendAsync(string id, CommandBody body, CancellationToken cancellationToken)
    {
        if (Array.Find([.. sessions.Snapshot()], session => session.DeviceId == id && session.Login.ChannelId == 0) is not { } device)
        {
            throw new RemoteRefusal(StatusCodes.Status404NotFound, "No device of that id is logged in.");
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string? value) in body.Parameters ?? [])
        {
            values[name] = value ?? throw Bad("A parameter is null.");
        }

        if (!PlatformCommand.TryCreate(body.Name ?? "", values, out PlatformCommand? command, out string problem))
        {
            throw Bad(problem);
        }

        if (body.Timeout is < MinSeconds or > MaxSeconds or double.NaN)
        {
            throw Bad($"The timeout must be from {MinSeconds} to {MaxSeconds} seconds.");
        }

        return Describe(id, await AskAsync(device, command, TimeSpan.FromSeconds(body.Timeout ?? DefaultSeconds), cancellationToken));
    }

    private static async Task<CommandAnswer> AskAsync(
        DeviceSession device, PlatformCommand command, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await device.AskAsync(command, timeout, cancellationToken: cancellationToken);
        }
        catch (IOException e)
        {
            throw new RemoteRefusal(StatusCodes.Status502BadGateway, e.Message);
        }
        catch (InvalidOperationException e)
        {
            throw new RemoteRefusal(StatusCodes.Status503ServiceUnavailable, e.Message);
        }
    }

    private static RemoteRefusal Bad(string problem) => new(StatusCodes.Status400BadRequest, problem);

    private static AnswerBody Describe(string id, CommandAnswer answer)
    {
        using JsonDocument? response = answer.Response is { } json ? JsonDocument.Parse(json) : null;
        return new AnswerBody(
            id, answer.Command, answer.Outcome.ToString(), answer.Session, response?.RootElement.Clone(), answer.Problems, answer.Elapsed.TotalSeconds);
    }

    private DeviceBody Describe(DeviceSession session)
    {
        DeviceCounters counters = session.Counters;
        double seconds = (time.GetUtcNow() - session.ConnectedAt).TotalSeconds;
        return new DeviceBody
        {
            Id = session.DeviceId,
            Channel = session.Login.ChannelId,
            Address = session.RemoteEndPoint?.ToString(),
            ConnectedAt = session.ConnectedAt,
            LastPacketAt = session.LastPacketAt,
            Plan = session.Plan.ToString(),
            Codec = session.Login.VideoType == H265 ? "H.265" : "H.264",
            Width = session.Login.VideoWidth,
            Height = session.Login.VideoHeight,
            Pictures = counters.VideoPackages,
            MediaBytes = counters.MediaBytes,
            BitRate = seconds > 0 ? (long)(counters.MediaBytes * 8 / seconds) : 0,
            Viewers = session.Viewers,
            ViolationCount = session.Audit.Violations,
            Violations = session.Violations,
            Reported = session.Reported,
        };
    }
}
