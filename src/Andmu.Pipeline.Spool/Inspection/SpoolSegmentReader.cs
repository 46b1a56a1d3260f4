using Andmu.Pipeline.Spool.Card;
using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Reading;
using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool.Inspection;

/// <summary>Walks the whole records of a segment, as far as it had been written when it was opened, and tells what else is in it.</summary>
/// <remarks>Waits for the card. Never throws for what lies on it. One thread at a time.</remarks>
public sealed class SpoolSegmentReader : IDisposable
{
    private readonly IBlockStore _store;
    private readonly SpoolSegment _segment;
    private readonly SegmentInfo _info;
    private readonly Action<SpoolFault>? _onFault;
    private readonly SegmentScanner _scanner;
    private IBlockFile? _file;
    private bool _isOpened;
    private long _length;
    private ulong _last;
    private long _damageStart;
    private long _damageEnd;

    internal SpoolSegmentReader(IBlockStore store, SpoolSegment segment, Action<SpoolFault>? onFault)
    {
        _store = store;
        _segment = segment;
        _info = segment.Info;
        _onFault = onFault;
        _scanner = new SegmentScanner(0) { Damaged = NoteDamage };
    }

    /// <summary>Where the record read last starts, bytes from the start of the file.</summary>
    public long Offset { get; private set; }

    /// <summary>The file has been removed since the card was looked at: by a journal that needed room, or had delivered it.</summary>
    public bool IsGone { get; private set; }

    /// <summary>The next whole record.</summary>
    /// <param name="record">Its memory is valid until the next call.</param>
    /// <returns>False at the end.</returns>
    public bool TryRead(out SpoolRecord record)
    {
        record = default;
        if (!_isOpened)
        {
            _isOpened = true;
            Open();
        }

        while (_file is not null)
        {
            ScanResult result = _scanner.Next(_length, out RecordHeader header);
            if (result != ScanResult.Record || header.Sequence >= _info.EndSequence)
            {
                Finish(result);
                break;
            }

            ReportDamage(SpoolFaultKind.Damaged);
            _last = header.Sequence;
            Offset = _scanner.Position - header.Length - RecordHeader.Size;
            if (EntryFields.IsValid(_info.Lane, header.Type, header.Length))
            {
                record = new SpoolRecord(_info.Lane, new SpoolPosition(_info.Id, header.Salt, header.Sequence), header.Flags, _scanner.Payload);
                return true;
            }

            Report(SpoolFaultKind.Foreign, Offset, RecordHeader.Size + header.Length);
        }

        return false;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _isOpened = true;
        _file?.Dispose();
        _file = null;
    }

    private void Open()
    {
        StoreFault fault = _store.Open(_info.Name, writable: false, out _file);
        fault = fault != StoreFault.None ? fault : _file!.GetLength(out _length);
        if (fault != StoreFault.None)
        {
            IsGone = fault == StoreFault.NotFound;
            if (!IsGone)
            {
                Report(SpoolFaultKind.Unreadable, 0, _info.Length);
            }

            Dispose();
            return;
        }

        _last = Math.Max(_info.FirstSequence, 1) - 1;
        if (_info.Salt is null)
        {
            ReportHeader();
        }

        _scanner.Start(_file!, _info.Salt, Layout.BlockBytes, after: 0);
    }

    // A power cut, or a journal that is just beginning, leaves a file with no header at the end of a lane: then nothing else is in it either.
    private void ReportHeader()
    {
        bool isBeginning = _segment.IsLastOfRun && _length < Layout.BlockBytes;
        Report(isBeginning ? SpoolFaultKind.TornTail : SpoolFaultKind.Header, 0, Math.Min(_length, Layout.BlockBytes));
    }

    private void Finish(ScanResult result)
    {
        if (result == ScanResult.Fault)
        {
            ReportDamage(SpoolFaultKind.Damaged);
            Report(SpoolFaultKind.Unreadable, _scanner.Position, Math.Max(_length - _scanner.Position, 0));
        }
        else
        {
            bool isWrittenAnew = _info.EndSequence == _last + 1;
            ReportDamage(_segment.IsLastOfRun || isWrittenAnew ? SpoolFaultKind.TornTail : SpoolFaultKind.Damaged);
        }

        Dispose();
    }

    private void NoteDamage(long offset, long bytes)
    {
        _damageStart = _damageEnd == 0 ? offset : _damageStart;
        _damageEnd = offset + bytes;
    }

    private void ReportDamage(SpoolFaultKind kind)
    {
        if (_damageEnd > 0)
        {
            Report(kind, _damageStart, _damageEnd - _damageStart);
            _damageEnd = 0;
        }
    }

    private void Report(SpoolFaultKind kind, long offset, long bytes) => _onFault?.Invoke(new SpoolFault(kind, offset, bytes));
}
