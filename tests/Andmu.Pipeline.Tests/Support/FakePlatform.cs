using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Andmu.Hedgw;
using Google.Protobuf;
using static Andmu.Hedgw.HEDGWMessage.Types;

namespace Andmu.Pipeline.Tests.Support;

/// <summary>The platform's end of a <see cref="FakeConnection"/>: does what a test tells it to.</summary>
internal sealed class FakePlatform(FakeConnection connection)
{
    private const uint NotOurs = 0x5EED0000; // ids of the platform's own pings

    private readonly Lock _sending = new();
    private uint _pings;

    public FakeConnection Connection => connection;

    /// <summary>Bytes of whole packets that were read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The next packet, or null at the end of the connection.</summary>
    public async Task<HEDGWMessage?> ReceiveAsync()
    {
        while (true)
        {
            if (!connection.PlatformInput.TryRead(out ReadResult read))
            {
                if (connection.IsAborted)
                {
                    return null;
                }

                read = await connection.PlatformInput.ReadAsync();
            }

            ReadOnlySequence<byte> buffer = read.Buffer;
            if (TryParse(ref buffer, out HEDGWMessage? message))
            {
                connection.PlatformInput.AdvanceTo(buffer.Start);
                return message;
            }

            connection.PlatformInput.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted || connection.IsAborted)
            {
                return null;
            }
        }
    }

    public async Task<HEDGWMessage> ExpectAsync(MessageType type)
    {
        HEDGWMessage? message = await ReceiveAsync();
        Assert.NotNull(message);
        Assert.Equal(type, message.MessageType);
        return message;
    }

    /// <summary>Reads up to the next message of a type; what comes before it is in <paramref name="before"/>.</summary>
    public async Task<HEDGWMessage> SkipToAsync(MessageType type, List<HEDGWMessage>? before = null)
    {
        while (true)
        {
            HEDGWMessage? message = await ReceiveAsync();
            Assert.NotNull(message);
            if (message.MessageType == type)
            {
                return message;
            }

            before?.Add(message);
        }
    }

    public async Task<List<TDMediaPackage>> ReceiveMediaAsync(int count)
    {
        var media = new List<TDMediaPackage>();
        while (media.Count < count)
        {
            HEDGWMessage? message = await ReceiveAsync();
            Assert.NotNull(message);
            if (message.MessageType == MessageType.TdmediaPackage)
            {
                media.Add(message.TdMediaPackage);
            }
        }

        return media;
    }

    /// <summary>Reads to the end of the connection and answers every Ping.</summary>
    public async Task<List<HEDGWMessage>> RunAsync()
    {
        var all = new List<HEDGWMessage>();
        while (await ReceiveAsync() is { } message)
        {
            all.Add(message);
            if (message.MessageType == MessageType.Ping)
            {
                await PongAsync(message.Ping.Id);
            }
        }

        Close();
        return all;
    }

    /// <summary>Sends a Ping and reads up to its Pong: after that the device has dealt with all that was sent before. Gives what came in between.</summary>
    public async Task<List<HEDGWMessage>> RoundTripAsync()
    {
        uint id = NotOurs + ++_pings;
        await SendAsync(new HEDGWMessage { MessageType = MessageType.Ping, Ping = new Ping { Id = id } });
        var between = new List<HEDGWMessage>();
        while (true)
        {
            HEDGWMessage pong = await SkipToAsync(MessageType.Pong, between);
            if (pong.Pong.Id == id)
            {
                return between;
            }
        }
    }

    public async Task<DevLoginReq> AnswerLoginAsync(
        uint result = 0, DevicePlan? plan = DevicePlan.Cloud, uint? pingSpan = 30, string? serverTime = null)
    {
        HEDGWMessage request = await ExpectAsync(MessageType.DevLoginReq);
        await SendAsync(LoginAnswer(result, plan, pingSpan, serverTime));
        return request.DevLoginReq;
    }

    public static HEDGWMessage LoginAnswer(uint result = 0, DevicePlan? plan = DevicePlan.Cloud, uint? pingSpan = 30, string? serverTime = null)
    {
        var answer = new DevLoginResp { Result = result };
        if (plan is { } given)
        {
            answer.DeviceStatus = (uint)given;
        }

        if (pingSpan is { } span)
        {
            answer.PingPongSpan = span;
        }

        if (serverTime is not null)
        {
            answer.ServerTime = serverTime;
        }

        return new HEDGWMessage { MessageType = MessageType.DevLoginResp, DevLoginResp = answer };
    }

    public Task PongAsync(uint id) => SendAsync(new HEDGWMessage { MessageType = MessageType.Pong, Pong = new Pong { Id = id } });

    public Task SetPlanAsync(DevicePlan plan) => SendAsync(new HEDGWMessage
    {
        MessageType = MessageType.DevServerCmd,
        DevServerCmd = new DevServerCmd { Type = 7, DeviceStatus = (uint)plan },
    });

    public Task AppCommandAsync(uint type, string source, uint count = 0, string message = "") => SendAsync(new HEDGWMessage
    {
        MessageType = MessageType.DevAppCmd,
        DevAppCmd = new DevAppCmd { Type = type, SrcDeviceId = source, Count = count, Msg = message },
    });

    public Task TalkBackAsync(byte[] sound) => SendAsync(new HEDGWMessage
    {
        MessageType = MessageType.TdmediaPackage,
        TdMediaPackage = new TDMediaPackage { PackageType = 1, Sync = 0, Data = ByteString.CopyFrom(sound), DataSize = (uint)sound.Length, StartTime = 0, SeqNum = 0 },
    });

    public Task SendAsync(HEDGWMessage message) => SendRawAsync(WirePackets.Frame(message));

    public async Task SendRawAsync(byte[] bytes)
    {
        ValueTask<FlushResult> flush;
        lock (_sending)
        {
            connection.PlatformOutput.Write(bytes);
            flush = connection.PlatformOutput.FlushAsync();
        }

        await flush;
    }

    /// <summary>Closes the platform's half in order.</summary>
    public void Close() => connection.PlatformOutput.Complete();

    /// <summary>The network is gone.</summary>
    public void Break() => connection.Abort();

    private bool TryParse(ref ReadOnlySequence<byte> buffer, out HEDGWMessage? message)
    {
        message = null;
        if (buffer.Length < WirePackets.PrefixBytes)
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[WirePackets.PrefixBytes];
        buffer.Slice(0, WirePackets.PrefixBytes).CopyTo(prefix);
        int length = BinaryPrimitives.ReadInt32BigEndian(prefix);
        if (buffer.Length < WirePackets.PrefixBytes + length)
        {
            return false;
        }

        message = HEDGWMessage.Parser.ParseFrom(buffer.Slice(WirePackets.PrefixBytes, length));
        buffer = buffer.Slice(WirePackets.PrefixBytes + length);
        BytesRead += WirePackets.PrefixBytes + length;
        return true;
    }
}
