using Andmu.Pipeline.Advice;
using Andmu.Pipeline.Backlog;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Messages;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Tests.Support;
using Andmu.Pipeline.Upload;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Tests.Upload;

/// <summary>One channel with everything that decides on its upload, and a world that does its worst to it: an encoder, a host, a platform and a network, on virtual
/// time and one thread, all from one seed. What the device does is done by the real parts; the world is a model of its own and checks them at every step.</summary>
internal sealed class UplinkSimulation
{
    private const int Infinite = int.MaxValue;
    private const int StartCodeBytes = 4;
    private const string Viewer = "viewer";

    private static readonly DeviceEventType[] Types = [DeviceEventType.Motion, DeviceEventType.Sound, DeviceEventType.Face, DeviceEventType.HumanShape];
    private static readonly DevicePlan[] Plans =
        [DevicePlan.Trial, DevicePlan.Cloud, DevicePlan.Expired, DevicePlan.Expired, DevicePlan.Event, DevicePlan.Event, DevicePlan.Event, DevicePlan.Event, DevicePlan.Event, DevicePlan.Deleted, (DevicePlan)7];

    private readonly PCG _chance;
    private readonly bool _trace;
    private readonly bool _isSteady; // a continuous plan and a network that never breaks: there the books must balance
    private readonly bool _isRoomy;  // the buffer outlasts the usual outage, and nobody switches the device off: most clips should be whole
    private readonly bool _isStormy; // the network is bad most of the time
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly DateTimeOffset _begun;
    private readonly MediaBuffer _buffer;
    private readonly MediaTrack? _video;
    private readonly MediaTrack? _audio;
    private readonly MediaCursor _cursor;
    private readonly ClipSchedule _clips;
    private readonly UploadInputs _inputs;
    private readonly UploadFeed _feed;
    private readonly EventReporter _reporter;
    private readonly SimulatedEncoder _encoder;
    private readonly CaptureLog _log;
    private readonly ClipJudge _judge;
    private readonly Queue<EventClipReport> _reports = new();
    private readonly TimeSpan _replayWindow;
    private readonly int _intervalMs;
    private DeliveryLog _delivery = new(default);
    private FarEnd _far;
    private bool _online;
    private double _credit;        // bytes that the link takes now
    private double _rate;          // bytes a ms
    private long _sentBytes;
    private long _ackedBytes;
    private int _pingBehind = -1;  // packages before the Ping that is out
    private uint _pingId;
    private long _ptsJumpMs;
    private long _refused; // never was in the buffer
    private long _firstTimePackages;

    public UplinkSimulation(uint seed, bool trace)
    {
        _chance = new PCG(seed, 20261123);
        _trace = trace;
        _begun = _time.GetUtcNow();
        _isSteady = Chance(6);
        _isRoomy = !_isSteady && Chance(2);
        _isStormy = !_isRoomy && Chance(3);
        VideoCodec codec = Chance(2) ? VideoCodec.H264 : VideoCodec.H265;
        bool hasVideo = !Chance(10);
        _buffer = new MediaBuffer(
            new MediaBufferOptions
            {
                CapacityBytes = _isRoomy ? 8 * 1024 * 1024 : 64 * 1024 << Pick(7),
                MaxDuration = TimeSpan.FromSeconds(_isRoomy ? 120 : 8 + Pick(50)),
                MaxEntries = _isRoomy ? 8192 : Chance(8) ? 64 : 1024,
            },
            _time);
        _video = hasVideo ? MediaTrack.AddVideo(_buffer, codec) : null;
        _audio = !hasVideo || Chance(2) ? MediaTrack.AddAudio(_buffer) : null;
        _log = new CaptureLog(hasVideo);
        _far = new FarEnd(_log);
        var options = new EventRecordingOptions { PreRoll = TimeSpan.FromSeconds(4 + Pick(3)), PostRoll = TimeSpan.FromSeconds(10 + Pick(3)) };
        _intervalMs = 80 + (20 * Pick(15));
        _judge = new ClipJudge(_log, options, toleranceMs: 3 * _intervalMs);
        var signal = new WakeSignal();
        _cursor = new MediaCursor(_buffer, signal);
        _clips = new ClipSchedule(_buffer, options, _reports.Enqueue);
        _inputs = new UploadInputs(_buffer, _clips);
        _feed = new UploadFeed(_buffer, _cursor, _clips, _inputs, new CongestionOptions(), Chance(2) ? double.PositiveInfinity : 4);
        _reporter = new EventReporter(
            _buffer,
            new UplinkParts(_cursor, _feed, _clips, _inputs, new EncoderLoop(null, default), new ControlOutbox(signal), signal, new UplinkClock(_time), new LiveTakeover()),
            new BacklogKeeper(null, null, null));
        _encoder = new SimulatedEncoder(_chance, codec);
        _encoder.ChangeScene();
        _replayWindow = TimeSpan.FromSeconds(Pick(3));
        _reports.EnsureCapacity(64);
        ChangeLink();
    }

