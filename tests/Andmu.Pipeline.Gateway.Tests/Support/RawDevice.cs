using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Andmu.Hedgw;
using Google.Protobuf;
using static Andmu.Hedgw.HEDGWMessage.Types;

namespace Andmu.Pipeline.Gateway.Tests.Support;

/// <summary>A device down to the bytes: SslStream, Google.Protobuf and nothing of the gateway's own code.</summary>
internal sealed class RawDevice : IDisposable
{
    public const string Mac = "2059a074e0bc";

    private readonly TcpClient _tcp;
    private readonly SslStream _tls;

    private RawDevice(TcpClient tcp, SslStream tls)
    {
        _tcp = tcp;
        _tls = tls;
    }

    public static DevLoginReq Login(string token = TestGateway.AcceptedToken, string mac = Mac) => new()
    {
        AccessKey = TestGateway.AccessKey,
        AccessSecret = TestGateway.AccessSecret,
        UserName = "13888888888",
        DeviceToken = token,
        UnifiedId = "U",
        DeviceMac = mac,
        ChannelId = 0,
        VideoType = 1,
        VideoWidth = 320,
        VideoHeight = 180,
        AudioType = 2,
        AudioKhz = 8,
        AudioChannel = 1,
    };

    public static async Task<RawDevice> ConnectAsync(
        TestGateway gateway, SslProtocols protocols = SslProtocols.Tls12, CipherSuitesPolicy? suites = null)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(gateway.Server.HedgwEndpoint.Host, gateway.Server.HedgwEndpoint.Port);
        var tls = new SslStream(tcp.GetStream());
        var device = new RawDevice(tcp, tls);
        try
        {
            using X509Certificate2 authority = gateway.LoadAuthority();
            await tls.AuthenticateAsClientAsync(Options(authority, protocols, suites));
            return device;
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    public static async Task<RawDevice> LogInAsync(TestGateway gateway, DevLoginReq? login = null)
    {
        RawDevice device = await ConnectAsync(gateway);
        await device.SendAsync(LoginPacket(login ?? Login()));
        HEDGWMessage answer = await device.ReceiveAsync() ?? throw new IOException("closed at login");
        Assert.Equal(0u, answer.DevLoginResp.Result);
        await gateway.NextAsync(GatewayNoticeKind.LoggedIn);
        return device;
    }

    public static HEDGWMessage LoginPacket(DevLoginReq login) => new() { MessageType = MessageType.DevLoginReq, DevLoginReq = login };

    public static HEDGWMessage Media(uint type, byte[] data, uint sequence, uint startTime, bool key = false, uint? flag = null, ulong? time = null)
    {
        var package = new TDMediaPackage
        {
            PackageType = type,
            Sync = key ? 1u : 0u,
            Data = ByteString.CopyFrom(data),
            DataSize = (uint)data.Length,
            StartTime = startTime,
            SeqNum = sequence,
        };
        if (flag is { } value)
        {
            package.ControlFlag = value;
        }

        if (time is { } utc)
        {
            package.IpcamTime = utc;
        }

        return new HEDGWMessage { MessageType = MessageType.TdmediaPackage, TdMediaPackage = package };
    }

    public static byte[] Frame(HEDGWMessage message)
    {
        byte[] body = message.ToByteArray();
        byte[] packet = new byte[4 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(packet, body.Length);
        body.CopyTo(packet, 4);
        return packet;
    }

    public Task SendAsync(HEDGWMessage message) => SendAsync(Frame(message));

    public async Task SendAsync(byte[] bytes)
    {
        await _tls.WriteAsync(bytes);
        await _tls.FlushAsync();
    }

    /// <summary>Sends packages and waits until the gateway has read them.</summary>
    public async Task SendMediaAsync(IEnumerable<TDMediaPackage> packages)
    {
        foreach (TDMediaPackage package in packages)
        {
            await SendAsync(new HEDGWMessage { MessageType = MessageType.TdmediaPackage, TdMediaPackage = package });
        }

        await SyncAsync();
    }

    /// <summary>The next message, or null once the gateway has closed the connection.</summary>
    public async Task<HEDGWMessage?> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(TestGateway.Patience);
        byte[] prefix = new byte[4];
        if (await _tls.ReadAtLeastAsync(prefix, 4, throwOnEndOfStream: false, patience.Token) < 4)
        {
            return null;
        }

        byte[] body = new byte[BinaryPrimitives.ReadInt32BigEndian(prefix)];
        await _tls.ReadExactlyAsync(body, patience.Token);
        return HEDGWMessage.Parser.ParseFrom(body);
    }

    /// <summary>A ping that is answered proves that everything sent before it was read.</summary>
    public async Task SyncAsync(uint id = 77)
    {
        await SendAsync(new HEDGWMessage { MessageType = MessageType.Ping, Ping = new Ping { Id = id } });
        HEDGWMessage? answer = await ReceiveAsync();
        Assert.Equal(id, answer!.Pong.Id);
    }

    /// <summary>
    /// Waits until the gateway, whose reads from here were just stalled, holds one back. A read that was in progress still passes, or none
    /// was: a Pong that nobody asked for ends it, and is all that can be left in the socket.
    /// </summary>
    /// <param name="session">This device's.</param>
    /// <param name="heldBefore"><see cref="DeviceSession.Reads"/>' count of holds before the stall.</param>
    public async Task UntilHeldAsync(DeviceSession session, long heldBefore)
    {
        await SendAsync(new HEDGWMessage { MessageType = MessageType.Pong, Pong = new Pong() });
        while (session.Reads.Holds.Count == heldBefore)
        {
            await Task.Yield();
        }
    }

    public Socket Socket => _tcp.Client;

    public void HalfClose() => _tcp.Client.Shutdown(SocketShutdown.Send);

    public void Dispose()
    {
        _tls.Dispose();
        _tcp.Dispose();
    }

    private static SslClientAuthenticationOptions Options(X509Certificate2 authority, SslProtocols protocols, CipherSuitesPolicy? suites) => new()
    {
        TargetHost = "127.0.0.1",
        EnabledSslProtocols = protocols,
        CipherSuitesPolicy = suites,
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { X509CertificateLoader.LoadCertificate(authority.RawData) },
            RevocationMode = X509RevocationMode.NoCheck,
        },
    };
}
