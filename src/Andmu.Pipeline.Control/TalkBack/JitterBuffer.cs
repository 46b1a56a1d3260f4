using System.Numerics;

namespace Andmu.Pipeline.Control.TalkBack;

/// <summary>
/// Puts the packs of talk-back in order before they are played: a pack that is due goes out at once, one behind a gap waits until the gap
/// is filled or given up. Numbers count round after 65535; without RTP, they are the low 16 bits of seq_num.
/// </summary>
/// <remarks>
/// Memory is taken in the constructor, and none after. It has no clock: time is handed in, from any that does not run backwards. One thread
/// at a time; usually <see cref="Add"/> is followed by <see cref="TryTake"/> until that returns false.
/// </remarks>
public sealed class JitterBuffer
{
    private const int NoStray = -1;

    private readonly JitterBufferOptions _options;
    private readonly byte[] _bytes;
    private readonly Slot[] _slots;

    private bool _isStarted;
    // The number that is due.
    private ushort _next;

    // What would follow the last stray pack (RFC 3550, A.1: bad_seq).
    private int _afterStray = NoStray;

    /// <summary>Takes the memory.</summary>
    /// <param name="options">Sizes and patience.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or a time is outside its bounds.</exception>
    public JitterBuffer(JitterBufferOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        _options = options;
        // A power of two divides 65536, so that numbers keep their places when they count round.
        _slots = new Slot[(int)BitOperations.RoundUpToPowerOf2((uint)options.Capacity)];
        _bytes = new byte[_slots.Length * options.MaxPackBytes];
    }

    /// <summary>How many packs are held.</summary>
    public int Count { get; private set; }

    /// <summary>How many packs were given up, or discarded when the sender counted anew.</summary>
    public long MissingCount { get; private set; }

    /// <summary>How many packs came too late.</summary>
    public long LateCount { get; private set; }

    /// <summary>How many packs came twice.</summary>
    public long DuplicateCount { get; private set; }

    /// <summary>Hands a pack in; what is held of it is a copy.</summary>
    /// <param name="sequence">Its number.</param>
    /// <param name="timestamp">Its time, only passed on.</param>
    /// <param name="payload">Its sound.</param>
    /// <param name="now">The time.</param>
    public JitterResult Add(ushort sequence, uint timestamp, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        if (payload.Length > _options.MaxPackBytes)
        {
            return JitterResult.TooLarge;
        }

        if (!_isStarted)
        {
            Start(sequence);
        }

        int ahead = (short)(sequence - _next);
        if (Math.Abs(ahead) >= _options.Capacity)
        {
            return AddStray(sequence, timestamp, payload, now);
        }

        _afterStray = NoStray;
        if (ahead < 0)
        {
            LateCount++;
            return JitterResult.Late;
        }

        if (_slots[sequence % _slots.Length].IsHeld)
        {
            DuplicateCount++;
            return JitterResult.Duplicate;
        }

        Hold(sequence, timestamp, payload, now);
        return JitterResult.Added;
    }

    /// <summary>Takes the pack that is due: the next one, or the first behind a gap that has been waited for long enough.</summary>
    /// <param name="now">The time.</param>
    /// <param name="pack">The pack.</param>
    /// <returns>False when there is none, or a gap is waited for.</returns>
    public bool TryTake(TimeSpan now, out JitterPack pack)
    {
        pack = default;
        if (Count == 0)
        {
            return false;
        }

        int missing = GapLength(out TimeSpan earliest);
        bool isWorthWaiting = Count < _options.MaxWaitPacks && now - earliest < _options.MaxWait;
        if (missing > 0 && isWorthWaiting)
        {
            return false;
        }

        ushort sequence = (ushort)(_next + missing);
        ref Slot slot = ref _slots[sequence % _slots.Length];
        pack = new JitterPack(BytesOf(sequence)[..slot.Length], sequence, slot.Timestamp, missing);
        slot.IsHeld = false;
        Count--;
        MissingCount += missing;
        _next = (ushort)(sequence + 1);
        return true;
    }

    /// <summary>Lets go of everything: the next pack is the first. The counts stay.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        Count = 0;
        _isStarted = false;
        _afterStray = NoStray;
    }

    private JitterResult AddStray(ushort sequence, uint timestamp, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        if (sequence != _afterStray)
        {
            _afterStray = (ushort)(sequence + 1);
            return JitterResult.Stray;
        }

        MissingCount += Count;
        Clear();
        Start(sequence);
        Hold(sequence, timestamp, payload, now);
        return JitterResult.Restarted;
    }

    private void Start(ushort sequence)
    {
        _isStarted = true;
        _next = sequence;
    }

    private void Hold(ushort sequence, uint timestamp, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        payload.CopyTo(BytesOf(sequence));
        _slots[sequence % _slots.Length] = new Slot { IsHeld = true, Length = payload.Length, Timestamp = timestamp, Arrival = now };
        Count++;
    }

    /// <summary>How many packs are missing in front of the first one held, and when the first of those held arrived.</summary>
    private int GapLength(out TimeSpan earliest)
    {
        int missing = -1;
        earliest = TimeSpan.MaxValue;
        for (int ahead = 0; ahead < _slots.Length; ahead++)
        {
            ref Slot slot = ref _slots[(ushort)(_next + ahead) % _slots.Length];
            if (slot.IsHeld)
            {
                missing = missing < 0 ? ahead : missing;
                earliest = slot.Arrival < earliest ? slot.Arrival : earliest;
            }

            if (missing == 0)
            {
                break;
            }
        }

        return missing;
    }

    private Span<byte> BytesOf(ushort sequence) =>
        _bytes.AsSpan(sequence % _slots.Length * _options.MaxPackBytes, _options.MaxPackBytes);

    private struct Slot
    {
        public bool IsHeld;
        public int Length;
        public uint Timestamp;
        public TimeSpan Arrival;
    }
}
