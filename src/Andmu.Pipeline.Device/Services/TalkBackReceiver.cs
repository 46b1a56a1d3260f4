using System.Buffers;
using Andmu.Pipeline.Protocol;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Services;

/// <summary>Brings what users say to their camera from the uplink to the host (specification 5.2.5).</summary>
/// <remarks>
/// <code>
///   uplink's loop:  OnPackage -> copy -> TalkBackQueue          (never waits for the host)
///   thread pool:    TalkBackQueue -> TalkBackPlayer -> handler  (one work item at a time, so in order)
/// </code>
/// <para>A pack costs no allocation. A talk ends when no pack has come for 2 s: nothing else tells its end.</para>
/// </remarks>
internal sealed class TalkBackReceiver : IThreadPoolWorkItem, IDisposable
{
    /// <summary>The longest pack: an eighth of a second, where 20 to 40 ms are usual.</summary>
    public const int MaxPackBytes = 1024;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly TalkBackPlayer _player;
    private readonly TimeProvider _timeProvider;
    private readonly Action<IThreadPoolWorkItem> _schedule;
    private readonly ITimer _timer;
    private readonly TalkBackQueue _queue = new(MaxPackBytes);
    private readonly byte[] _pack = new byte[MaxPackBytes]; // the work item's
    private readonly long _origin;
    private long _lastPack;
    private bool _isTalking;
    private bool _isScheduled;
    private bool _isStopped;

    /// <param name="options">What the host wants.</param>
    /// <param name="handler">The host's loudspeaker.</param>
    /// <param name="ended">Called after the last pack of a talk, as the handler is.</param>
    /// <param name="timeProvider">For the silence after a talk.</param>
    /// <param name="logger">Where talks are noted.</param>
    /// <param name="schedule">What runs the work item; null for the thread pool.</param>
    public TalkBackReceiver(
        TalkBackOptions options, TalkBackHandler handler, Action? ended, TimeProvider timeProvider, ILogger logger,
        Action<IThreadPoolWorkItem>? schedule = null)
    {
        _player = new TalkBackPlayer(options, handler, ended, MaxPackBytes, logger);
        _timeProvider = timeProvider;
        _origin = timeProvider.GetTimestamp();
        _schedule = schedule ?? (static item => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false));
        _timer = timeProvider.CreateTimer(
            static state => ((TalkBackReceiver)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Packs that were not given to the host because it was too far behind.</summary>
    public long Lost { get; private set; }

    /// <summary>Packs that were empty or too long.</summary>
    public long Refused { get; private set; }

    /// <summary>A package of talk-back: the handler of the uplink's event. Others are none of its business.</summary>
    public void OnPackage(MediaPackage package)
    {
        if (package.PackageType == PackageType.Audio)
        {
            Add(package.Data, package.SequenceNumber);
        }
    }

    /// <summary>One pack.</summary>
    public void Add(in ReadOnlySequence<byte> pack, uint sequence)
    {
        lock (_lock)
        {
            if (pack.IsEmpty || pack.Length > MaxPackBytes)
            {
                Refused++;
                return;
            }

            _lastPack = _timeProvider.GetTimestamp();
            if (!_isTalking && !_isStopped)
            {
                _isTalking = true;
                _timer.Change(Silence, Timeout.InfiniteTimeSpan);
            }

            Enqueue(pack, sequence);
        }
    }

    /// <summary>Gives the host what waits; run by the thread pool.</summary>
    public void Execute()
    {
        while (TryTake(out int length, out uint sequence))
        {
            if (length > 0)
            {
                _player.Play(_pack.AsSpan(0, length), sequence, _timeProvider.GetElapsedTime(_origin));
            }
            else
            {
                _player.End();
            }
        }
    }

    /// <summary>Gives the host nothing any more; a call of its handler may still be under way.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isStopped = true;
        }

        _timer.Dispose();
    }

    private void Enqueue(in ReadOnlySequence<byte> pack, uint sequence)
    {
        if (_isStopped)
        {
            return;
        }

        if (!_queue.Add(pack, sequence))
        {
            Lost++;
        }

        if (!_isScheduled)
        {
            _isScheduled = true;
            _schedule(this);
        }
    }

    private bool TryTake(out int length, out uint sequence)
    {
        lock (_lock)
        {
            (length, sequence) = (0, 0);
            _isScheduled = !_isStopped && _queue.TryTake(_pack, out length, out sequence);
            return _isScheduled;
        }
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            TimeSpan left = Silence - _timeProvider.GetElapsedTime(_lastPack);
            if (_isStopped)
            {
                return;
            }

            if (left > TimeSpan.Zero)
            {
                _timer.Change(left, Timeout.InfiniteTimeSpan);
                return;
            }

            _isTalking = false;
            Enqueue(ReadOnlySequence<byte>.Empty, 0);
        }
    }
}