    /// <summary>Bytes that the writes and the reads have allocated.</summary>
    public long Allocated { get; private set; }

    /// <summary>Reports of clips.</summary>
    public int Reported => _judge.Reported;

    /// <summary>Clips that were reported to be whole.</summary>
    public int Whole => _judge.Whole;

    public List<string> Trace { get; } = [];

    private TimeSpan Now => _time.GetUtcNow() - _begun;

    private bool IsEventPlan => _inputs.Plan == DevicePlan.Event;

    /// <summary>Goes through a number of steps, and then lets everything that is due be delivered.</summary>
    public void Run(int steps)
    {
        _inputs.SetPlan(_isSteady ? DevicePlan.Cloud : Chance(4) ? Plans[Pick(Plans.Length)] : DevicePlan.Event);
        for (int i = 0; i < steps; i++)
        {
            Step();
            Judge();
            if (i % 64 == 0)
            {
                CheckBounds();
            }
        }

        Settle();
    }

    private void Step()
    {
        uint dice = _chance.Next(1000);
        switch (dice)
        {
            case < 600: Write(); break;
            case < 880: SendTurn(); break;
            case < 910: Acknowledge(); break;
            case < 920: Pong(); break;
            case < 926: StartEvent(); break;
            case < 936: EndEvent(); break;
            case < 950: SendTurn(); break;
            case < 955: Note("viewer joins", _inputs.Viewers.TryAdd(Viewer + Pick(3)) ? 1 : 0); break;
            case < 963: Note("viewer leaves"); _inputs.Viewers.Remove(Viewer + Pick(3)); break;
            case < 966: ChangePlan(); break;
            case < 970: SwitchDevice(); break;
            case < 974: Break(); break;
            case < 984: Connect(); break;
            case < 989: ChangeLink(); break;
            case < 993: _encoder.ChangeScene(); break;
            case < 995: JumpClock(); break;
            case < 998: Pass(1000 * (1 + Pick(20))); break;
            default: _encoder.ForceKey(); break;
        }
    }

    private void Write()
    {
        Pass(_intervalMs);
        TimeSpan pts = Now + TimeSpan.FromMilliseconds(_ptsJumpMs);
        if (_video is not null)
        {
            SimulatedEncoder.Picture picture = _encoder.Next();
            WriteResult result = Write(_video, picture.Bytes, pts + TimeSpan.FromMilliseconds(picture.Early * _intervalMs), picture.IsKey, picture.IsLeading);
            _refused += result is WriteResult.AwaitingRandomAccess or WriteResult.Malformed or WriteResult.NoRoom ? 1 : 0;
        }

        if (_audio is not null)
        {
            Write(_audio, Sound, pts, false, false);
        }
    }

    private static byte[] Sound { get; } = Payload.Make([], 0, 160);

    private WriteResult Write(MediaTrack track, byte[] bytes, TimeSpan pts, bool isKey, bool isLeading)
    {
        long from = _buffer.End;
        AllocationMark before = AllocationMark.Now;
        WriteResult result = track.TryWrite(bytes, pts);
        Allocated += isKey ? 0 : before.Since; // what new parameter sets say may be
        long to = _buffer.End;
        for (long p = from; p < to; p++)
        {
            PackageType type = track.IsVideo ? (p < to - 1 ? PackageType.ParameterSets : PackageType.Video) : PackageType.Audio;
            _log.Add(type, isKey, isLeading, !_inputs.IsDeviceOn, _buffer.MediaTimeAt(p));
        }

        return result;
    }

