using System.Globalization;
using Andmu.Hedgw;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Transport;
using MessageType = Andmu.Hedgw.HEDGWMessage.Types.MessageType;

namespace Andmu.Pipeline.Device.Tests.Doubles;

/// <summary>All gateways of the platform, behind a connector that needs no network.</summary>
internal sealed class FakeGateway : IUplinkConnector
{
    private readonly Lock _lock = new();
    private readonly List<HedgwEndpoint> _dialled = [];
    private readonly List<DevLoginReq> _logins = [];
    private readonly List<DevEventCmd> _events = [];
    private readonly List<TDMediaPackage> _media = [];
    private readonly List<DevIpCamCmd> _messages = [];
    private readonly Queue<DevLoginResp> _answers = new();
    private readonly Signal _changed = new();
    private readonly List<MemoryConnection> _connections = [];
    private MemoryConnection? _live; // that of the live stream: a backlog has one of its own

    /// <summary>Hosts that do not answer.</summary>
    public HashSet<string> Down { get; } = [];

    public IReadOnlyList<HedgwEndpoint> Dialled => Snapshot(_dialled);

    public IReadOnlyList<DevLoginReq> Logins => Snapshot(_logins);

    public IReadOnlyList<DevEventCmd> Events => Snapshot(_events);

    public IReadOnlyList<TDMediaPackage> Media => Snapshot(_media);

    /// <summary>What the device has said beside media and events.</summary>
    public IReadOnlyList<DevIpCamCmd> Messages => Snapshot(_messages);

    public static DevLoginResp Accepted => new() { Result = 0, DeviceStatus = 1, PingPongSpan = 600 };

    public static DevLoginResp AcceptedOn(DevicePlan plan) => new() { Result = 0, DeviceStatus = (uint)plan, PingPongSpan = 600 };

    public static DevLoginResp Refused(uint result) => new() { Result = result };

    public static DevLoginResp AcceptedAt(DateTimeOffset serverTime)
    {
        DevLoginResp answer = Accepted;
        answer.ServerTime = serverTime.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return answer;
    }

    /// <summary>How the coming logins are answered; those after them are accepted.</summary>
    public void Script(params DevLoginResp[] answers)
    {
        lock (_lock)
        {
            foreach (DevLoginResp answer in answers)
            {
                _answers.Enqueue(answer);
            }
        }
    }

    public Task WhenAsync(Func<FakeGateway, bool> condition) => _changed.WhenAsync(() => condition(this));

    /// <summary>Breaks the connection that there is.</summary>
    public void Break() => _connections[^1].End(new IOException("Connection reset by peer."));

    public void ChangePlan(uint plan) => _connections[^1].Send(new HEDGWMessage
    {
        MessageType = MessageType.DevServerCmd,
        DevServerCmd = new DevServerCmd { Type = 7, DeviceStatus = plan },
    });

    /// <summary>A command of an app, as JSON.</summary>
    public void Command(string json, string app = "app-1") => _live!.Send(new HEDGWMessage
    {
        MessageType = MessageType.DevAppCmd,
        DevAppCmd = new DevAppCmd { Type = 33, SrcDeviceId = app, Msg = json },
    });

    /// <summary>Any message.</summary>
    public void Say(HEDGWMessage message) => _live!.Send(message);

    public ValueTask<IUplinkConnection> ConnectAsync(HedgwEndpoint endpoint, CancellationToken cancellationToken)
    {
        Keep(_dialled, endpoint);
        if (Down.Contains(endpoint.Host))
        {
            throw new UplinkException(UplinkFaultKind.ConnectFailed, $"No connection to {endpoint}: connection refused.");
        }

        var connection = new MemoryConnection(Handle);
        Keep(_connections, connection);
        return new ValueTask<IUplinkConnection>(connection);
    }

    private void Handle(MemoryConnection connection, HEDGWMessage message)
    {
        switch (message.MessageType)
        {
            case MessageType.DevLoginReq:
                _live = message.DevLoginReq.ChannelId == 0 ? connection : _live;
                connection.Send(new HEDGWMessage { MessageType = MessageType.DevLoginResp, DevLoginResp = NextAnswer() });
                Keep(_logins, message.DevLoginReq);
                break;
            case MessageType.DevEventCmd:
                Keep(_events, message.DevEventCmd);
                break;
            case MessageType.DevIpCamCmd:
                Keep(_messages, message.DevIpcamCmd);
                break;
            case MessageType.TdmediaPackage:
                Keep(_media, message.TdMediaPackage);
                break;
            case MessageType.Ping:
                connection.Send(new HEDGWMessage { MessageType = MessageType.Pong, Pong = new Pong { Id = message.Ping.Id } });
                break;
        }
    }

    private DevLoginResp NextAnswer()
    {
        lock (_lock)
        {
            return _answers.TryDequeue(out DevLoginResp? answer) ? answer : Accepted;
        }
    }

    private void Keep<T>(List<T> list, T item)
    {
        lock (_lock)
        {
            list.Add(item);
        }

        _changed.Set();
    }

    private T[] Snapshot<T>(List<T> list)
    {
        lock (_lock)
        {
            return [.. list];
        }
    }
}
