namespace Andmu.Pipeline.Gateway.Recording.Mp4;

/// <summary>
/// The head of a fragmented file, ISO/IEC 14496-12 8.1 to 8.8: what tracks there are, and no sample yet.
/// <code>
/// ftyp | moov ( mvhd | trak video | [trak audio] | mvex ( mehd | trex | [trex] ) )
/// </code>
/// </summary>
internal static class InitSegment
{
    // The epoch of these files is 1904-01-01 UTC (8.2.2.3).
    private const ulong SecondsFrom1904To1970 = 2_082_844_800;

    private static readonly byte[] IdentityMatrix =
    [
        0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0,
    ];

    /// <summary>
    /// Writes the head, with an edit list when pictures are shown later by a delay (<see cref="DecodeTimes"/>), and returns where the whole duration goes (64 bits, milliseconds) once it is known.
    /// </summary>
    public static long Write(Stream stream, VideoSampleEntry video, long delay, bool hasAudio, DateTimeOffset created)
    {
        var boxes = new BoxWriter(stream);
        ulong time = (ulong)Math.Max(0, created.ToUnixTimeSeconds()) + SecondsFrom1904To1970;
        using (boxes.Box("ftyp"u8))
        {
            boxes.Bytes("iso6"u8);
            boxes.U32(0);
            boxes.Bytes("iso6isommp41"u8);
        }

        using BoxScope moov = boxes.Box("moov"u8);
        WriteMovieHeader(boxes, time);
        WriteVideoTrack(boxes, video, delay, time);
        if (hasAudio)
        {
            WriteAudioTrack(boxes, time);
        }

        return WriteExtends(boxes, hasAudio);
    }

    private static void WriteMovieHeader(BoxWriter boxes, ulong time)
    {
        using BoxScope mvhd = boxes.FullBox("mvhd"u8, version: 1);
        boxes.U64(time);
        boxes.U64(time);
        boxes.U32(Mp4Tracks.VideoTimescale);
        boxes.U64(0); // duration: in mehd
        boxes.U32(0x0001_0000); // rate
        boxes.U16(0x0100); // volume
        boxes.Zeros(10);
        boxes.Bytes(IdentityMatrix);
        boxes.Zeros(24);
        boxes.U32(Mp4Tracks.AudioId + 1); // next_track_ID
    }

    private static void WriteVideoTrack(BoxWriter boxes, VideoSampleEntry video, long delay, ulong time)
    {
        using BoxScope trak = boxes.Box("trak"u8);
        WriteTrackHeader(boxes, Mp4Tracks.VideoId, time, volume: 0, video.Width, video.Height);
        if (delay > 0)
        {
            WriteEditList(boxes, delay);
        }

        using BoxScope mdia = boxes.Box("mdia"u8);
        WriteMediaHeader(boxes, Mp4Tracks.VideoTimescale, time);
        WriteHandler(boxes, "vide"u8, "Video\0"u8);
        using BoxScope minf = boxes.Box("minf"u8);
        using (boxes.FullBox("vmhd"u8, flags: 1))
        {
            boxes.Zeros(8);
        }

        WriteDataInformation(boxes);
        using BoxScope stbl = boxes.Box("stbl"u8);
        using (boxes.FullBox("stsd"u8))
        {
            boxes.U32(1);
            video.Write(boxes);
        }

        WriteEmptyTables(boxes);
    }

    private static void WriteAudioTrack(BoxWriter boxes, ulong time)
    {
        using BoxScope trak = boxes.Box("trak"u8);
        WriteTrackHeader(boxes, Mp4Tracks.AudioId, time, volume: 0x0100, width: 0, height: 0);
        using BoxScope mdia = boxes.Box("mdia"u8);
        WriteMediaHeader(boxes, Mp4Tracks.AudioTimescale, time);
        WriteHandler(boxes, "soun"u8, "Audio\0"u8);
        using BoxScope minf = boxes.Box("minf"u8);
        using (boxes.FullBox("smhd"u8))
        {
            boxes.Zeros(4);
        }

        WriteDataInformation(boxes);
        using BoxScope stbl = boxes.Box("stbl"u8);
        using (boxes.FullBox("stsd"u8))
        {
            boxes.U32(1);
            AudioSampleEntry.Write(boxes);
        }

        WriteEmptyTables(boxes);
    }