    private void SendTurn(uint pingOneIn = 20)
    {
        if (!_online || _credit <= 0)
        {
            return; // blocked in a flush
        }

        TimeSpan now = Now;
        bool wrote = false;
        if (_pingBehind < 0 && Chance(pingOneIn))
        {
            _delivery.OnPing(++_pingId, _feed.Mark);
            _pingBehind = _far.Count;
            _sentBytes += 10;
            wrote = true;
        }

        wrote |= WriteMedia(now, limit: Chance(3) ? 1 + Pick(2000) : Chance(2) ? 32 * 1024 : 256 * 1024);
        if (wrote)
        {
            _delivery.OnFlushed(_sentBytes, _feed.Mark, now);
        }
    }

    private bool WriteMedia(TimeSpan now, int limit)
    {
        int written = 0;
        AllocationMark before = AllocationMark.Now;
        _feed.OnBatch(now);
        while (written < limit && _feed.TryRead(now, out MediaEntry entry, out ReadOnlySpan<byte> payload, out uint? flag))
        {
            if (_feed.TakeRewind())
            {
                _delivery.OnRewound(_feed.Mark);
            }

            long position = _cursor.Position;
            written += payload.Length;
            _sentBytes += payload.Length;
            Allocated += IsBrokenLink(entry, payload) ? 0 : before.Since; // its copy is from a pool, which may be empty
            OnSent(position, flag, now);
            before = AllocationMark.Now;
            _feed.Advance(entry);
        }

        Allocated += before.Since;
        _credit -= written;
        return written > 0;
    }

    private static bool IsBrokenLink(in MediaEntry entry, ReadOnlySpan<byte> payload)
    {
        const int BlaWithRadl = 17;
        return entry.IsCleanRandomAccess && payload[StartCodeBytes] >> 1 == BlaWithRadl;
    }

    private void OnSent(long position, uint? flag, TimeSpan now)
    {
        Captured entry = _log[position];
        Note("sent", position, flag ?? 0, entry.MediaMs);
        bool watched = _inputs.Viewers.Count > 0;
        DevicePlan plan = _inputs.Plan;
        string? fault = !_inputs.IsDeviceOn ? "sent while the device is off"
            : entry.WhileOff ? "captured while the device was off"
            : plan is DevicePlan.Trial or DevicePlan.Cloud ? (flag is null ? null : "a flag on a continuous plan")
            : plan is DevicePlan.Expired ? (!watched ? "sent on an expired plan while nobody watches" : flag is null ? null : "a flag on an expired plan")
            : plan is not DevicePlan.Event ? $"sent on plan {plan}"
            : flag == 2 ? (watched ? null : "flag 2 while nobody watches")
            : flag != 1 ? "no flag on the event-recording plan"
            : _judge.MayBeRecorded(position) ? null : "flag 1 outside of every event";
        _firstTimePackages += entry.WasSent || entry.Type == PackageType.ParameterSets ? 0 : 1;
        fault ??= _far.OnSent(position, flag, _inputs.IsContinuous, _sentBytes, now);
        if (fault is not null)
        {
            Fail($"position {position} ({entry.Type}, {entry.MediaMs} ms, flag {flag}): {fault}");
        }
    }

    private void Acknowledge()
    {
        if (_online)
        {
            _ackedBytes += (long)(_chance.Next64() % (ulong)(_sentBytes - _ackedBytes + 1));
            TakeAcknowledgement();
        }
    }

    /// <summary>What was sent longer ago than the replay window, and is confirmed by TCP, was read: that is what the device relies on.</summary>
    private void TakeAcknowledgement()
    {
        int read = _far.Read;
        while (read < _far.Count && _far[read].EndByte <= _ackedBytes && Now - _far[read].At >= _replayWindow)
        {
            read++;
        }

        _far.OnRead(read, isKnown: true);
        _delivery.OnAcknowledged(_ackedBytes, Now);
        Arrived();
    }

    private void Pong()
    {
        if (_online && _pingBehind >= 0)
        {
            _far.OnRead(Math.Max(_pingBehind, _far.Read), isKnown: true);
            _pingBehind = -1;
            _delivery.OnPong(_pingId);
            Arrived();
        }
    }

    private void Arrived()
    {
        Note("arrived", _delivery.Arrived.Position);
        _clips.OnArrived(_delivery.Arrived.Position);
    }

