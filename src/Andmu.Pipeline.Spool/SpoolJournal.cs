using Andmu.Pipeline.Spool.Engine;
using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Queueing;
using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool;

/// <summary>A journal of media packages and events on an SD card, for the time in which the network is away.</summary>
/// <remarks>
/// <para>What is appended lies in a bounded queue until the journal's own thread has brought it to the card: an event at once, media with their GOP or
/// every <see cref="SpoolOptions.SyncInterval"/>. A record is kept once that has been synced; <see cref="KeptThrough"/> says how far. Whatever the card
/// does, stall, fill up, break, be pulled or swapped, no call here waits for it, and the journal comes back to it by itself.</para>
/// <para>All members may be called from any thread. No call throws for what the card does.</para>
/// </remarks>
public sealed class SpoolJournal : IAsyncDisposable
{
    // A package of parameter sets: package_type (specification 5.2.3).
    private const uint ParameterSets = 3;

    private readonly SpoolOptions _options;
    private readonly TimeProvider _time;
    private readonly LossLedger _losses = new();
    private readonly SpoolLanes _lanes;
    private readonly SpoolEngine _engine;
    private readonly EngineThread _thread;
    private readonly Lock _mediaLock = new();
    private bool _areSetsLast;
    private volatile bool _isClosed;

    /// <summary>Takes all memory that <paramref name="options"/> ask for. The card is not touched before <see cref="Start"/>.</summary>
    /// <param name="directory">Where the journal lies: a directory on the card, or its mount point. Files of others are left alone.</param>
    /// <param name="options">Bounds; null for the defaults.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <param name="random">For salts and identities; used by the journal's thread alone. Null for one of its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public SpoolJournal(string directory, SpoolOptions? options = null, TimeProvider? timeProvider = null, Random? random = null)
        : this(new FileBlockStore(directory, options?.RequireMountPoint ?? false), options, timeProvider, random)
    {
    }

    internal SpoolJournal(IBlockStore store, SpoolOptions? options, TimeProvider? timeProvider, Random? random)
    {
        _options = options ?? new SpoolOptions();
        _options.Validate();
        _time = timeProvider ?? TimeProvider.System;
        _lanes = SpoolLanes.Create(_options, Wake);
        _engine = new SpoolEngine(_options, store, _lanes, _losses, _time, random ?? new Random());
        _thread = new EngineThread(_engine, _time, () => Progressed?.Invoke());
    }

    /// <summary>Raised on the journal's thread after each thing it did: something may be kept, readable, or known of the card. Must not throw, and not
    /// block: the journal stands still meanwhile.</summary>
    public event Action? Progressed;

    /// <summary>The backlog of media.</summary>
    public SpoolReader Media => _lanes.Media.Reader;

    /// <summary>The backlog of events.</summary>
    public SpoolReader Events => _lanes.Events.Reader;

    /// <summary>The card and the journal at this moment.</summary>
    public SpoolStatus Status
    {
        get
        {
            CardStatus card = _engine.Status;
            RingView media = _lanes.Media.Queue.View();
            RingView events = _lanes.Events.Queue.View();
            return new SpoolStatus(
                card.State,
                card.Volume ?? string.Empty,
                card.Space.FileSystem ?? string.Empty,
                card.Space.TotalBytes,
                card.Space.FreeBytes,
                card.UsedBytes,
                card.Segments,
                media.Count + events.Count,
                media.Bytes + events.Bytes,
                _lanes.Media.Queue.Added + _lanes.Events.Queue.Added,
                _lanes.Media.Queue.Released + _lanes.Events.Queue.Released,
                _lanes.Media.Reader.ReadRecords + _lanes.Events.Reader.ReadRecords,
                card.DeliveredSegments,
                card.Faults,
                card.CardChanges);
        }
    }

    /// <summary>Tests step it themselves instead of starting the thread.</summary>
    internal SpoolEngine Engine => _engine;

    /// <summary>Starts the journal's thread. Once.</summary>
    public void Start() => _thread.Start();

