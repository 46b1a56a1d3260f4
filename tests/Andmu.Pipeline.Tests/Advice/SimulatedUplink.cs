namespace Andmu.Pipeline.Tests.Advice;

/// <summary>A camera, a send loop and a link in virtual time: the same figures on every machine and every run.</summary>
/// <remarks>
/// The encoder makes 25 pictures a second, every GOP opened by a key frame that is <see cref="KeyFrameWeight"/> times as large, and a busier or
/// calmer scene from a seeded generator; its sound is constant. The loop works as <c>SendLoop</c> does: write up to a batch, flush it
/// into the socket's send buffer, and only then look again. The link empties that buffer at a rate that is a function of time.
/// </remarks>
internal sealed class SimulatedUplink(Func<double, double> linkBitrate)
{
    private const int TickMs = 10;
    private const int FrameMs = 40;

    private readonly Queue<Unit> _unsent = new();
    private long _nowMs;
    private long _newestMs;
    private int _frame;
    private double _scene = 1;
    private double _unflushed;   // of the batch: waits for room in the send buffer
    private double _inSendBuffer;
    private double _delivered;
    private Random _random = new(1);

    /// <summary>Before each batch, as the loop's policies are asked.</summary>
    public Action<SimulatedUplink>? BeforeBatch { get; set; }

    /// <summary>Twice a second while a flush is blocked, as a timer may.</summary>
    public Action<SimulatedUplink>? WhileBlocked { get; set; }

    /// <summary>At each tick, to measure.</summary>
    public Action<SimulatedUplink>? Ticked { get; set; }

    /// <summary>What the encoder is set to, in bits a second of video.</summary>
    public double Bitrate { get; set; } = 4_000_000;

    public double AudioBitrate { get; init; } = 64_000;

    public double GopSeconds { get; init; } = 2;

    public double KeyFrameWeight { get; init; } = 8;

    /// <summary>How far the scene moves the encoder's rate off its setting, as a part of 1.</summary>
    public double SceneNoise { get; init; } = 0.1;

    public int Seed { init => _random = new Random(value); }

    public int BatchBytes { get; init; } = 256 * 1024;

    public int SendBufferBytes { get; init; } = 128 * 1024;

    /// <summary>Whether a connection stands; while none does, nothing is asked and nothing is sent.</summary>
    public bool Connected { get; private set; } = true;

    public TimeSpan Now => TimeSpan.FromMilliseconds(_nowMs);

    public double Seconds => _nowMs / 1000.0;

    public TimeSpan Backlog => TimeSpan.FromMilliseconds(_unsent.TryPeek(out Unit next) ? _newestMs - next.TimeMs : 0);

    public long BytesDelivered => (long)_delivered;

    public long AudioBytes { get; private set; }

    public int Jumps { get; private set; }

    public void Run(TimeSpan duration)
    {
        long end = _nowMs + (long)duration.TotalMilliseconds;
        while (_nowMs < end)
        {
            if (_nowMs % FrameMs == 0)
            {
                Encode();
            }

            double carried = Math.Min(_inSendBuffer, (Connected ? linkBitrate(Seconds) : 0) / 8 * TickMs / 1000);
            _inSendBuffer -= carried;
            _delivered += carried;
            Send();
            Ticked?.Invoke(this);
            _nowMs += TickMs;
        }
    }

    public void Disconnect() => Connected = false;

    /// <summary>What was under way is lost with the old connection, and what was read of the new one is counted afresh.</summary>
    public void Reconnect()
    {
        Connected = true;
        _unflushed = _inSendBuffer = _delivered = 0;
        AudioBytes = 0;
    }

    /// <summary>Gives up what is unsent before the newest key frame.</summary>
    public void Jump()
    {
        int keep = 0;
        int index = 0;
        foreach (Unit unit in _unsent)
        {
            keep = unit.Key ? index : keep;
            index++;
        }

        Jumps += keep > 0 ? 1 : 0;
        for (; keep > 0; keep--)
        {
            _unsent.Dequeue();
        }
    }

    private void Send()
    {
        while (Connected)
        {
            double accepted = Math.Min(_unflushed, SendBufferBytes - _inSendBuffer);
            _unflushed -= accepted;
            _inSendBuffer += accepted;
            if (_unflushed > 0)
            {
                if (_nowMs % 500 == 0)
                {
                    WhileBlocked?.Invoke(this);
                }

                return;
            }

            BeforeBatch?.Invoke(this);
            while (_unflushed < BatchBytes && _unsent.TryDequeue(out Unit unit))
            {
                _unflushed += unit.Bytes;
                AudioBytes += unit.Audio ? unit.Bytes : 0;
            }

            if (_unflushed == 0)
            {
                return;
            }
        }
    }

    private void Encode()
    {
        int gop = (int)(GopSeconds * 1000 / FrameMs);
        bool key = _frame++ % gop == 0;
        _scene += (0.02 * (1 - _scene)) + (SceneNoise * 0.2 * ((_random.NextDouble() * 2) - 1)); // wanders around 1 within a few seconds
        double share = (key ? KeyFrameWeight : 1) * gop / (gop - 1 + KeyFrameWeight);
        double noise = 1 + (SceneNoise * ((_random.NextDouble() * 2) - 1));
        _newestMs = _nowMs;
        _unsent.Enqueue(new Unit(_nowMs, (int)(Bitrate / 8 * FrameMs / 1000 * share * Math.Max(0.1, _scene) * noise), key, false));
        if (AudioBitrate > 0)
        {
            _unsent.Enqueue(new Unit(_nowMs, (int)(AudioBitrate / 8 * FrameMs / 1000), false, true));
        }
    }

    private readonly record struct Unit(long TimeMs, int Bytes, bool Key, bool Audio);
}
