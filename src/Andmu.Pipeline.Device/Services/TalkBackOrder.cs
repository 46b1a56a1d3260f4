namespace Andmu.Pipeline.Device.Services;

/// <summary>Puts RTP packs in order again. What comes too early is held, in memory of its own, until what is missing has come or enough others have.</summary>
/// <remarks>The connection keeps the order; it is lost, if at all, on the app's way to the platform. One thread at a time: <see cref="Add"/>, then
/// <see cref="TryTake"/> until it gives none.</remarks>
internal sealed class TalkBackOrder(int maxBytes)
{
    /// <summary>Packs that are waited for one: 80 ms of 20 ms each, which is less than a speaker would notice.</summary>
    public const int Depth = 4;

    /// <summary>Nobody loses a minute's packs and goes on: the numbers began anew.</summary>
    private const int MaxGap = 3000;

    /// <summary>A pack that is later than this is not late: an app that speaks again within the same talk counts anew from a lower number.</summary>
    private const int MaxLate = 64;

    private readonly byte[] _memory = new byte[Depth * maxBytes];
    private readonly Held[] _held = new Held[Depth];
    private int _count;
    private ushort _next;
    private bool _isStarted;

    /// <summary>What became of a pack.</summary>
    public enum Outcome
    {
        /// <summary>It will be given.</summary>
        Taken,

        /// <summary>It is a second time there, or its place has gone by.</summary>
        Late,

        /// <summary>It does not go on from the ones before: take those that are held, <see cref="Reset"/>, and add it again.</summary>
        Restart,
    }

    public void Reset()
    {
        _count = 0;
        _isStarted = false;
    }

    /// <summary>Adds a pack, when all that can be taken has been.</summary>
    public Outcome Add(ushort sequence, ReadOnlySpan<byte> audio)
    {
        if (!_isStarted)
        {
            _isStarted = true;
            _next = sequence;
        }

        int ahead = Ahead(sequence);
        if (ahead is > MaxGap or < -MaxLate)
        {
            return Outcome.Restart;
        }

        int slot = 0;
        for (int i = 0; i < _count; i++)
        {
            if (_held[i].Sequence == sequence)
            {
                return Outcome.Late;
            }

            slot |= 1 << _held[i].Slot;
        }

        if (ahead < 0)
        {
            return Outcome.Late;
        }

        slot = int.TrailingZeroCount(~slot);
        audio.CopyTo(_memory.AsSpan(slot * maxBytes, maxBytes));
        _held[_count++] = new Held(sequence, slot, audio.Length);
        return Outcome.Taken;
    }

    /// <summary>Takes the next pack.</summary>
    /// <param name="all">Without waiting for what is missing.</param>
    /// <param name="audio">Valid until the next <see cref="Add"/>.</param>
    /// <param name="missing">How many packs are missing before it.</param>
    public bool TryTake(bool all, out ReadOnlySpan<byte> audio, out int missing)
    {
        int first = 0;
        for (int i = 1; i < _count; i++)
        {
            first = Ahead(_held[i].Sequence) < Ahead(_held[first].Sequence) ? i : first;
        }

        missing = _count == 0 ? 0 : Ahead(_held[first].Sequence);
        if (_count == 0 || (missing > 0 && !all && _count < Depth))
        {
            audio = default;
            return false;
        }

        Held taken = _held[first];
        _held[first] = _held[--_count];
        _next = unchecked((ushort)(taken.Sequence + 1));
        audio = _memory.AsSpan(taken.Slot * maxBytes, taken.Length);
        return true;
    }

    private int Ahead(ushort sequence) => unchecked((short)(sequence - _next));

    private readonly record struct Held(ushort Sequence, int Slot, int Length);
}
