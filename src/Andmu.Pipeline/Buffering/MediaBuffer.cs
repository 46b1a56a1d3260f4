using System.Numerics;
using Andmu.Pipeline.Protocol;

namespace Andmu.Pipeline.Buffering;

/// <summary>One ring of media, many cursors: pre-roll, live, resumption after an outage and dropping are all moves of a cursor over it.</summary>
/// <remarks>
/// <code>
///   oldest                                                          newest
///   | sets key  p a p a p a | sets key  p a p a ... | sets key  p a p |
///   ^ GopStart              ^ GopStart    ^ cursor    ^ GopStart      ^ next
/// </code>
/// <para>Memory is taken once and bounded by bytes, by time and by count. What is oldest goes first, whether a cursor has
/// passed it or not: a cursor that is overtaken learns so at its next read and jumps to a random access picture.</para>
/// <para>Threads: any number of tracks write, each on its encoder's thread; any number of cursors read. A lock guards the index for a few
/// dozen instructions; payloads are copied outside of it. A writer reserves (lock), copies, commits (a release store); a
/// cursor stops at what is not committed. A cursor pins the entry that it copies from (lock), and a pinned entry is
/// not evicted: a writer that would have to is refused instead of kept waiting.</para>
/// </remarks>
public sealed partial class MediaBuffer
{
    /// <summary>No position.</summary>
    internal const long None = -1;

    private readonly Lock _lock = new();
    private readonly MediaArena _arena;
    private readonly MediaEntry[] _entries;
    private readonly long _maxDurationMs;
    private readonly long _madeAt;
    private MediaCursor[] _cursors = [];
    private WakeSignal[] _roomSignals = [];
    private MediaTrack[] _tracks = [];
    private long _first;
    private long _next;
    private long _newestGop = None;
    private long _clockOffsetTicks;
    private MediaTotals _totals;
    private volatile bool _writersWait;
    private volatile bool _keyFrameMissing;
    private MediaTimeline _timeline;
    private StartTimes _startTimes;

    /// <summary>Takes the memory that <paramref name="options"/> ask for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public MediaBuffer(MediaBufferOptions? options = null, TimeProvider? timeProvider = null)
    {
        Options = options ?? new MediaBufferOptions();
        Options.Validate();
        TimeProvider = timeProvider ?? TimeProvider.System;
        _madeAt = TimeProvider.GetTimestamp();
        _arena = new MediaArena(Options.CapacityBytes);
        _entries = new MediaEntry[BitOperations.RoundUpToPowerOf2((uint)Options.MaxEntries)];
        _maxDurationMs = (long)Options.MaxDuration.TotalMilliseconds;
    }

    /// <summary>The bounds.</summary>
    public MediaBufferOptions Options { get; }

    /// <summary>Everything that was lost between the encoder and the network, by reason.</summary>
    public DropLedger Drops { get; } = new();

