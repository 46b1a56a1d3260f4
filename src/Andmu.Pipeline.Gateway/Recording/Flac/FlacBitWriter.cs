namespace Andmu.Pipeline.Gateway.Recording.Flac;

/// <summary>Bits into bytes, most significant first, as FLAC wants all its numbers (RFC 9639 5).</summary>
internal ref struct FlacBitWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private ulong _bits;
    private int _count;

    /// <summary>Whole bytes written.</summary>
    public int Length { get; private set; }

    public void Write(uint value, int bits)
    {
        _bits = (_bits << bits) | (value & (uint)((1UL << bits) - 1));
        _count += bits;
        while (_count >= 8)
        {
            _count -= 8;
            _buffer[Length++] = (byte)(_bits >> _count);
        }
    }

    public void WriteSigned(int value, int bits) => Write((uint)value, bits);

    /// <summary><paramref name="zeros"/> zero bits and a one.</summary>
    public void WriteUnary(uint zeros)
    {
        for (; zeros >= 24; zeros -= 24)
        {
            Write(0, 24);
        }

        Write(1, (int)zeros + 1);
    }

    /// <summary>A frame's number in the extended UTF-8 of RFC 9639 9.1.5, up to 31 bits.</summary>
    public void WriteCodedNumber(uint value)
    {
        if (value < 0x80)
        {
            Write(value, 8);
            return;
        }

        // A lead byte of n ones for n bytes, then 6 bits a byte; the lead holds 7 - n.
        int bytes = 2;
        while (bytes < 6 && value >> ((6 * (bytes - 1)) + (7 - bytes)) != 0)
        {
            bytes++;
        }

        uint lead = (0xFFu << (8 - bytes)) & 0xFF;
        Write(lead | (value >> (6 * (bytes - 1))), 8);
        for (int i = bytes - 2; i >= 0; i--)
        {
            Write(0x80 | ((value >> (6 * i)) & 0x3F), 8);
        }
    }

    public void AlignToByte()
    {
        if (_count > 0)
        {
            Write(0, 8 - _count);
        }
    }
}
