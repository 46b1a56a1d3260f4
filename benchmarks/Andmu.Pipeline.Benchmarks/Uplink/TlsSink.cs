using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Andmu.Pipeline.Protocol;

namespace Andmu.Pipeline.Benchmarks.Uplink;

/// <summary>
/// A platform on loopback that takes one connection, accepts the login, and counts packets. It reads in a thread of its own, without allocating, so that what the
/// process allocates is the uplink's.
/// </summary>
internal sealed class TlsSink : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Thread _thread;
    private readonly int _pauseEvery;
    private readonly byte[] _block = new byte[64 * 1024];
    private long _packets;
    private int _sincePause;
    private int _prefixBytes;
    private uint _prefix;
    private long _bodyBytes;

    /// <param name="pauseEvery">After so many bytes it sleeps for a millisecond or more, which makes a slow network of it.</param>
    public TlsSink(int pauseEvery)
    {
        _pauseEvery = pauseEvery;
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        _listener.Start();
        _thread = new Thread(Run) { IsBackground = true, Name = "sink" };
        _thread.Start();
    }

    /// <summary>Its own root.</summary>
    public X509Certificate2 Certificate { get; }

    public HedgwEndpoint Endpoint => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);

    /// <summary>Whole packets that have arrived, the login included.</summary>
    public long Packets => Volatile.Read(ref _packets);

    /// <summary>The peer has gone before.</summary>
    public void Dispose()
    {
        _listener.Dispose();
        _thread.Join();
        Certificate.Dispose();
    }

    private void Run()
    {
        try
        {
            using NetworkStream stream = new(_listener.AcceptSocket(), ownsSocket: true);
            using SslStream tls = new(stream);
            tls.AuthenticateAsServer(Certificate, clientCertificateRequired: false, SslProtocols.Tls12, checkCertificateRevocation: false);
            ArrayBufferWriter<byte> answer = new();
            ControlPacketWriter.Write(answer, NullConnection.LoginAnswer);
            tls.Write(answer.WrittenSpan);
            for (int read = tls.Read(_block); read > 0; read = tls.Read(_block))
            {
                Count(_block.AsSpan(0, read));
                Pause(read);
            }
        }
        catch (Exception error) when (error is IOException or SocketException or AuthenticationException)
        {
            // The uplink has gone: that is how every measurement ends.
        }
    }

    private void Pause(int read)
    {
        _sincePause += read;
        if (_sincePause >= _pauseEvery)
        {
            _sincePause = 0;
            Thread.Sleep(1);
        }
    }

    /// <summary>Four bytes of length, and so many bytes.</summary>
    private void Count(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_prefixBytes < sizeof(uint))
            {
                _prefix = (_prefix << 8) | bytes[0];
                bytes = bytes[1..];
                _bodyBytes = ++_prefixBytes == sizeof(uint) ? _prefix : 0;
                continue;
            }

            int taken = (int)Math.Min(_bodyBytes, bytes.Length);
            bytes = bytes[taken..];
            _bodyBytes -= taken;
            if (_bodyBytes == 0)
            {
                _prefixBytes = 0;
                Volatile.Write(ref _packets, _packets + 1);
            }
        }
    }
}
