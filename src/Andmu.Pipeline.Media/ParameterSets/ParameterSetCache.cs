using Andmu.Pipeline.Media.Bitstream;
using Andmu.Pipeline.Media.H264;
using Andmu.Pipeline.Media.H265;

namespace Andmu.Pipeline.Media.ParameterSets;

/// <summary>
/// The parameter sets of one stream as they stand, ready to be sent before a key frame (specification 5.2.3, package type 3).
/// <code>
/// 00 00 00 01 [VPS 0] 00 00 00 01 [SPS 0] 00 00 00 01 [PPS 0] 00 00 00 01 [PPS 1]      by kind, then by id
/// </code>
/// A set replaces the one of its kind and id when its bytes differ; one that comes again unchanged costs a compare and nothing else.
/// All of them live in one buffer in the form in which they are sent, at most 64 KiB.
/// Not thread-safe: it belongs to the thread that offers. Spans given out hold until the next <see cref="Offer"/>.
/// </summary>
public sealed class ParameterSetCache
{
    /// <summary>
    /// Limit on all sets together, start codes included. Real ones take a few hundred bytes; 64 KiB leaves room for all 256 picture
    /// parameter sets of an exotic encoder, while a hostile stream cannot make us hold more.
    /// </summary>
    internal const int MaxBytes = 64 * 1024;

    private readonly List<Entry> _entries = new(4);
    private byte[] _buffer = new byte[256];
    private int _length;

    /// <summary>Creates an empty cache.</summary>
    /// <param name="codec">The codec of the stream.</param>
    /// <exception cref="ArgumentOutOfRangeException">No codec of <see cref="VideoCodec"/>.</exception>
    public ParameterSetCache(VideoCodec codec)
    {
        if (codec is not (VideoCodec.H264 or VideoCodec.H265))
        {
            throw new ArgumentOutOfRangeException(nameof(codec), codec, "Neither H.264 nor H.265.");
        }

        Codec = codec;
    }

    /// <summary>The codec of the stream.</summary>
    public VideoCodec Codec { get; }

    /// <summary>Rises by one whenever a set is added or its bytes change, and only then; 0 while empty.</summary>
    public int Version { get; private set; }

    /// <summary>Sets that were refused: damaged, or past the 64 KiB that all may take together.</summary>
    public int RefusedCount { get; private set; }

    /// <summary>There is what a decoder needs: SPS and PPS, for H.265 a VPS too.</summary>
    public bool IsComplete =>
        Count(ParameterSetKind.Sequence) > 0 && Count(ParameterSetKind.Picture) > 0
        && (Codec == VideoCodec.H264 || Count(ParameterSetKind.Video) > 0);

    /// <summary>All sets, VPS, SPS, PPS, each with a four-byte start code.</summary>
    public ReadOnlySpan<byte> AnnexB => _buffer.AsSpan(0, _length);

    /// <summary>What the SPS offered last says, or null when there was none that could be read.</summary>
    public VideoFormat? Format { get; private set; }

    /// <summary>How many sets of a kind there are.</summary>
    /// <param name="kind">The kind.</param>
    public int Count(ParameterSetKind kind)
    {
        int count = 0;
        foreach (Entry entry in _entries)
        {
            count += entry.Kind == kind ? 1 : 0;
        }

        return count;
    }

    /// <summary>One set as a NAL unit with its header and without start code, as avcC and hvcC hold it.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="index">Index among the sets of that kind, which are in order of their ids; 0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such set.</exception>
    public ReadOnlySpan<byte> Get(ParameterSetKind kind, int index)
    {
        int left = index;
        foreach (Entry entry in _entries)
        {
            if (entry.Kind == kind && left-- == 0)
            {
                return NalUnitOf(entry);
            }
        }

        throw new ArgumentOutOfRangeException(nameof(index), index, "There are not so many parameter sets of that kind.");
    }

    /// <summary>Takes the unit in if it is a parameter set; allocates only when that brings new bytes. Never throws.</summary>
    /// <param name="nalUnit">A NAL unit with its header, without start code.</param>
    /// <returns>True when it is a parameter set, even a refused one (see <see cref="RefusedCount"/>).</returns>
    public bool Offer(ReadOnlySpan<byte> nalUnit)
    {
        nalUnit = nalUnit.TrimEnd((byte)0);
        ParameterSetKind? kind = Codec == VideoCodec.H264 ? H264ParameterSet.KindOf(nalUnit) : H265ParameterSet.KindOf(nalUnit);
        if (kind is null)
        {
            return false;
        }

        int id = IsSendable(nalUnit) ? IdOf(kind.Value, nalUnit) : -1;
        if (id < 0 || !Store(kind.Value, id, nalUnit))
        {
            RefusedCount++;
        }

        return true;
    }

