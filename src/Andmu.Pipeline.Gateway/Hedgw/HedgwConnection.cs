using Andmu.Hedgw;
using Microsoft.AspNetCore.Connections;
using static Andmu.Hedgw.HEDGWMessage.Types;

namespace Andmu.Pipeline.Gateway.Hedgw;

/// <summary>
/// One connection of a device from its handshake to its end: login, then packets until somebody ends it. Whatever the device
/// does, the outcome is one notice with one reason.
/// </summary>
internal sealed class HedgwConnection : IDisposable
{
    // After a refusal the device closes; if it does not, this bounds how long its bytes are read and thrown away, so that the
    // answer reaches it before a reset does.
    private static readonly TimeSpan RefusalLinger = TimeSpan.FromSeconds(2);

    private readonly Platform _platform;
    private readonly ConnectionContext _connection;
    private readonly ConnectionEnd _end;
    private readonly PacketReader _reader;
    private readonly PacketWriter _writer;
    private readonly CancellationTokenSource _loginDeadline;
    private string _deviceId = "";

    public HedgwConnection(Platform platform, ConnectionContext connection)
    {
        _platform = platform;
        _connection = connection;
        _end = new ConnectionEnd(connection);
        _reader = new PacketReader(connection.Transport.Input);
        _writer = new PacketWriter(connection.Transport.Output);
        _loginDeadline = new CancellationTokenSource(platform.Options.LoginTimeout, platform.Options.TimeProvider);
    }

    public async Task RunAsync()
    {
        using IDisposable registration = _platform.Sessions.Track(_end);
        try
        {
            if (await LogInAsync() is { } session)
            {
                await ServeAsync(session);
            }
        }
        catch (HedgwException e)
        {
            _end.Note(e.Reason, e.Message);
        }
        catch (OperationCanceledException)
        {
            _end.Note(DisconnectReason.ConnectionLost, "the device is gone");
        }
        catch (Exception e) when (e is IOException or ConnectionResetException or ConnectionAbortedException or ObjectDisposedException)
        {
            _end.Note(DisconnectReason.ConnectionLost, e.Message);
        }
        catch (Exception e)
        {
            // The server logs it and goes on; this connection ends like any other.
            _end.Note(DisconnectReason.InternalFault, e.GetType().Name);
            throw;
        }
        finally
        {
            (DisconnectReason reason, string detail) = _end.Given ?? (DisconnectReason.ClosedByDevice, "between two packets");
            _platform.Notices.Post(GatewayNoticeKind.Disconnected, _deviceId, $"{reason}: {detail}");
            await LingerAsync(reason);
            _end.Complete();
        }
    }

    public void Dispose()
    {
        _loginDeadline.Dispose();
        _end.Dispose();
    }

    private async Task<DeviceSession?> LogInAsync()
    {
        if (await ReadLoginAsync() is not { } login)
        {
            return null;
        }

        LoginVerifier.Verdict verdict = _platform.Logins.Check(login);
        _deviceId = verdict.DeviceId;
        if (_platform.Faults.IgnoreLogins)
        {
            await DiscardAsync(_end.Requested);
            return null;
        }

        if (verdict.Result != LoginVerifier.Accepted)
        {
            _platform.Notices.Post(GatewayNoticeKind.LoginRefused, _deviceId, $"{verdict.Result}: {verdict.Problem}");
            _end.Note(DisconnectReason.LoginRefused, $"{verdict.Result}: {verdict.Problem}");
            await _writer.SendAsync(Messages.LoginRefused(verdict.Result), _end.Requested);
            return null;
        }

        DeviceLogin facts = LoginVerifier.Facts(login);
        var session = new DeviceSession(_platform, _deviceId, facts, _connection.RemoteEndPoint, _writer, _end);
        await _writer.SendAsync(
            Messages.LoginAccepted(_platform.Options.TimeProvider.GetUtcNow(), session.Plan, _platform.Options), _end.Requested);
        return session;
    }

    private async Task<DevLoginReq?> ReadLoginAsync()
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_loginDeadline.Token, _end.Requested);
        try
        {
            // Nobody is known yet, so nobody gets more memory than a login needs.
            if (await _reader.ReadAsync(_platform.Options.MaxControlPacketBytes, either.Token) is not var (message, _))
            {
                return null;
            }

            return message.MessageType == MessageType.DevLoginReq && message.DevLoginReq is { } login
                ? login
                : throw new HedgwException(DisconnectReason.LoginExpected, $"the first packet was {message.MessageType}, not DevLoginReq");
        }
        catch (OperationCanceledException) when (_loginDeadline.IsCancellationRequested)
        {
            throw new HedgwException(DisconnectReason.LoginTimeout, $"no login within {_platform.Options.LoginTimeout.TotalSeconds:0.#} s");
        }
    }

    private async Task ServeAsync(DeviceSession session)
    {
        var packets = new SessionPackets(_platform, session);
        using var heartbeat = new HeartbeatWatch(_platform.Options, session);
        using var released = CancellationTokenSource.CreateLinkedTokenSource(_end.Requested, _end.ClosedByPeer);
        _reader.Gate = session.Reads;
        _reader.Released = released.Token;
        session.Known.Thumbnails.Reconnected();
        _platform.Sessions.Add(session);
        session.ApplyThrottle();
        try
        {
            await using var script = new ScriptRun(_platform.Options, session);
            _platform.Notices.Post(GatewayNoticeKind.LoggedIn, _deviceId, $"plan {session.Plan}, {Describe(session.Login)}");
            script.Begin();
            while (true)
            {
                if (await _reader.ReadAsync(_platform.Options.MaxMediaPacketBytes, _end.Requested) is not var (message, bytes))
                {
                    return;
                }

                heartbeat.PacketArrived();
                session.CountPacket(bytes, message);
                await packets.HandleAsync(message, bytes, _end.Requested);
            }
        }
        finally
        {
            _platform.Sessions.Remove(session);
            session.Asked.Pending.Close();
            session.Reads.Dispose();
        }
    }

    private async Task LingerAsync(DisconnectReason reason)
    {
        if (reason != DisconnectReason.LoginRefused)
        {
            return;
        }

        using var deadline = new CancellationTokenSource(RefusalLinger, _platform.Options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _end.Requested);
        try
        {
            await DiscardAsync(either.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ConnectionResetException or ConnectionAbortedException)
        {
            // Either way the connection ends now.
        }
    }

    private async Task DiscardAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            System.IO.Pipelines.ReadResult read = await _connection.Transport.Input.ReadAsync(cancellationToken);
            _connection.Transport.Input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted || read.IsCanceled)
            {
                return;
            }
        }
    }

    private static string Describe(DeviceLogin login) =>
        $"channel {login.ChannelId}, {(login.VideoType == 2 ? "H.265" : "H.264")} {login.VideoWidth}x{login.VideoHeight}, "
        + $"{(login.AudioType == 2 ? "G.711 A-law" : "G.726")} {login.AudioKilohertz} kHz";
}
