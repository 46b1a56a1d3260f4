using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Google.Protobuf;

namespace Andmu.Pipeline.Cli.Tests.Support;

/// <summary>A device that is logged in and answers a command when told how; its packets are written field by field.</summary>
internal sealed partial class AnsweringDevice : IDisposable
{
    public const string Id = "035569316192444"; // the decimal MAC address, for it has not registered

    private readonly TcpClient _tcp = new();
    private SslStream? _tls;

    public static async Task<AnsweringDevice> LogInAsync(RunningGateway gateway, string mac = "2059a074e0bc")
    {
        var device = new AnsweringDevice();
        IPEndPoint endpoint = IPEndPoint.Parse(gateway.Hedgw);
        await device._tcp.ConnectAsync(endpoint);
        device._tls = new SslStream(device._tcp.GetStream());
        using X509Certificate2 authority = X509CertificateLoader.LoadCertificateFromFile(gateway.Ca);
        await device._tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "127.0.0.1",
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { authority },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        });
        await device.SendAsync(1, 2, login =>
        {
            Text(login, 1, "Zhejian");
            Text(login, 2, "XgijVJq7eIp94Ax3cKvq");
            Text(login, 3, "user");
            Text(login, 4, "token");
            Text(login, 5, "unified");
            Text(login, 6, mac);
            Number(login, 9, 0);
            Number(login, 11, 1280);
            Number(login, 12, 720);
            Number(login, 13, 2);
            Number(login, 14, 8);
            Number(login, 15, 1);
        });
        await device.ReceiveAsync();
        await gateway.LoggedInAsync();
        return device;
    }

    /// <summary>Takes a command and answers it; SESSION becomes its msgSession.</summary>
    public async Task AnswerAsync(string answer)
    {
        string session = Session().Match(await ReceiveAsync()).Groups[1].Value;
        await SendAsync(7, 8, command =>
        {
            Number(command, 1, 2);
            Text(command, 2, Id);
            Text(command, 3, "app");
            Text(command, 4, answer.Replace("SESSION", session, StringComparison.Ordinal));
        });
    }

    /// <summary>A motion event starts.</summary>
    public Task RaiseMotionAsync() => SendAsync(4, 5, command =>
    {
        Number(command, 1, 1);
        Number(command, 2, 1);
        Number(command, 3, 1767323045000);
    });

    /// <summary>The next packet, as text in which its JSON stands.</summary>
    public async Task<string> ReceiveAsync()
    {
        byte[] prefix = new byte[4];
        await _tls!.ReadExactlyAsync(prefix);
        byte[] body = new byte[BinaryPrimitives.ReadInt32BigEndian(prefix)];
        await _tls.ReadExactlyAsync(body);
        return Encoding.UTF8.GetString(body);
    }

    public void Dispose()
    {
        _tls?.Dispose();
        _tcp.Dispose();
    }

    private async Task SendAsync(ulong type, int field, Action<CodedOutputStream> write)
    {
        byte[] body = Message(write);
        byte[] message = Message(output =>
        {
            Number(output, 1, type);
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(body));
        });
        byte[] packet = new byte[4 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(packet, message.Length);
        message.CopyTo(packet, 4);
        await _tls!.WriteAsync(packet);
        await _tls.FlushAsync();
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var memory = new MemoryStream();
        using (var output = new CodedOutputStream(memory, leaveOpen: true))
        {
            write(output);
        }

        return memory.ToArray();
    }

    private static void Number(CodedOutputStream output, int field, ulong value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteUInt64(value);
    }

    private static void Text(CodedOutputStream output, int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    }

    [GeneratedRegex("\"msgSession\":([0-9]+)")]
    private static partial Regex Session();
}
