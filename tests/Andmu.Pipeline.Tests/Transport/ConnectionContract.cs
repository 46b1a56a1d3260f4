using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Andmu.Pipeline.Tests.Support;
using Andmu.Pipeline.Transport;

namespace Andmu.Pipeline.Tests.Transport;

/// <summary>What every transport's connection does, against an SslStream at the other end.</summary>
public abstract class ConnectionContract : IAsyncLifetime
{
    private const int Hang = 60_000;

    private readonly TestAuthority _authority = new();
    private readonly TlsServer _server = new();
    private X509Certificate2 _certificate = null!;
    private NetworkStream _raw = null!;
    private SslStream _peer = null!;
    private IUplinkConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _certificate = _authority.Issue();
        IUplinkConnector connector = Create(new TlsConnectorOptions { TrustedRoots = [_authority.Root] });
        Task<IUplinkConnection> connecting = connector.ConnectAsync(_server.Endpoint, TestContext.Current.CancellationToken).AsTask();
        _raw = await _server.AcceptRawAsync();
        _peer = new SslStream(_raw);
        await _peer.AuthenticateAsServerAsync(_certificate);
        _connection = await connecting;
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Abort();
        await _connection.DisposeAsync();
        await _peer.DisposeAsync();
        await _server.DisposeAsync();
        _certificate.Dispose();
        _authority.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The transport under test.</summary>
    protected abstract IUplinkConnector Create(TlsConnectorOptions options);

    [Fact(Timeout = Hang)]
    public async Task Write_EightMegabytesInRandomPieces_ArriveByteForByte()
    {
        byte[] sent = Random(8 * 1024 * 1024, seed: 1);
        Task<byte[]> reading = Task.Run(() => ReadSlowlyAsync(sent.Length));
        var random = new Random(2);
        for (int at = 0; at < sent.Length;)
        {
            int length = Math.Min(sent.Length - at, random.Next(5) switch
            {
                0 => random.Next(1, 10),
                1 => random.Next(60_000, 70_000),
                2 => random.Next(100_000, 400_000),
                _ => random.Next(1, 20_000),
            });
            Write(sent.AsSpan(at, length), random);
            at += length;
            if (random.Next(3) == 0)
            {
                await _connection.Output.FlushAsync();
                Assert.Equal(0, _connection.Output.UnflushedBytes);
            }
        }

        await _connection.Output.FlushAsync();
        AssertSame(sent, await reading);
        Assert.InRange(_connection.BytesSent, sent.Length, (long)(sent.Length * 1.2));
        await _peer.WriteAsync("!"u8.ToArray()); // its acknowledgement comes with it at the latest
        await ReadAsync(1);
        Assert.Equal(_connection.BytesSent, _connection.BytesAcknowledged);
    }

    [Fact(Timeout = Hang)]
    public async Task Read_WhatThePeerSends_ArrivesByteForByte()
    {
        byte[] sent = Random(300_000, seed: 3);
        Task writing = Task.Run(async () => await _peer.WriteAsync(sent));
        Assert.Equal(sent, await ReadAsync(sent.Length));
        await writing;
    }

    [Fact(Timeout = Hang)]
    public async Task UnflushedBytes_SeveralBlocks_CountsAll()
    {
        Write(Random(150_000, seed: 4), new Random(5));
        Assert.True(_connection.Output.CanGetUnflushedBytes);
        Assert.Equal(150_000, _connection.Output.UnflushedBytes);
        await _connection.Output.FlushAsync();
        Assert.Equal(0, _connection.Output.UnflushedBytes);
    }

    [Fact(Timeout = Hang)]
    public async Task FlushAsync_NothingWritten_SendsNothing()
    {
        long before = _connection.BytesSent;
        await _connection.Output.FlushAsync();
        Assert.Equal(before, _connection.BytesSent);
    }

    [Fact(Timeout = Hang)]
    public async Task GetMemory_OversizedThenSmall_WritesTheSmallOne()
    {
        PipeWriter output = _connection.Output;
        output.GetMemory(200_000).Span.Fill(0xEE); // asked for and never advanced
        "small"u8.CopyTo(output.GetSpan(5));
        output.Advance(5);
        await output.FlushAsync();
        byte[] read = new byte[5];
        await _peer.ReadExactlyAsync(read);
        Assert.Equal("small"u8.ToArray(), read);
    }

