using System.Text;
using Andmu.Pipeline.Backlog;
using Andmu.Pipeline.Protocol;

namespace Andmu.Pipeline.Spool;

/// <summary>A journal as the uplink's store: what is captured while there is no connection goes to the card, and from there to the platform.</summary>
/// <remarks>Thread-safe as <see cref="IBacklogStore"/> asks for. Allocates nothing for media in steady state.</remarks>
/// <param name="journal">The journal; started, and not disposed of by this.</param>
public sealed class SpoolBacklog(SpoolJournal journal) : IBacklogStore
{
    private readonly Lock _lock = new();
    private readonly Queue<(long Number, SpoolLane Lane, SpoolPosition Position)> _unconfirmed = new();
    private long _number;
    private (long Number, SpoolLane Lane, SpoolPosition Position) _last;
    private ulong? _lastMedia;

    /// <inheritdoc />
    public event Action? Progressed
    {
        add => journal.Progressed += value;
        remove => journal.Progressed -= value;
    }

    /// <inheritdoc />
    public bool IsWritable => journal.Status.State is SpoolState.Ready or SpoolState.Starting;

    /// <inheritdoc />
    public bool IsKnown => journal.Status.State != SpoolState.Starting;

    /// <inheritdoc />
    public bool HasBacklog => journal.Media.HasBacklog || journal.Events.HasBacklog;

    /// <inheritdoc />
    public long KeptThrough => journal.KeptThrough(SpoolLane.Media);

    /// <inheritdoc />
    public bool TryKeep(in BacklogMedia package, ReadOnlySpan<byte> data, out long ticket)
    {
        MediaPackageHeader header = package.Header;
        var media = new SpoolMedia(
            (uint)header.PackageType, package.IsRandomAccess, header.StartTime, header.SequenceNumber, header.IpcamTime, header.ControlFlag);
        return journal.TryAppend(media, data, out ticket) == SpoolAppendResult.Accepted;
    }

    /// <inheritdoc />
    public bool TryKeep(in BacklogEvent happened, string? message)
    {
        byte[] utf8 = message is null ? [] : Encoding.UTF8.GetBytes(message);
        ulong time = (ulong)Math.Max(0, happened.Time.ToUnixTimeMilliseconds());
        var record = new SpoolEvent((uint)happened.Type, happened.Started ? 1u : 0u, time);
        return journal.TryAppend(record, utf8, out _) == SpoolAppendResult.Accepted;
    }

    /// <inheritdoc />
    public bool TryRead(out BacklogRecord record)
    {
        if (!journal.Events.TryRead(out SpoolRecord read) && !journal.Media.TryRead(out read))
        {
            record = default;
            return false;
        }

        record = read.Lane == SpoolLane.Event ? ToEvent(read) : ToMedia(read);
        lock (_lock)
        {
            bool isBoundary = record.Event is not null || record.StartsGop || _last.Lane != read.Lane;
            if (isBoundary && _last.Number > 0)
            {
                _unconfirmed.Enqueue(_last); // what ends a GOP may be confirmed, what is in the middle of one is not
            }

            _last = (record.Number, read.Lane, read.Position);
        }

        return true;
    }

    /// <inheritdoc />
    public void Confirm(long number)
    {
        lock (_lock)
        {
            while (_unconfirmed.TryPeek(out (long Number, SpoolLane Lane, SpoolPosition Position) passed) && passed.Number <= number)
            {
                _unconfirmed.Dequeue();
                bool isLastOfLane = !_unconfirmed.TryPeek(out (long Number, SpoolLane Lane, SpoolPosition Position) next)
                    || next.Number > number || next.Lane != passed.Lane;
                if (isLastOfLane)
                {
                    Confirm(passed.Lane, passed.Position);
                }
            }

            if (_last.Number > 0 && _last.Number <= number)
            {
                Confirm(_last.Lane, _last.Position);
                _last = default;
            }
        }
    }

    /// <inheritdoc />
    public void Rewind()
    {
        lock (_lock)
        {
            _unconfirmed.Clear();
            _last = default;
            _lastMedia = null;
        }

        journal.Media.Rewind();
        journal.Events.Rewind();
    }

    private void Confirm(SpoolLane lane, SpoolPosition position) =>
        (lane == SpoolLane.Event ? journal.Events : journal.Media).Confirm(position);

    private BacklogRecord ToMedia(in SpoolRecord read)
    {
        SpoolMedia media = read.Media;
        bool followsGap = _lastMedia is { } last && read.Position.Sequence > last + 1; // backwards it goes when the newest come first
        _lastMedia = read.Position.Sequence;
        var type = (PackageType)media.PackageType;
        bool isKeyFrame = media.IsKeyFrame && type == PackageType.Video;
        var header = new MediaPackageHeader(type, isKeyFrame, media.StartTime, media.SequenceNumber, media.IpcamTime, media.ControlFlag);
        return new BacklogRecord(++_number, new BacklogMedia(header, media.IsKeyFrame), null, read.StartsGop, followsGap, read.Data) { Ticket = read.Ticket };
    }

    private BacklogRecord ToEvent(in SpoolRecord read)
    {
        SpoolEvent happened = read.Event;
        ulong time = Math.Min(happened.IpcamTime, (ulong)DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());
        var fields = new BacklogEvent((DeviceEventType)happened.Type, happened.Status == 1, DateTimeOffset.FromUnixTimeMilliseconds((long)time));
        return new BacklogRecord(++_number, null, fields, StartsGop: false, FollowsGap: false, read.Data);
    }
}