    private int IdOf(ParameterSetKind kind, ReadOnlySpan<byte> nalUnit) =>
        Codec == VideoCodec.H264 ? H264ParameterSet.IdOf(kind, nalUnit) : H265ParameterSet.IdOf(kind, nalUnit);

    /// <summary>A unit out of a length-prefixed sample may hold what would be a start code in ours: it would smuggle units in.</summary>
    private static bool IsSendable(ReadOnlySpan<byte> nalUnit) => StartCode.IndexOf(nalUnit) < 0;

    private bool Store(ParameterSetKind kind, int id, ReadOnlySpan<byte> nalUnit)
    {
        int index = 0;
        while (index < _entries.Count && _entries[index].IsBefore(kind, id))
        {
            index++;
        }

        bool isKnown = index < _entries.Count && _entries[index].Is(kind, id);
        if (isKnown && NalUnitOf(_entries[index]).SequenceEqual(nalUnit))
        {
            Format = _entries[index].Format ?? Format;
            return true;
        }

        int offset = index < _entries.Count ? _entries[index].Offset : _length;
        int oldBytes = isKnown ? _entries[index].Bytes : 0;
        int newBytes = StartCode.Length + nalUnit.Length;
        if (_length - oldBytes + newBytes > MaxBytes)
        {
            return false;
        }

        Entry entry = new(kind, id, offset, newBytes, kind == ParameterSetKind.Sequence ? ReadFormat(nalUnit) : null);
        Splice(offset, oldBytes, nalUnit);
        Put(index, isKnown, entry, newBytes - oldBytes);
        Format = entry.Format ?? Format;
        Version++;
        return true;
    }

    /// <summary>Puts the unit, behind a start code, in the place of the old bytes at the offset.</summary>
    private void Splice(int offset, int oldBytes, ReadOnlySpan<byte> nalUnit)
    {
        int newBytes = StartCode.Length + nalUnit.Length;
        int newLength = _length - oldBytes + newBytes;
        if (newLength > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(newLength, Math.Min(2 * _buffer.Length, MaxBytes)));
        }

        _buffer.AsSpan((offset + oldBytes).._length).CopyTo(_buffer.AsSpan(offset + newBytes));
        StartCode.Bytes.CopyTo(_buffer.AsSpan(offset));
        nalUnit.CopyTo(_buffer.AsSpan(offset + StartCode.Length));
        _length = newLength;
    }

    private void Put(int index, bool isKnown, Entry entry, int shift)
    {
        if (isKnown)
        {
            _entries[index] = entry;
        }
        else
        {
            _entries.Insert(index, entry);
        }

        for (int i = index + 1; i < _entries.Count; i++)
        {
            _entries[i] = _entries[i] with { Offset = _entries[i].Offset + shift };
        }
    }

    private ReadOnlySpan<byte> NalUnitOf(Entry entry) =>
        _buffer.AsSpan(entry.Offset + StartCode.Length, entry.Bytes - StartCode.Length);

    private VideoFormat? ReadFormat(ReadOnlySpan<byte> nalUnit)
    {
        if (Codec == VideoCodec.H264)
        {
            return H264SequenceParameterSet.TryParse(nalUnit, out H264SequenceParameterSet? h264)
                ? new VideoFormat(Codec, h264.Width, h264.Height, h264.FrameRate, h264.ProfileIdc, h264.LevelIdc)
                : null;
        }

        return H265SequenceParameterSet.TryParse(nalUnit, out H265SequenceParameterSet? h265)
            ? new VideoFormat(Codec, h265.Width, h265.Height, h265.FrameRate, h265.GeneralProfileIdc, h265.GeneralLevelIdc)
            : null;
    }

    /// <summary>Where a set stands in the buffer, its start code included; the format is an SPS's alone.</summary>
    private readonly record struct Entry(ParameterSetKind Kind, int Id, int Offset, int Bytes, VideoFormat? Format)
    {
        public bool Is(ParameterSetKind kind, int id) => Kind == kind && Id == id;

        public bool IsBefore(ParameterSetKind kind, int id) => Kind < kind || (Kind == kind && Id < id);
    }
}