    /// <summary>What is added to the clock for the capture time of media (ipcam_time): set from the platform's clock.
    /// Takes effect with the next access unit.</summary>
    public TimeSpan ClockOffset
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _clockOffsetTicks));
        set => Interlocked.Exchange(ref _clockOffsetTicks, value.Ticks);
    }

    /// <summary>The clock of the device: of this buffer, and of the uplink that it is sent by.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>UTC by the platform's clock, ms since 1970. The offset comes from outside: no value of it makes this throw.</summary>
    internal long PlatformTimeMs => TimeProvider.GetUtcNow().ToUnixTimeMilliseconds() + (Interlocked.Read(ref _clockOffsetTicks) / TimeSpan.TicksPerMillisecond);

    /// <summary>Monotonic time since the buffer was made, ms.</summary>
    internal long ElapsedMs => ElapsedTicks / TimeSpan.TicksPerMillisecond;

    /// <summary>The same in ticks of 100 ns.</summary>
    internal long ElapsedTicks => TimeProvider.GetElapsedTime(_madeAt).Ticks;

    /// <summary>The source waits for room instead of losing media, as files do: a full buffer is no sign of a slow network then.</summary>
    internal bool WritersWait => _writersWait;

    /// <summary>Pictures are refused until a random access picture comes.</summary>
    internal bool IsKeyFrameMissing => _keyFrameMissing;

    /// <summary>Position that the next entry will have.</summary>
    internal long End
    {
        get
        {
            lock (_lock)
            {
                return _next;
            }
        }
    }

    /// <summary>Everything that was written since the start.</summary>
    public MediaTotals Written
    {
        get
        {
            lock (_lock)
            {
                return _totals;
            }
        }
    }

    internal MediaTrack? VideoTrack => FindTrack(video: true);

    internal MediaTrack? AudioTrack => FindTrack(video: false);

    internal bool HasVideo => VideoTrack is not null;

    internal void Add(MediaTrack track, WakeSignal roomSignal)
    {
        lock (_lock)
        {
            if (FindTrack(track.IsVideo) is not null)
            {
                throw new InvalidOperationException($"The buffer has {(track.IsVideo ? "a video" : "an audio")} track already: a channel has one of each.");
            }

            _tracks = [.. _tracks, track];
            _roomSignals = [.. _roomSignals, roomSignal];
        }
    }

    internal void Add(MediaCursor cursor)
    {
        lock (_lock)
        {
            _cursors = [.. _cursors, cursor];
        }
    }

    /// <summary>Reserves room for one access unit and, before a random access picture, for its parameter sets.</summary>
    /// <param name="entry">Filled but for place, position, times and totals.</param>
    /// <param name="presentationMs">As the host gave it.</param>
    /// <param name="setBytes">Bytes of parameter sets to go before it as an entry of their own, or 0.</param>
    /// <param name="keepUnsent">Do not evict what a cursor has not sent yet.</param>
    /// <param name="position">Position of the access unit's entry; its sets, if any, lie one before.</param>
    internal ReserveResult TryReserve(ref MediaEntry entry, long presentationMs, int setBytes, bool keepUnsent, out long position)
    {
        position = None;
        int bytes = checked(entry.Length + setBytes);
        int count = setBytes > 0 ? 2 : 1;
        if (bytes > _arena.Capacity)
        {
            return ReserveResult.TooLarge;
        }

        lock (_lock)
        {
            _writersWait = keepUnsent;
            Stamp(ref entry, presentationMs);
            if (!TryMakeRoom(bytes, count, entry.MediaTime, keepUnsent, out int offset))
            {
                if (keepUnsent)
                {
                    AskForRoom(bytes);
                }

                return ReserveResult.NoRoom;
            }

            entry.StartTime = _startTimes.Next(entry, presentationMs);
            if (setBytes > 0)
            {
                MediaEntry sets = entry;
                sets.PackageType = PackageType.ParameterSets;
                sets.Offset = offset;
                sets.Length = setBytes;
                _newestGop = _next;
                Append(ref sets);
            }
            else if (!HasVideo)
            {
                _newestGop = _next; // sound alone: every pack is a place to start from
            }

            entry.Offset = offset + setBytes;
            position = _next;
            Append(ref entry);
            return ReserveResult.Reserved;
        }
    }

    /// <summary>The times of an entry that is refused: the ledger wants them.</summary>
    internal void StampRefused(ref MediaEntry entry, long presentationMs)
    {
        lock (_lock)
        {
            Stamp(ref entry, presentationMs);
        }
    }

    internal Span<byte> Payload(long position)
    {
        ref MediaEntry entry = ref At(position);
        return _arena.Span(entry.Offset, entry.Length);
    }

    /// <summary>Makes a reserved entry visible to the cursors and wakes them.</summary>
    internal void Commit(long position)
    {
        if (At(position).PackageType == PackageType.Video && position > 0 && At(position).GopStart == position - 1)
        {
            Volatile.Write(ref At(position - 1).Committed, 1);
        }

        if (At(position).IsRandomAccess)
        {
            _keyFrameMissing = false;
        }

        Volatile.Write(ref At(position).Committed, 1);
        WakeCursors();
    }

    /// <summary>The encoder's pictures are of no use before the next random access picture: the send loop may have it asked for.</summary>
    internal void ReportKeyFrameMissing()
    {
        if (!_keyFrameMissing)
        {
            _keyFrameMissing = true;
            WakeCursors();
        }
    }

    /// <summary>Reads the entry at a cursor and pins it, or says why there is none.</summary>
    internal CursorRead Pin(MediaCursor cursor, out MediaEntry entry)
    {
        lock (_lock)
        {
            entry = default;
            if (cursor.Position < _first)
            {
                return CursorRead.Overrun;
            }

            if (cursor.Position >= _next || Volatile.Read(ref At(cursor.Position).Committed) == 0)
            {
                return CursorRead.Empty;
            }

            entry = At(cursor.Position);
            cursor.Pinned = cursor.Position;
            return CursorRead.Entry;
        }
    }

    internal ReadOnlySpan<byte> Span(scoped in MediaEntry entry) => _arena.Span(entry.Offset, entry.Length);

    internal void Unpin(MediaCursor cursor, long position)
    {
        bool isRoom;
        lock (_lock)
        {
            cursor.Pinned = None;
            cursor.Position = position;
            isRoom = IsWantedRoomThere();
        }

        SignalRoom(isRoom);
    }

    /// <summary>How much is held, and how much of it a cursor has not sent.</summary>
    internal BufferFill Fill(MediaCursor? cursor)
    {
        lock (_lock)
        {
            if (_first == _next)
            {
                return default;
            }

            long newest = At(_next - 1).MediaTime;
            long unsentFrom = cursor is null ? _next : Math.Max(cursor.Position, _first);
            long unsentMs = unsentFrom < _next ? newest - At(unsentFrom).MediaTime : 0;
            long heldMs = newest - At(_first).MediaTime;
            return new BufferFill(_arena.Used, (int)(_next - _first), Math.Max(heldMs, 0), Math.Max(unsentMs, 0), Math.Max(_next - unsentFrom, 0));
        }
    }

    private ref MediaEntry At(long position) => ref _entries[position & (_entries.Length - 1)];

    private void Stamp(ref MediaEntry entry, long presentationMs)
    {
        entry.WrittenAt = ElapsedTicks;
        entry.MediaTime = _timeline.Next(entry.PackageType == PackageType.Video, presentationMs, entry.WrittenAtMs);
    }

    private void Append(ref MediaEntry entry)
    {
        _totals += entry.Own;
        entry.Totals = _totals;
        entry.GopStart = _newestGop;
        entry.Committed = 0;
        At(_next++) = entry;
    }

    private bool TryMakeRoom(int bytes, int count, long mediaTime, bool keepUnsent, out int offset)
    {
        while (_first < _next && mediaTime - At(_first).MediaTime > _maxDurationMs && TryEvict(keepUnsent))
        {
        }

        while (_next - _first > _entries.Length - count)
        {
            if (!TryEvict(keepUnsent))
            {
                offset = 0;
                return false;
            }
        }

        while (!_arena.TryTake(bytes, out offset))
        {
            if (!TryEvict(keepUnsent))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryEvict(bool keepUnsent)
    {
        if (_first == _next || Volatile.Read(ref At(_first).Committed) == 0)
        {
            return false;
        }

        foreach (MediaCursor cursor in _cursors)
        {
            if (cursor.Pinned == _first || (keepUnsent && cursor.RetainFrom <= _first))
            {
                return false;
            }
        }

        _arena.Return(At(_first).Offset, At(_first).Length);
        _first++;
        return true;
    }

    private void WakeCursors()
    {
        foreach (MediaCursor cursor in Volatile.Read(ref _cursors))
        {
            cursor.Wake();
        }
    }

    private MediaTrack? FindTrack(bool video)
    {
        foreach (MediaTrack track in Volatile.Read(ref _tracks))
        {
            if (track.IsVideo == video)
            {
                return track;
            }
        }

        return null;
    }
}
