using System.IO.Pipelines;
using Andmu.Hedgw;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Messages;
using Andmu.Pipeline.Tests.Support;
using static Andmu.Hedgw.HEDGWMessage.Types;

namespace Andmu.Pipeline.Tests.Messages;

public sealed class ControlOutboxTests
{
    private readonly WakeSignal _signal = new();
    private readonly ControlOutbox _outbox;

    public ControlOutboxTests() => _outbox = new ControlOutbox(_signal);

    [Fact]
    public void WriteTo_Empty_WritesNothing()
    {
        Assert.True(_outbox.IsEmpty);
        Assert.Empty(Write(out uint? ping));
        Assert.Null(ping);
    }

    [Fact]
    public void WriteTo_AllKinds_PongsFirstPingLast()
    {
        _outbox.PostPing(9);
        _outbox.TryPost(Event(1), keepUntilConfirmed: true);
        _outbox.PostPong(7);
        _outbox.PostPong(8);
        List<HEDGWMessage> written = Write(out uint? ping);
        Assert.Equal([MessageType.Pong, MessageType.Pong, MessageType.DevEventCmd, MessageType.Ping], written.Select(m => m.MessageType));
        Assert.Equal([7u, 8u], written.Take(2).Select(m => m.Pong.Id));
        Assert.Equal(9u, written[3].Ping.Id);
        Assert.Equal(9u, ping);
        Assert.Empty(Write(out _));
    }

    [Fact]
    public void Post_Anything_WakesTheSendLoop()
    {
        _outbox.PostPing(1);
        Assert.True(_signal.WaitAsync().IsCompleted);
        _outbox.PostPong(1);
        Assert.True(_signal.WaitAsync().IsCompleted);
        _outbox.TryPost(Event(1), keepUntilConfirmed: false);
        Assert.True(_signal.WaitAsync().IsCompleted);
    }

    [Fact]
    public void PostPing_Twice_TheLastIsSent()
    {
        _outbox.PostPing(1);
        _outbox.PostPing(2);
        Assert.Equal(2u, Assert.Single(Write(out _)).Ping.Id);
    }

    [Fact]
    public void PostPong_Flood_TheLastSixteenAreAnswered()
    {
        for (uint i = 0; i < 1000; i++)
        {
            Assert.Equal(i < 16, _outbox.PostPong(i));
        }

        Assert.Equal(Enumerable.Range(984, 16).Select(i => (uint)i), Write(out _).Select(m => m.Pong.Id));
    }

    [Fact]
    public void TryPost_MoreThanItHolds_IsRefused()
    {
        Assert.Equal(256, Enumerable.Range(0, 1000).Count(i => _outbox.TryPost(Event(i), keepUntilConfirmed: true)));
        Assert.Equal(Enumerable.Range(0, 256).Select(i => (ulong)i), Times(Write(out _)));
        Assert.False(_outbox.TryPost(Event(0), keepUntilConfirmed: true)); // sent, but not known to have been read
        _outbox.OnFlushed(1000);
        _outbox.OnRead(1000);
        Assert.True(_outbox.TryPost(Event(0), keepUntilConfirmed: true));
    }

    [Fact]
    public void OnDisconnected_UnconfirmedEvents_GoAgainBeforeTheNewOnes()
    {
        _outbox.TryPost(Event(1), keepUntilConfirmed: true);
        Write(out _);
        _outbox.OnFlushed(100);
        _outbox.TryPost(Event(2), keepUntilConfirmed: true);
        Write(out _);
        _outbox.OnFlushed(200);
        _outbox.TryPost(Event(3), keepUntilConfirmed: true);
        _outbox.OnRead(199); // the first only
        _outbox.OnDisconnected();
        Assert.Equal([2ul, 3ul], Times(Write(out _)));
    }

    [Fact]
    public void OnDisconnected_HeartbeatsAndAnswers_AreForgotten()
    {
        _outbox.PostPing(1);
        _outbox.PostPong(2);
        _outbox.TryPost(Event(3), keepUntilConfirmed: false);
        _outbox.OnDisconnected();
        Assert.True(_outbox.IsEmpty);
        Assert.Empty(Write(out _));
    }

    [Fact]
    public void OnRead_BeforeTheFlushIsNoted_ConfirmsNothing()
    {
        _outbox.TryPost(Event(1), keepUntilConfirmed: true);
        Write(out _);
        _outbox.OnRead(1_000_000);
        Assert.False(_outbox.IsEmpty);
        _outbox.OnFlushed(100);
        _outbox.OnRead(100);
        Assert.True(_outbox.IsEmpty);
    }

    /// <summary>Bytes are counted anew over every connection: what the old one had sent says nothing of the new one.</summary>
    [Fact]
    public void OnRead_AfterAReconnect_CountsTheNewConnection()
    {
        _outbox.TryPost(Event(1), keepUntilConfirmed: true);
        Write(out _);
        _outbox.OnFlushed(5);
        _outbox.OnDisconnected();
        Write(out _);
        _outbox.OnFlushed(100_000);
        _outbox.OnRead(5);
        Assert.False(_outbox.IsEmpty);
    }

    private List<HEDGWMessage> Write(out uint? ping)
    {
        var stream = new MemoryStream();
        PipeWriter writer = PipeWriter.Create(stream);
        Assert.Equal(_outbox.WriteTo(writer, static _ => false, out ping), writer.UnflushedBytes > 0);
        writer.Complete();
        return WirePackets.ParseAll(stream.ToArray());
    }

    private static IEnumerable<ulong> Times(List<HEDGWMessage> messages) => messages.Select(m => m.DevEventCmd.IpcamTime);

    private static HEDGWMessage Event(int time) => new()
    {
        MessageType = MessageType.DevEventCmd,
        DevEventCmd = new DevEventCmd { Type = 1, Status = 1, IpcamTime = (ulong)time },
    };
}