    private static void WriteTrackHeader(BoxWriter boxes, uint id, ulong time, int volume, int width, int height)
    {
        using BoxScope tkhd = boxes.FullBox("tkhd"u8, version: 1, flags: 3); // enabled, in movie
        boxes.U64(time);
        boxes.U64(time);
        boxes.U32(id);
        boxes.U32(0);
        boxes.U64(0); // duration
        boxes.Zeros(12); // reserved, layer, alternate_group
        boxes.U16(volume);
        boxes.U16(0);
        boxes.Bytes(IdentityMatrix);
        boxes.U32((uint)width << 16);
        boxes.U32((uint)height << 16);
    }

    private static void WriteEditList(BoxWriter boxes, long mediaTime)
    {
        using BoxScope edts = boxes.Box("edts"u8);
        using BoxScope elst = boxes.FullBox("elst"u8);
        boxes.U32(1);
        boxes.U32(0); // segment_duration: to the end, whatever fragments come
        boxes.U32((uint)mediaTime);
        boxes.U32(0x0001_0000); // media_rate
    }

    private static void WriteMediaHeader(BoxWriter boxes, uint timescale, ulong time)
    {
        using BoxScope mdhd = boxes.FullBox("mdhd"u8, version: 1);
        boxes.U64(time);
        boxes.U64(time);
        boxes.U32(timescale);
        boxes.U64(0);
        boxes.U16(0x55C4); // "und"
        boxes.U16(0);
    }

    private static void WriteHandler(BoxWriter boxes, ReadOnlySpan<byte> type, ReadOnlySpan<byte> name)
    {
        using BoxScope hdlr = boxes.FullBox("hdlr"u8);
        boxes.U32(0);
        boxes.Bytes(type);
        boxes.Zeros(12);
        boxes.Bytes(name);
    }

    private static void WriteDataInformation(BoxWriter boxes)
    {
        using BoxScope dinf = boxes.Box("dinf"u8);
        using BoxScope dref = boxes.FullBox("dref"u8);
        boxes.U32(1);
        using BoxScope url = boxes.FullBox("url "u8, flags: 1); // in this file
    }

    // All samples are in fragments, but the tables must be there (8.6.1.1).
    private static void WriteEmptyTables(BoxWriter boxes)
    {
        using (boxes.FullBox("stts"u8))
        {
            boxes.U32(0);
        }

        using (boxes.FullBox("stsc"u8))
        {
            boxes.U32(0);
        }

        using (boxes.FullBox("stsz"u8))
        {
            boxes.U64(0);
        }

        using (boxes.FullBox("stco"u8))
        {
            boxes.U32(0);
        }
    }

    private static long WriteExtends(BoxWriter boxes, bool hasAudio)
    {
        using BoxScope mvex = boxes.Box("mvex"u8);
        long durationPosition;
        using (boxes.FullBox("mehd"u8, version: 1))
        {
            durationPosition = boxes.Position;
            boxes.U64(0);
        }

        WriteTrackExtends(boxes, Mp4Tracks.VideoId);
        if (hasAudio)
        {
            WriteTrackExtends(boxes, Mp4Tracks.AudioId);
        }

        return durationPosition;
    }

    private static void WriteTrackExtends(BoxWriter boxes, uint id)
    {
        using BoxScope trex = boxes.FullBox("trex"u8);
        boxes.U32(id);
        boxes.U32(1); // default_sample_description_index
        boxes.Zeros(12);
    }
}
