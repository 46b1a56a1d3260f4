using System.Numerics;

namespace Andmu.Pipeline.Cli.Loading;

/// <summary>Writes one NAL unit, syntax element by syntax element, and puts in the emulation prevention that it needs (ITU-T H.264 7.2, 7.4.1.1, 9.1).</summary>
internal sealed class H264Bits
{
    private readonly List<byte> _unit = [0, 0, 0, 1]; // the start code of annex B
    private int _bits;      // of the byte that is being filled
    private int _byte;
    private int _zeros;

    /// <param name="header">nal_ref_idc and nal_unit_type.</param>
    public H264Bits(byte header) => Put(header);

    /// <summary>u(n), n from 0 to 31.</summary>
    public H264Bits Write(uint value, int count)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            _byte = (_byte << 1) | (int)((value >> i) & 1);
            if (++_bits == 8)
            {
                Put((byte)_byte);
                _bits = _byte = 0;
            }
        }

        return this;
    }

    /// <summary>ue(v); se(v) of 0 is the same.</summary>
    public H264Bits WriteUe(uint value)
    {
        int length = BitOperations.Log2(value + 1);
        return Write(0, length).Write(value + 1, length + 1);
    }

    /// <summary>Zero bits up to the next byte.</summary>
    public H264Bits Align() => Write(0, (8 - _bits) % 8);

    /// <summary>Bytes; only behind <see cref="Align"/>.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            Put(value);
        }
    }

    /// <summary>rbsp_trailing_bits, and the unit is finished.</summary>
    public byte[] Finish()
    {
        Write(1, 1).Align();
        return [.. _unit];
    }

    private void Put(byte value)
    {
        if (_zeros >= 2 && value <= 3)
        {
            _unit.Add(3);
            _zeros = 0;
        }

        _unit.Add(value);
        _zeros = value == 0 ? _zeros + 1 : 0;
    }
}
