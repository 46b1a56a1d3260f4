using System.Buffers;
using System.IO.Pipelines;
using Andmu.Hedgw;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Protocol;

namespace Andmu.Pipeline.Messages;

/// <summary>What waits to be sent beside the media: heartbeats, events, answers. Bounded; it outlives a connection.</summary>
/// <remarks>Thread-safe. Heartbeats are kept as numbers and cost no allocation; the rest is rare and is kept as finished packets.
/// An event is kept until a Pong proves that the platform has read it, and sent again over the next connection if none does.</remarks>
internal sealed class ControlOutbox(WakeSignal signal)
{
    /// <summary>Messages kept: days of events for a device that is offline, at a few an hour.</summary>
    private const int Capacity = 256;

    /// <summary>Bytes kept: more than the pictures of a panorama come to, little enough for a camera.</summary>
    private const int CapacityBytes = 4 << 20;

    /// <summary>Pongs owed. A peer that floods Pings gets the last ones answered.</summary>
    private const int PongCapacity = 16;

    private readonly Lock _lock = new();
    private readonly Queue<Posted> _queue = new();
    private readonly Queue<Posted> _inFlight = new();
    private readonly uint[] _pongs = new uint[PongCapacity];
    private int _pongCount;
    private uint? _ping;
    private int _bytes; // of all packets in both queues

    private sealed record Posted(byte[] Packet, bool KeepUntilConfirmed)
    {
        public long SentBytes { get; set; }

        /// <summary>Held until the media before this position is sent; 0 for at once.</summary>
        public long After { get; set; }
    }

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _queue.Count == 0 && _inFlight.Count == 0 && _pongCount == 0 && _ping is null;
            }
        }
    }

    /// <summary>Adds a message.</summary>
    /// <param name="message">A whole message.</param>
    /// <param name="keepUntilConfirmed">Send it again over the next connection if this one breaks.</param>
    /// <param name="after">Hold it, and all that is posted after it, until the media before this position is sent; 0 for at once.</param>
    /// <returns>False when the box is full.</returns>
    public bool TryPost(HEDGWMessage message, bool keepUntilConfirmed, long after = 0)
    {
        var packet = new ArrayBufferWriter<byte>(256);
        ControlPacketWriter.Write(packet, message);
        return TryPost(packet.WrittenSpan.ToArray(), keepUntilConfirmed, after);
    }

    /// <summary>Adds a message that is a finished packet. What is not kept leaves a quarter of the box to what is: pictures for an app must not
    /// cost the report of an event.</summary>
    public bool TryPost(byte[] packet, bool keepUntilConfirmed, long after = 0)
    {
        int quarters = keepUntilConfirmed ? 4 : 3;
        lock (_lock)
        {
            if (_queue.Count + _inFlight.Count >= Capacity / 4 * quarters || _bytes + packet.Length > CapacityBytes / 4 * quarters)
            {
                return false;
            }

            _bytes += packet.Length;
            _queue.Enqueue(new Posted(packet, keepUntilConfirmed) { After = after });
        }

        signal.Set();
        return true;
    }

    /// <summary>Nothing is held any more.</summary>
    public void ReleaseHeld()
    {
        lock (_lock)
        {
            foreach (Posted posted in _queue)
            {
                posted.After = 0;
            }
        }

        signal.Set();
    }

    public void PostPing(uint id)
    {
        lock (_lock)
        {
            _ping = id;
        }

        signal.Set();
    }

    /// <returns>False when too many were owed and the oldest was forgotten.</returns>
    public bool PostPong(uint id)
    {
        bool full;
        lock (_lock)
        {
            full = _pongCount == PongCapacity;
            if (full)
            {
                _pongs.AsSpan(1).CopyTo(_pongs);
                _pongCount--;
            }

            _pongs[_pongCount++] = id;
        }

        signal.Set();
        return !full;
    }

    /// <summary>Writes all that waits and is not held.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="isHeld">Whether what is to come after a position has to wait still.</param>
    /// <param name="ping">The number of the Ping written last in it, if there was one.</param>
    /// <returns>Whether anything was written.</returns>
    public bool WriteTo(PipeWriter output, Func<long, bool> isHeld, out uint? ping)
    {
        lock (_lock)
        {
            ping = _ping;
            bool any = _pongCount > 0 || ping is not null;
            foreach (uint id in _pongs.AsSpan(0, _pongCount))
            {
                HeartbeatPacket.WritePong(output, id);
            }

            _pongCount = 0;
            bool holds = false;
            for (int i = _queue.Count; i > 0; i--)
            {
                Posted posted = _queue.Dequeue();
                holds |= posted.After > 0 && isHeld(posted.After);
                if (holds && posted.KeepUntilConfirmed)
                {
                    _queue.Enqueue(posted); // and what keeps its order with it; the rest goes past
                    continue;
                }

                any = true;
                output.Write(posted.Packet);
                if (posted.KeepUntilConfirmed)
                {
                    posted.SentBytes = long.MaxValue; // until the flush says
                    _inFlight.Enqueue(posted);
                }
                else
                {
                    _bytes -= posted.Packet.Length;
                }
            }

            if (ping is { } number)
            {
                HeartbeatPacket.WritePing(output, number);
                _ping = null;
            }

            return any;
        }
    }

    /// <summary>All that was written is with the network, which has now been given <paramref name="bytes"/> in all.</summary>
    public void OnFlushed(long bytes)
    {
        lock (_lock)
        {
            foreach (Posted posted in _inFlight)
            {
                posted.SentBytes = Math.Min(posted.SentBytes, bytes);
            }
        }
    }

    /// <summary>The platform has read the first <paramref name="bytes"/> of the connection.</summary>
    public void OnRead(long bytes)
    {
        lock (_lock)
        {
            while (_inFlight.TryPeek(out Posted? posted) && posted.SentBytes <= bytes)
            {
                _inFlight.Dequeue();
                _bytes -= posted.Packet.Length;
            }
        }
    }

    /// <summary>The connection is gone: heartbeats with it; what was not confirmed goes to the front again.</summary>
    public void OnDisconnected()
    {
        lock (_lock)
        {
            _pongCount = 0;
            _ping = null;
            Posted[] waiting = [.. _inFlight, .. _queue];
            _inFlight.Clear();
            _queue.Clear();
            foreach (Posted posted in waiting)
            {
                if (posted.KeepUntilConfirmed)
                {
                    _queue.Enqueue(posted);
                }
                else
                {
                    _bytes -= posted.Packet.Length;
                }
            }
        }
    }
}
