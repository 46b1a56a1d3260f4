using System.Numerics;
using System.Text;

namespace Andmu.Pipeline.Media.Tests;

/// <summary>Writes syntax elements, and puts in the emulation prevention that a NAL unit needs (ITU-T H.264 7.4.1.1).</summary>
internal sealed class BitWriter
{
    private readonly StringBuilder _bits = new();

    public BitWriter Write(uint value, int count)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            _bits.Append((value >> i) & 1);
        }

        return this;
    }

    public BitWriter Ue(uint value)
    {
        int length = BitOperations.Log2(value + 1);
        return Write(0, length).Write(value + 1, length + 1);
    }

    public byte[] ToNalUnit(int headerBytes)
    {
        string bits = _bits.ToString().PadRight((_bits.Length + 7) / 8 * 8, '0');
        List<byte> unit = [];
        int zeros = 0;
        foreach (byte value in bits.Chunk(8).Select(chunk => Convert.ToByte(new string(chunk), 2)))
        {
            if (zeros >= 2 && value <= 3 && unit.Count >= headerBytes)
            {
                unit.Add(3);
                zeros = 0;
            }

            unit.Add(value);
            zeros = value == 0 ? zeros + 1 : 0;
        }

        return [.. unit];
    }
}