    private void StartEvent()
    {
        if (_log.Count == 0)
        {
            return;
        }

        DeviceEventType type = Types[Pick(Types.Length)];
        DateTimeOffset time = At(latestMs: 4000);
        long ms = _buffer.MediaTimeOf(time);
        long oldest = _buffer.End - _cursor.Fill.Entries;
        Note("event starts", ms, (long)type);
        _reporter.TryReport(type, started: true, time, null);
        _judge.OnStart(type, time, ms, _inputs.Floor, oldest, _inputs.IsDeviceOn, IsEventPlan && _inputs.IsDeviceOn);
    }

    private void EndEvent()
    {
        if (_judge.Open is not { } type)
        {
            return;
        }

        DateTimeOffset time = At(latestMs: 4000);
        long ms = _buffer.MediaTimeOf(time);
        Note("event ends", ms, (long)type);
        _reporter.TryReport(type, started: false, time, null);
        _judge.OnEnd(type, ms);
    }

    /// <summary>A detector tells of what has just happened, or did some seconds ago. No two at the same time.</summary>
    private DateTimeOffset At(int latestMs) =>
        _time.GetUtcNow() - TimeSpan.FromMilliseconds(Chance(2) ? 0 : Pick(latestMs)) + TimeSpan.FromTicks(++_ticks);

    private int _ticks;

    private void ChangePlan()
    {
        if (_isSteady || !_online)
        {
            return;
        }

        SetPlan(!IsEventPlan && Chance(2) ? DevicePlan.Event : Plans[Pick(Plans.Length)]);
    }

    private void SetPlan(DevicePlan plan)
    {
        Note("plan", (long)plan);
        if (plan != _inputs.Plan)
        {
            _judge.OnDisturbed();
        }

        _inputs.SetPlan(plan);
    }

    private void SwitchDevice()
    {
        if (_isSteady || _isRoomy || (_inputs.IsDeviceOn && !Chance(4)))
        {
            return;
        }

        Note("device", _inputs.IsDeviceOn ? 0 : 1);
        _judge.OnDisturbed();
        _inputs.SetDeviceOn(!_inputs.IsDeviceOn);
    }

    private void Break()
    {
        if (_isSteady || !_online)
        {
            return;
        }

        TakeAcknowledgement();
        _far.OnRead(_far.Read + Pick(_far.Count - _far.Read + 1), isKnown: false); // more than the device knows of
        MediaMark resume = Chance(10) ? _delivery.Read : _delivery.Arrived; // some hang before they break
        _log.Doubt(resume.Position);
        _online = false;
        Note("break, resume from", resume.Position);
        _feed.OnDisconnected(resume);
    }

    private void Connect()
    {
        if (_online)
        {
            return;
        }

        if (!_isSteady && Chance(10))
        {
            SetPlan(Plans[Pick(Plans.Length)]);
        }

        _online = true;
        _inputs.Viewers.Clear();
        _far = new FarEnd(_log);
        _sentBytes = _ackedBytes = 0;
        _pingBehind = -1;
        _delivery = new DeliveryLog(_replayWindow);
        _feed.OnConnected(Now);
        _delivery.Restart(_feed.Mark);
        Note("connected at", _cursor.Position);
    }

    private void ChangeLink()
    {
        _rate = Pick(_isStormy ? 5 : 20) switch
        {
            0 => 0,
            1 => 1,
            2 => 5,
            3 => 30,
            _ => Infinite,
        };
        _credit = _rate == Infinite ? Infinite : Math.Min(_credit, 64 * 1024);
        Note("link, bytes/s", (long)_rate * 1000);
    }

    private void JumpClock()
    {
        _ptsJumpMs += Chance(2) ? 30_000 + Pick(1_000_000) : -30_000 - Pick(1_000_000);
        _encoder.ForceKey();
        Note("clock jumps to", _ptsJumpMs);
    }

    private void Pass(int ms)
    {
        _time.Advance(TimeSpan.FromMilliseconds(ms));
        _credit = _rate == Infinite ? Infinite : Math.Min(_credit + (_rate * ms), 64 * 1024);
    }

