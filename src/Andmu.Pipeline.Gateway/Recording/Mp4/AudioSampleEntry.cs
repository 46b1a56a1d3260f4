using Andmu.Pipeline.Gateway.Recording.Flac;

namespace Andmu.Pipeline.Gateway.Recording.Mp4;

/// <summary>The FLAC sample entry: "Encapsulation of FLAC in ISO Base Media File Format", 3.3.1 and 3.3.2.</summary>
internal static class AudioSampleEntry
{
    private const byte LastBlockStreamInfo = 0x80;

    public static void Write(BoxWriter boxes)
    {
        using BoxScope entry = boxes.Box("fLaC"u8);
        boxes.Zeros(6);
        boxes.U16(1); // data_reference_index
        boxes.Zeros(8);
        boxes.U16(1); // channelcount
        boxes.U16(16); // samplesize
        boxes.U32(0);
        boxes.U32((uint)FlacEncoder.SampleRate << 16);
        using BoxScope specific = boxes.FullBox("dfLa"u8);
        boxes.U8(LastBlockStreamInfo);
        boxes.U8(0);
        boxes.U16(FlacEncoder.StreamInfo.Length);
        boxes.Bytes(FlacEncoder.StreamInfo);
    }
}