    /// <summary>All records of a lane up to this ticket are on the card, and nothing but the loss of the card, its damage or an eviction takes them away.
    /// What has a higher ticket when the journal has been closed is lost.</summary>
    public long KeptThrough(SpoolLane lane) => Ports(lane).Queue.Released;

    /// <summary>How much was lost for a reason, since the start.</summary>
    public SpoolLoss Loss(SpoolLossReason reason) => _losses[reason];

    /// <summary>Appends a media package. Never waits, allocates nothing.</summary>
    /// <param name="media">Its fields.</param>
    /// <param name="data">Its data; copied.</param>
    /// <param name="ticket">Its number among the media, from 1: see <see cref="KeptThrough"/>. 0 when it was refused.</param>
    public SpoolAppendResult TryAppend(in SpoolMedia media, ReadOnlySpan<byte> data, out long ticket)
    {
        Span<byte> fields = stackalloc byte[EntryFields.MediaSize];
        RecordFlags flags = EntryFields.Write(fields, media);
        bool areSets = media.PackageType == ParameterSets;
        lock (_mediaLock)
        {
            // The sets before a key frame start its GOP; without sets it does itself.
            flags |= media.IsKeyFrame && !_areSetsLast ? RecordFlags.StartsGop : RecordFlags.None;
            SpoolAppendResult result = Append(_lanes.Media, new RecordEntry(RecordType.Media, flags), fields, data, _options.MaxRecordBytes, out ticket);
            _areSetsLast = result == SpoolAppendResult.Accepted ? areSets && media.IsKeyFrame : _areSetsLast;
            return result;
        }
    }

    /// <summary>Appends an event. Never waits, allocates nothing.</summary>
    /// <param name="happened">Its fields.</param>
    /// <param name="message">Its message, UTF-8; copied.</param>
    /// <param name="ticket">Its number among the events, from 1: see <see cref="KeptThrough"/>. 0 when it was refused.</param>
    public SpoolAppendResult TryAppend(in SpoolEvent happened, ReadOnlySpan<byte> message, out long ticket)
    {
        Span<byte> fields = stackalloc byte[EntryFields.EventSize];
        EntryFields.Write(fields, happened);
        return Append(_lanes.Events, new RecordEntry(RecordType.Event, RecordFlags.None), fields, message, SpoolOptions.MaxEventBytes, out ticket);
    }

    /// <summary>Erases everything that the journal has on the card, delivered or not. What is on its way to the card is kept.</summary>
    /// <returns>Whether it was erased; false when there is no card that lets go of files.</returns>
    public Task<bool> EraseAsync()
    {
        if (_isClosed)
        {
            return Task.FromResult(false);
        }

        Task<bool> erased = _engine.Erase();
        Wake();
        return erased;
    }

    /// <summary>Brings what waits to the card and stops. A card that does not answer within <see cref="SpoolOptions.CloseTimeout"/> is left alone: the
    /// process may end.</summary>
    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        await _thread.StopAsync(_options.CloseTimeout);
    }

    private SpoolAppendResult Append(
        LanePorts lane, RecordEntry entry, ReadOnlySpan<byte> fields, ReadOnlySpan<byte> data, int maxBytes, out long ticket)
    {
        ticket = 0;
        if (_isClosed)
        {
            return SpoolAppendResult.Closed;
        }

        if (data.Length > maxBytes)
        {
            _losses.Add(SpoolLossReason.TooLarge, 1, data.Length);
            return SpoolAppendResult.TooLarge;
        }

        ticket = lane.Queue.TryAdd(entry with { At = _time.GetTimestamp() }, fields, data, out RingView after);
        if (ticket == 0 && _isClosed)
        {
            return SpoolAppendResult.Closed;
        }

        if (ticket == 0)
        {
            _losses.Add(SpoolLossReason.QueueFull, 1, data.Length);
            return SpoolAppendResult.QueueFull;
        }

        if (lane.Rule.IsUrgent(after, fields.Length + data.Length))
        {
            Wake();
        }

        return SpoolAppendResult.Accepted;
    }

    private LanePorts Ports(SpoolLane lane) => lane == SpoolLane.Media ? _lanes.Media : _lanes.Events;

    private void Wake() => _thread.Wake();
}