    [Fact(Timeout = Hang)]
    public async Task GetMemory_Oversized_KeepsTheOrder()
    {
        PipeWriter output = _connection.Output;
        byte[] all = Random(200_010, seed: 6);
        output.Write(all.AsSpan(0, 5));
        all.AsSpan(5, 200_000).CopyTo(output.GetSpan(200_000));
        output.Advance(200_000);
        output.Write(all.AsSpan(200_005));
        Task<byte[]> reading = Task.Run(() => ReadSlowlyAsync(all.Length));
        await output.FlushAsync();
        Assert.Equal(all, await reading);
    }

    [Fact]
    public void Advance_MoreThanWasGiven_Throws()
    {
        _connection.Output.GetSpan(10);
        Assert.Throws<ArgumentOutOfRangeException>(() => _connection.Output.Advance(10_000_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => _connection.Output.Advance(-1));
    }

    [Fact(Timeout = Hang)]
    public async Task Abort_FlushIsBlockedAndReadPending_BothEnd()
    {
        Task reading = ReadToTheEndAsync();
        Task flushing = Task.Run(async () =>
        {
            while (true) // the peer does not read: sooner or later a flush blocks
            {
                _connection.Output.Write(new byte[16 * 1024]);
                await _connection.Output.FlushAsync();
            }
        });
        while (_connection.BytesSent < 64 * 1024)
        {
            await Task.Yield();
        }

        _connection.Abort();
        await Assert.ThrowsAnyAsync<IOException>(() => flushing);
        await reading;
        _connection.Abort(); // again is harmless
    }

    [Fact(Timeout = Hang)]
    public async Task CloseAsync_AfterWriting_PeerGetsAllThenACleanEnd()
    {
        byte[] sent = Random(1_000_000, seed: 7);
        Task<byte[]> reading = Task.Run(PeerReadToTheEndAsync);
        _connection.Output.Write(sent);
        await _connection.CloseAsync();
        AssertSame(sent, await reading);
    }

    /// <summary>The platform sends while much of ours is still under way: as long as the connection is read, nothing of it is lost.</summary>
    [Fact(Timeout = Hang)]
    public async Task CloseAsync_PeerSendsMeanwhile_PeerStillGetsAll()
    {
        byte[] sent = Random(1_000_000, seed: 8);
        _connection.Output.Write(sent);
        Task closing = _connection.CloseAsync().AsTask(); // the kernel does not take all of it before the peer reads
        Task reading = ReadToTheEndAsync();
        await _peer.WriteAsync(new byte[10_000]);
        AssertSame(sent, await PeerReadToTheEndAsync());
        await closing;
        await _peer.ShutdownAsync();
        await reading;
    }

    [Fact(Timeout = Hang)]
    public async Task Read_PeerCloses_Ends()
    {
        await _peer.ShutdownAsync();
        await _peer.DisposeAsync();
        ReadResult read = await _connection.Input.ReadAsync();
        Assert.True(read.IsCompleted && read.Buffer.IsEmpty);
    }

    /// <summary>The peer has said all it has to say: what we send still arrives.</summary>
    [Theory(Timeout = Hang)]
    [InlineData(true)]
    [InlineData(false)] // without close_notify: framing of our own tells whether something is missing
    public async Task Read_PeerClosesItsHalf_EndsAndWritingGoesOn(bool inOrder)
    {
        if (inOrder)
        {
            await _peer.ShutdownAsync();
        }

        _raw.Socket.Shutdown(SocketShutdown.Send);
        ReadResult read = await _connection.Input.ReadAsync();
        Assert.True(read.IsCompleted && read.Buffer.IsEmpty);
        byte[] sent = Random(100_000, seed: 10);
        _connection.Output.Write(sent);
        await _connection.Output.FlushAsync();
        byte[] received = new byte[sent.Length];
        await _peer.ReadExactlyAsync(received);
        AssertSame(sent, received);
    }

    [Theory(Timeout = Hang)]
    [InlineData(3)]  // within a record's header
    [InlineData(25)] // within its fragment
    public async Task Read_PeerIsCutWithinARecord_IsABrokenConnection(int bytes)
    {
        byte[] record = [0x17, 3, 3, 0, 40, .. new byte[40]];
        await _raw.WriteAsync(record.AsMemory(0, bytes));
        _raw.Socket.Shutdown(SocketShutdown.Send);
        await Assert.ThrowsAnyAsync<IOException>(async () => await _connection.Input.ReadAsync());
    }

    [Fact(Timeout = Hang)]
    public async Task Flush_PeerResets_IsABrokenConnection()
    {
        _raw.Socket.LingerState = new LingerOption(true, 0);
        _raw.Socket.Close();
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (true)
            {
                _connection.Output.Write(new byte[16 * 1024]);
                await _connection.Output.FlushAsync();
            }
        });
    }

    /// <summary>Bytes that are no TLS record, injected into the stream: a broken connection, not an exception of another kind.</summary>
    [Fact(Timeout = Hang)]
    public async Task Read_ForgedBytes_IsABrokenConnection()
    {
        await _raw.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        await Assert.ThrowsAnyAsync<IOException>(async () => await _connection.Input.ReadAsync());
    }

    [Fact(Timeout = Hang)]
    public async Task Read_ForgedRecord_IsABrokenConnection()
    {
        byte[] record = [0x17, 3, 3, 0, 40, .. new byte[40]]; // application data that no key has made
        await _raw.WriteAsync(record);
        await Assert.ThrowsAnyAsync<IOException>(async () => await _connection.Input.ReadAsync());
    }

    [Fact(Timeout = Hang)]
    public async Task DisposeAsync_WithUnflushedBytes_IsHarmless()
    {
        _connection.Output.Write(new byte[100_000]);
        await _connection.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => _connection.Output.GetMemory());
        _connection.Abort();
        Assert.Null(_connection.BytesAcknowledged);
    }

    private void Write(ReadOnlySpan<byte> bytes, Random random)
    {
        PipeWriter output = _connection.Output;
        while (!bytes.IsEmpty)
        {
            Span<byte> span = output.GetSpan(random.Next(0, 2_000));
            int count = Math.Min(Math.Min(span.Length, bytes.Length), random.Next(1, 100_000));
            bytes[..count].CopyTo(span);
            output.Advance(count);
            bytes = bytes[count..];
        }
    }

    private async Task<byte[]> ReadSlowlyAsync(int length)
    {
        var random = new Random(9);
        byte[] all = new byte[length];
        for (int at = 0; at < length;)
        {
            int read = await _peer.ReadAsync(all.AsMemory(at, Math.Min(length - at, random.Next(1, 5_000))));
            Assert.True(read > 0);
            at += read;
            await Task.Yield();
        }

        return all;
    }

    private async Task<byte[]> PeerReadToTheEndAsync()
    {
        var all = new MemoryStream();
        await _peer.CopyToAsync(all);
        return all.ToArray();
    }

    private async Task<byte[]> ReadAsync(int length)
    {
        ReadResult read = await _connection.Input.ReadAtLeastAsync(length);
        byte[] bytes = new byte[length];
        int at = 0;
        foreach (ReadOnlyMemory<byte> part in read.Buffer.Slice(0, length))
        {
            part.CopyTo(bytes.AsMemory(at));
            at += part.Length;
        }

        _connection.Input.AdvanceTo(read.Buffer.GetPosition(length));
        return bytes;
    }

    private async Task ReadToTheEndAsync()
    {
        try
        {
            ReadResult read;
            do
            {
                read = await _connection.Input.ReadAsync();
                _connection.Input.AdvanceTo(read.Buffer.End);
            }
            while (!read.IsCompleted);
        }
        catch (IOException)
        {
            // Aborted: an end or a fault, as TLS sees it.
        }
    }

    private static void AssertSame(byte[] sent, byte[] received) => Assert.True(sent.AsSpan().SequenceEqual(received));

    private static byte[] Random(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
