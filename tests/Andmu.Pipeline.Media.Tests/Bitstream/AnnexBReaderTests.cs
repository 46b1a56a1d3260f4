using Andmu.Pipeline.Media.Bitstream;
using CsCheck;

namespace Andmu.Pipeline.Media.Tests.Bitstream;

public sealed class AnnexBReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("00", "")]
    [InlineData("0000", "")]
    [InlineData("000001", "")]
    [InlineData("00000001", "")]
    [InlineData("00000101", "01")]
    [InlineData("0000000165", "65")]
    [InlineData("000001650000016600000167", "65,66,67")]
    [InlineData("0000016500000001660000000000000167", "65,66,67")]
    [InlineData("FFEEDD00000165", "65")]
    [InlineData("00000165000000", "65")]
    [InlineData("000001000001000001650000", "65")]
    [InlineData("0000016500000300000301", "6500000300000301")]
    [InlineData("000001650000020000", "65000002")]
    [InlineData("FFEEDD", "")]
    [InlineData("00000001000000010000000100000001", "")]
    public void TryRead_StartCodesOfAllKinds_GivesTheUnits(string hex, string expected) =>
        Assert.Equal(expected, string.Join(',', Read(Convert.FromHexString(hex)).Select(Convert.ToHexString)));

    [Fact]
    public void TryRead_UnitsAtEveryOffsetOfAVector_GivesThem()
    {
        for (int first = 1; first < 140; first++)
        {
            byte[] unit = [.. Enumerable.Repeat((byte)0x55, first)];
            byte[] data = [0xFF, 0, 0, 1, .. unit, 0, 0, 0, 1, 0x66, 0, 0, 1, .. unit, 0];

            Assert.Equal([unit, [0x66], unit], Read(data));
        }
    }

    [Fact]
    public void TryRead_AnyBytes_GivesWhatADefinitionByTheLetterGives() =>
        Gen.Int[0, 7].Select(i => (byte)"\0\0\0\u0001\u0001\u0002\u0003\u00FF"[i]).Array[0, 80].Sample(data => Assert.Equal(ByTheLetter(data), Read(data)));

    [Fact]
    public void TryRead_LargeUnit_DoesNotAllocate()
    {
        byte[] data = new byte[100_000];
        data.AsSpan().Fill(0x5A);
        data[3] = data[50_002] = 1;
        data.AsSpan(0, 3).Clear();
        data.AsSpan(50_000, 2).Clear();
        int units = 0;

        Allocations.AssertNone(() =>
        {
            AnnexBReader reader = new(data);
            while (reader.TryRead(out _))
            {
                units++;
            }
        });

        Assert.Equal(2 * 101, units);
    }

    private static List<byte[]> Read(byte[] data)
    {
        // Between guards that would begin and end a unit if the reader looked at them.
        byte[] guarded = [0, 0, 1, 0xFF, .. data, 0, 0, 1, 0xFF];
        List<byte[]> units = [];
        AnnexBReader reader = new(guarded.AsSpan(4, data.Length));
        while (reader.TryRead(out ReadOnlySpan<byte> unit))
        {
            units.Add(unit.ToArray());
        }

        return units;
    }

    /// <summary>Cuts at every 00 00 01, byte by byte, and takes zeros off the ends.</summary>
    private static List<byte[]> ByTheLetter(byte[] data)
    {
        List<byte[]> units = [];
        List<byte>? unit = null;
        for (int i = 0; i < data.Length; i++)
        {
            if (i + 2 < data.Length && data[i] == 0 && data[i + 1] == 0 && data[i + 2] == 1)
            {
                Close();
                unit = [];
                i += 2;
            }
            else
            {
                unit?.Add(data[i]);
            }
        }

        Close();
        return units;

        void Close()
        {
            while (unit is [.., 0])
            {
                unit.RemoveAt(unit.Count - 1);
            }

            if (unit?.Count > 0)
            {
                units.Add([.. unit]);
            }
        }
    }
}
