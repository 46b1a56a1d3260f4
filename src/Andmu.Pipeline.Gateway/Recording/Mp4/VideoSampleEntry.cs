using Andmu.Pipeline.Media;

namespace Andmu.Pipeline.Gateway.Recording.Mp4;

/// <summary>What a file says of its video: size and the finished avcC or hvcC record.</summary>
internal sealed record VideoSampleEntry(VideoCodec Codec, int Width, int Height, byte[] Configuration)
{
    public void Write(BoxWriter boxes)
    {
        using BoxScope entry = boxes.Box(Codec == VideoCodec.H265 ? "hvc1"u8 : "avc1"u8);
        boxes.Zeros(6);
        boxes.U16(1); // data_reference_index
        boxes.Zeros(16);
        boxes.U16(Width);
        boxes.U16(Height);
        boxes.U32(0x0048_0000); // 72 dpi, ISO/IEC 14496-12 12.1.3
        boxes.U32(0x0048_0000);
        boxes.U32(0);
        boxes.U16(1); // frame_count
        boxes.Zeros(32); // compressorname
        boxes.U16(0x0018); // depth
        boxes.U16(0xFFFF); // pre_defined = -1
        using BoxScope configuration = boxes.Box(Codec == VideoCodec.H265 ? "hvcC"u8 : "avcC"u8);
        boxes.Bytes(Configuration);
    }
}