    /// <summary>Every event ends, the network is good: within a minute all that is due is delivered and reported.</summary>
    private void Settle()
    {
        Note("settles");
        _rate = Infinite;
        Connect();
        if (!_inputs.IsDeviceOn)
        {
            SwitchDevice();
        }

        foreach (DeviceEventType type in Types)
        {
            DateTimeOffset time = At(latestMs: 1);
            _judge.OnEnd(type, _buffer.MediaTimeOf(time));
            _reporter.TryReport(type, started: false, time, null);
        }

        _encoder.ChangeScene();
        TimeSpan settled = Now + TimeSpan.FromMinutes(2);
        TimeSpan latest = Now + TimeSpan.FromMinutes(30); // a catch-up has its pace
        while (Now < settled || (IsAnythingLeft && Now < latest))
        {
            if (_encoder.IsEndless)
            {
                _encoder.ChangeScene();
                _encoder.ForceKey();
            }

            Write();
            SendTurn(pingOneIn: 1);
            _ackedBytes = _sentBytes;
            Pass((int)_replayWindow.TotalMilliseconds);
            TakeAcknowledgement();
            Pong();
            Judge();
        }

        for (int i = 0; i < 100 || (_cursor.Fill.UnsentEntries > 0 && i < 2000); i++)
        {
            SendTurn();
            Pass(1000);
        }

        CheckBounds();
        CheckSettled();
    }

    private bool IsAnythingLeft => (IsEventPlan && _clips.TryPeek(out _)) || _clips.UnconfirmedTo > 0;

    private void CheckSettled()
    {
        if (_judge.AtTheEnd() is { } fault)
        {
            Fail(fault);
        }

        if (_clips.TryPeek(out EventClip clip) && IsEventPlan)
        {
            Fail($"a clip is still due: {clip}");
        }

        UploadMode expected = _inputs.IsContinuous || (_inputs.Viewers.Count > 0 && (_inputs.Plan is DevicePlan.Event or DevicePlan.Expired))
            ? UploadMode.Live
            : UploadMode.Idle;
        if (_feed.Mode != expected)
        {
            Fail($"it should be {expected}, and is {_feed.Mode}");
        }

        if (expected == UploadMode.Live && _cursor.Fill.UnsentEntries > 0)
        {
            Fail($"{_cursor.Fill} is left");
        }

        if (_isSteady)
        {
            long dropped = _buffer.Drops.Total.Packages - _refused;
            if (_buffer.Written.Packages != _firstTimePackages + dropped)
            {
                Fail($"written {_buffer.Written.Packages}, sent {_firstTimePackages}, dropped {dropped}");
            }
        }
    }

    private void CheckBounds()
    {
        BufferFill fill = _cursor.Fill;
        MediaTotals dropped = _buffer.Drops.Total;
        if (fill.Bytes > _buffer.Options.CapacityBytes || fill.Entries > _buffer.Options.MaxEntries || fill.Entries < 0 || fill.Bytes < 0)
        {
            Fail($"out of bounds: {fill}");
        }

        if (Math.Min(Math.Min(dropped.VideoPackages, dropped.AudioPackages), Math.Min(dropped.Gops, dropped.Bytes)) < 0)
        {
            Fail($"negative: {dropped}");
        }
    }

    private void Judge()
    {
        while (_reports.TryDequeue(out EventClipReport report))
        {
            if (_trace)
            {
                Trace.Add($"{Now.TotalSeconds,8:0.000} report {report}");
            }

            if (_judge.OnReport(report) is { } fault)
            {
                Fail(fault);
            }
        }
    }

    private bool Chance(uint oneIn) => _chance.Next(oneIn) == 0;

    private int Pick(int count) => (int)_chance.Next((uint)count);

    private void Note(string what, long a = 0, long b = 0, long c = 0)
    {
        if (_trace)
        {
            Trace.Add($"{Now.TotalSeconds,8:0.000} {what} {a} {b} {c} [{_feed.Mode}, at {_cursor.Position}, end {_buffer.End}]");
        }
    }

    private void Fail(string fault) =>
        throw new InvalidOperationException($"At {Now.TotalSeconds:0.000} s: {fault} [{_feed.Mode}, plan {_inputs.Plan}, at {_cursor.Position}, end {_buffer.End}, wait {_feed.Wait}, arrived {_delivery.Arrived.Position}]");
}
