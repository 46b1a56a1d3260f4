namespace Andmu.Pipeline.Media.Bitstream;

/// <summary>
/// Reads syntax elements out of a NAL unit's payload (ITU-T H.264 7.2 and 9.1, ITU-T H.265 7.2 and 9.2), taking the
/// emulation_prevention_three_byte out on the way.
/// <code>
/// NAL unit  42 00 00 03 01 9A ...
/// RBSP      42 00 00    01 9A ...
///
/// ue(v)     1 -> 0    010 -> 1    011 -> 2    00100 -> 3 ...     (Exp-Golomb)
/// </code>
/// It never reads past the end. A read that would, or an Exp-Golomb code of more than 32 bits, sets <see cref="HasFailed"/> for good and
/// gives 0, as does every read after it: a parser reads straight through and asks once at the end. Loops must be bounded by a value
/// that was range-checked.
/// </summary>
internal ref struct RbspBitReader
{
    private readonly ReadOnlySpan<byte> _data;
    private int _position;
    private int _zeros;
    private ulong _cache;
    private int _cachedBits;

    /// <summary>Starts at the first bit.</summary>
    /// <param name="payload">A NAL unit without its header.</param>
    public RbspBitReader(ReadOnlySpan<byte> payload) => _data = payload;

    /// <summary>A read went past the end, met an impossible code, or found a value out of its range.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>u(1).</summary>
    public bool ReadFlag() => ReadBits(1) != 0;

    /// <summary>u(n), n from 0 to 32.</summary>
    public uint ReadBits(int count)
    {
        if (HasFailed || !Fill(count))
        {
            return 0;
        }

        // Two shifts, because a shift by 64 (count = 0) is a shift by 0.
        uint value = (uint)(_cache >> 32 >> (32 - count));
        _cache <<= count;
        _cachedBits -= count;
        return value;
    }

    /// <summary>Passes over <paramref name="count"/> bits.</summary>
    public void SkipBits(int count)
    {
        for (; count > 32; count -= 32)
        {
            ReadBits(32);
        }

        ReadBits(count);
    }

    /// <summary>ue(v): 0 to 2^32 - 2.</summary>
    public uint ReadUe()
    {
        int zeros = 0;
        while (!ReadFlag())
        {
            if (HasFailed || ++zeros >= 32)
            {
                Fail();
                return 0;
            }
        }

        return (uint)((1UL << zeros) - 1 + ReadBits(zeros));
    }

    /// <summary>ue(v) that the standard bounds; a value above <paramref name="maximum"/> is a failure.</summary>
    public int ReadUe(int maximum)
    {
        uint value = ReadUe();
        if (value <= (uint)maximum)
        {
            return (int)value;
        }

        Fail();
        return 0;
    }

    /// <summary>se(v): 0, 1, -1, 2, -2...</summary>
    public int ReadSe()
    {
        uint code = ReadUe();
        return (code & 1) != 0 ? (int)((code >> 1) + 1) : -(int)(code >> 1);
    }

    /// <summary>Gives up: a value is out of its range.</summary>
    public void Fail() => HasFailed = true;

    private bool Fill(int count)
    {
        while (_cachedBits < count)
        {
            if (_position < _data.Length && _zeros >= 2 && _data[_position] == 3)
            {
                _position++;
                _zeros = 0;
            }

            if (_position >= _data.Length)
            {
                Fail();
                return false;
            }

            byte value = _data[_position++];
            _zeros = value == 0 ? _zeros + 1 : 0;
            _cache |= (ulong)value << (56 - _cachedBits);
            _cachedBits += 8;
        }

        return true;
    }
}
