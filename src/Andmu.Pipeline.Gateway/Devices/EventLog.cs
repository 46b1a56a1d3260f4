using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using Andmu.Pipeline.Gateway.Hosting;

namespace Andmu.Pipeline.Gateway.Devices;

/// <summary>Every event as a line of <c>events.jsonl</c>, and the latest ones in memory. Safe for any thread.</summary>
internal sealed class EventLog(string path, NoticeBoard notices)
{
    // Some 2 MiB: more than a day of a busy camera.
    private const int MaxInMemory = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<GatewayEvent> _latest = new();
    private readonly List<ChannelWriter<GatewayEvent>> _followers = [];
    private bool _failed;

    public IReadOnlyList<GatewayEvent> Snapshot()
    {
        lock (_gate)
        {
            return [.. _latest];
        }
    }

    public void Add(GatewayEvent entry)
    {
        lock (_gate)
        {
            if (_latest.Count == MaxInMemory)
            {
                _latest.Dequeue();
            }

            _latest.Enqueue(entry);
            _followers.RemoveAll(follower => !follower.TryWrite(entry));
            Append(entry);
        }
    }

    /// <summary>What there is, and whatever comes: the writer gets the events of later, in order, until it takes no more.</summary>
    public IReadOnlyList<GatewayEvent> Follow(ChannelWriter<GatewayEvent> follower)
    {
        lock (_gate)
        {
            _followers.Add(follower);
            return [.. _latest];
        }
    }

    public void Unfollow(ChannelWriter<GatewayEvent> follower)
    {
        lock (_gate)
        {
            _followers.Remove(follower);
        }
    }

    private void Append(GatewayEvent entry)
    {
        try
        {
            File.AppendAllText(path, JsonSerializer.Serialize(entry, EventJson.Default.GatewayEvent) + "\n");
            _failed = false;
        }
        catch (Exception e) when (DataDirectory.IsFileFault(e))
        {
            if (!_failed)
            {
                notices.Post(GatewayNoticeKind.RecordingProblem, entry.DeviceId, $"events are not written to {path}: {e.Message}");
            }

            _failed = true;
        }
    }
}

/// <summary>Source-generated JSON of <c>events.jsonl</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GatewayEvent))]
internal sealed partial class EventJson : JsonSerializerContext;
