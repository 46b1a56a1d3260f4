using System.Globalization;
using Andmu.Pipeline.Media.H264;
using Andmu.Pipeline.Media.H265;

namespace Andmu.Pipeline.Media.Bitstream;

/// <summary>
/// Reads a raw video file (.h264, .h265: annex B) access unit by access unit.
/// <code>
/// stream   ... 00 00 01 65 .. 00 00 00 01 41 .. 00 00 00 01 41 ..
/// buffer   |-- access unit -->|-- next ------>|-- not looked at -->|
///          _start             end             _scan                _end          positions count from the stream's begin
/// </code>
/// It begins at the first access unit that has a sequence parameter set: nothing before it could be decoded. How the stream cuts its
/// reads makes no difference. It does not own the stream. One call at a time; after an exception other than a cancellation it is of no
/// more use.
/// </summary>
public sealed class ElementaryStreamReader
{
    /// <summary>Grows to what the largest access unit needs.</summary>
    private const int InitialBufferBytes = 256 * 1024;

    /// <summary>What a role can be told from: a header of up to two bytes and the first of the slice.</summary>
    private const int RoleBytes = 3;

    private readonly Stream _stream;
    private readonly VideoCodec _codec;
    private readonly ElementaryStreamReaderOptions _options;
    private AccessUnitBoundary _boundary = new();
    private byte[] _buffer = new byte[InitialBufferBytes];
    private long _origin;
    private long _start;
    private long _next;
    private long _scan;
    private long _end;
    private long _unit = -1;
    private long _firstSps = -1;
    private bool _hasEnded;

    /// <summary>Creates a reader at the stream's present position.</summary>
    /// <param name="stream">The byte stream; need not be seekable.</param>
    /// <param name="codec">What it holds.</param>
    /// <param name="options">Limits, or null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">No codec of <see cref="VideoCodec"/>, or a limit below 1.</exception>
    public ElementaryStreamReader(Stream stream, VideoCodec codec, ElementaryStreamReaderOptions? options = null)
    {
        _stream = stream;
        _codec = codec is VideoCodec.H264 or VideoCodec.H265
            ? codec
            : throw new ArgumentOutOfRangeException(nameof(codec), codec, "Neither H.264 nor H.265.");
        _options = options ?? new ElementaryStreamReaderOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxAccessUnitBytes, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxProbeBytes, 1, nameof(options));
    }

    /// <summary>The access unit read last, as Annex B, without zeros behind it; holds until the next <see cref="ReadAsync"/>.</summary>
    public ReadOnlyMemory<byte> AccessUnit { get; private set; }

    private string Name => _codec == VideoCodec.H264 ? "H.264" : "H.265";

    /// <summary>Reads the next access unit.</summary>
    /// <param name="cancellationToken">Ends the wait; nothing is lost, and the next call goes on.</param>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="MediaFormatException">The stream is no such video, or an access unit is larger than allowed.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken = default)
    {
        AccessUnit = default;
        _start = Math.Max(_start, _next);
        while (!TryAssemble())
        {
            if (_hasEnded)
            {
                return TryFinish();
            }

            await FillAsync(cancellationToken);
        }

        return true;
    }

    private bool TryAssemble()
    {
        while (TryFindUnit(out long position))
        {
            NalUnitRole role = RoleOf(Slice(_unit, Math.Min(_end, _unit + RoleBytes)));
            if (_boundary.Next(role, position, out long end) && TryEmit(end))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Ends the unit before and goes to the next, of which enough is there to tell its role.</summary>
    private bool TryFindUnit(out long position)
    {
        int prefix = StartCode.IndexOf(Slice(_scan, _end));
        if (prefix < 0)
        {
            // The last two bytes may begin a start code, and the one before them may be its zero_byte.
            _scan = Math.Max(_scan, _end - 2);
            position = _scan - 1;
            CheckLimits(position);
            return false;
        }

        _scan += prefix;
        position = _scan > _start && Slice(_scan - 1, _scan)[0] == 0 ? _scan - 1 : _scan;
        if (_scan + StartCode.PrefixLength + RoleBytes > _end && !_hasEnded)
        {
            return false;
        }

        CheckLimits(position);
        EndUnit(position);
        _start = _unit < 0 ? position : _start;
        _unit = _scan + StartCode.PrefixLength;
        _scan = _unit;
        return true;
    }

    private NalUnitRole RoleOf(ReadOnlySpan<byte> nalUnit) =>
        _codec == VideoCodec.H264 ? H264AccessUnitBoundary.RoleOf(nalUnit) : H265AccessUnitBoundary.RoleOf(nalUnit);

    private bool TryEmit(long end)
    {
        _next = end;
        if (_firstSps < 0 || _firstSps >= end)
        {
            _start = end;
            return false;
        }

        int offset = (int)(_start - _origin);
        AccessUnit = _buffer.AsMemory(offset, Slice(_start, end).TrimEnd((byte)0).Length);
        return true;
    }

    /// <summary>What is left at the end of the stream is an access unit if it has a slice.</summary>
    private bool TryFinish()
    {
        CheckLimits(_end);
        EndUnit(_end);
        if (_firstSps < 0)
        {
            throw NotThisCodec(_end);
        }

        bool hasPicture = _boundary.HasSlice;
        long end = _boundary.EndOr(_end);
        _boundary = new AccessUnitBoundary();
        _unit = -1;
        return hasPicture && TryEmit(end);
    }

    /// <summary>The unit that began last ends here: the first SPS that can be read tells that this is the right kind of file.</summary>
    private void EndUnit(long end)
    {
        if (_firstSps >= 0 || _unit < 0)
        {
            return;
        }

        ReadOnlySpan<byte> nalUnit = Slice(_unit, end).TrimEnd((byte)0);
        bool isSps = _codec == VideoCodec.H264
            ? H264SequenceParameterSet.TryParse(nalUnit, out _)
            : H265SequenceParameterSet.TryParse(nalUnit, out _);
        _firstSps = isSps ? _unit : -1;
    }

    /// <summary>No further unit begins before the position. Whether a limit is passed must not depend on how much was read.</summary>
    private void CheckLimits(long position)
    {
        if (_firstSps < 0 && position > _options.MaxProbeBytes)
        {
            throw NotThisCodec(_options.MaxProbeBytes);
        }

        long end = _boundary.EndOr(position);
        if (_unit >= 0 && (end - _start > _options.MaxAccessUnitBytes || position - end > _options.MaxAccessUnitBytes))
        {
            throw new MediaFormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"The {Name} access unit at byte {_start} is larger than the limit of {_options.MaxAccessUnitBytes} bytes."));
        }
    }

    private MediaFormatException NotThisCodec(long bytes) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"No {Name} sequence parameter set in the first {bytes} bytes: this is no raw {Name} stream (ITU-T {Name} annex B)."));

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        int used = (int)(_end - _origin);
        int read = await _stream.ReadAsync(_buffer.AsMemory(used), cancellationToken);
        _end += read;
        _hasEnded = read == 0;
    }

    /// <summary>Moves what is still needed to the front, and grows the buffer when that fills it; CheckLimits bounds how often.</summary>
    private void MakeRoom()
    {
        // Before the first unit nothing is needed but what may be its start code.
        _start = _unit < 0 ? Math.Max(_start, _scan - 1) : _start;
        Slice(_start, _end).CopyTo(_buffer);
        _origin = _start;
        if (_end - _origin == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }
    }

    private ReadOnlySpan<byte> Slice(long from, long to) => _buffer.AsSpan((int)(from - _origin), (int)(to - from));
}
