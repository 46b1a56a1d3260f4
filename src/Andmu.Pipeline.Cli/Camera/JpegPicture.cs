using System.Buffers;
using System.Runtime.InteropServices;
using JpegLibrary;

namespace Andmu.Pipeline.Cli.Camera;

/// <summary>Pictures as baseline JPEG (ITU-T T.81), 4:2:0, with the tables of its annex K.</summary>
internal static class JpegPicture
{
    // The usual middle between size and likeness: some 20 KB for 640x360.
    private const int Quality = 75;

    private const byte Luma = 0;
    private const byte Chroma = 1;

    public static byte[] Encode(PixelBuffer picture)
    {
        var encoder = new JpegEncoder();
        encoder.SetQuantizationTable(
            JpegStandardQuantizationTable.ScaleByQuality(JpegStandardQuantizationTable.GetLuminanceTable(JpegElementPrecision.Precision8Bit, Luma), Quality));
        encoder.SetQuantizationTable(
            JpegStandardQuantizationTable.ScaleByQuality(JpegStandardQuantizationTable.GetChrominanceTable(JpegElementPrecision.Precision8Bit, Chroma), Quality));
        encoder.SetHuffmanTable(isDcTable: true, Luma, JpegStandardHuffmanEncodingTable.GetLuminanceDCTable());
        encoder.SetHuffmanTable(isDcTable: false, Luma, JpegStandardHuffmanEncodingTable.GetLuminanceACTable());
        encoder.SetHuffmanTable(isDcTable: true, Chroma, JpegStandardHuffmanEncodingTable.GetChrominanceDCTable());
        encoder.SetHuffmanTable(isDcTable: false, Chroma, JpegStandardHuffmanEncodingTable.GetChrominanceACTable());
        encoder.AddComponent(1, Luma, Luma, Luma, 2, 2);
        encoder.AddComponent(2, Chroma, Chroma, Chroma, 1, 1);
        encoder.AddComponent(3, Chroma, Chroma, Chroma, 1, 1);

        var output = new ArrayBufferWriter<byte>(picture.Width * picture.Height / 8);
        encoder.SetInputReader(new BlockReader(picture));
        encoder.SetOutput(output);
        encoder.Encode();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Gives the encoder its blocks; where one reaches over the edge, the last column and the last row go on (T.81, A.2.4).</summary>
    private sealed class BlockReader(PixelBuffer picture) : JpegBlockInputReader
    {
        private const int BlockSide = 8;

        public override int Width => picture.Width;

        public override int Height => picture.Height;

        public override void ReadBlock(ref short blockRef, int componentIndex, int x, int y)
        {
            Span<short> block = MemoryMarshal.CreateSpan(ref blockRef, BlockSide * BlockSide);
            for (int row = 0; row < BlockSide; row++)
            {
                ReadOnlySpan<byte> samples = picture.Row(componentIndex, Math.Min(y + row, Height - 1));
                for (int column = 0; column < BlockSide; column++)
                {
                    block[(row * BlockSide) + column] = samples[Math.Min(x + column, Width - 1)];
                }
            }
        }
    }
}
