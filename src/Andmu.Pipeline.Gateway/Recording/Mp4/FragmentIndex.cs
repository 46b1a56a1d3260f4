namespace Andmu.Pipeline.Gateway.Recording.Mp4;

/// <summary>
/// The random access table at the end of a finished file, ISO/IEC 14496-12 8.8.9 to 8.8.11: players jump with it. A file without it,
/// cut off by a crash, plays all the same.
/// </summary>
internal sealed class FragmentIndex
{
    private readonly List<(long Time, long Offset)> _entries = [];

    public void Add(long time, long offset) => _entries.Add((time, offset));

    public void Write(Stream stream)
    {
        var boxes = new BoxWriter(stream);
        long start = boxes.Position;
        using (boxes.Box("mfra"u8))
        {
            using (boxes.FullBox("tfra"u8, version: 1))
            {
                boxes.U32(Mp4Tracks.VideoId);
                boxes.U32(0); // the three numbers below are one byte each
                boxes.U32((uint)_entries.Count);
                foreach ((long time, long offset) in _entries)
                {
                    boxes.U64((ulong)time);
                    boxes.U64((ulong)offset);
                    boxes.U8(1); // traf_number
                    boxes.U8(1); // trun_number
                    boxes.U8(1); // sample_number
                }
            }

            using (boxes.FullBox("mfro"u8))
            {
                boxes.U32((uint)(boxes.Position + 4 - start));
            }
        }
    }
}
