using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Backlog;

/// <summary>What the send loop is to a connection, this is to a store while there is none: it takes what is due from the buffer, by the same policy and with the
/// same cursor, so that between what was sent, what is kept, and what is sent again later there is no hole.</summary>
/// <remarks>
/// <code>
///   connection lost --- Begin --- | what may not have arrived, and on | --- EndAsync --- connection up: on from what is not safe on the card
/// </code>
/// <para>A store that is full, slow or away holds nothing up: its media stays in the buffer, as far as that reaches, and is offered again.</para>
/// </remarks>
internal sealed class BacklogWriter
{
    /// <summary>Entries between two looks at the clock.</summary>
    private const int BatchEntries = 256;

    private readonly IBacklogStore _store;
    private readonly UploadFeed _feed;
    private readonly MediaCursor _cursor;
    private readonly WakeSignal _signal;
    private readonly UplinkClock _clock;
    private readonly UplinkCounters _counters;
    private readonly LiveTakeover _takeover;
    private readonly TaskScheduler _scheduler;
    private readonly KeptMarks _marks = new();
    private readonly ITimer _paceTimer;
    private Task<bool>? _run;
    private volatile bool _ending;
    private volatile bool _isLast;

    public BacklogWriter(IBacklogStore store, UplinkParts parts, UplinkCounters counters, TaskScheduler scheduler)
    {
        _store = store;
        _feed = parts.Feed;
        _cursor = parts.Cursor;
        _signal = parts.Signal;
        _clock = parts.Clock;
        _takeover = parts.Takeover;
        _counters = counters;
        _scheduler = scheduler;
        _paceTimer = _clock.TimeProvider.CreateTimer(
            static state => ((WakeSignal)state!).Set(), _signal, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether it is at work: there is no connection.</summary>
    public bool IsAtWork => _run is not null;

    /// <summary>There is no connection any more, or none yet. The feed has been set to what may not have arrived.</summary>
    public void Begin()
    {
        if (_run is null)
        {
            _ending = false;
            _store.Progressed += _signal.Set;
            _run = LoopStarter.Start(RunAsync, _scheduler);
        }
    }

    /// <summary>There is a connection, or no use for one: sets the feed to what is not safe in the store.</summary>
    /// <param name="isLast">Nothing comes after: all that the store takes at once is kept before.</param>
    public async Task EndAsync(bool isLast = false)
    {
        if (_run is { } run)
        {
            _isLast = isLast;
            _ending = true;
            _signal.Set();
            await run;
            _run = null;
            _store.Progressed -= _signal.Set;
            _feed.OnDisconnected(_marks.Advance(_store.KeptThrough));
        }

        _takeover.OnOnline();
    }

    private async Task<bool> RunAsync()
    {
        _feed.OnConnected(_clock.Now);
        _marks.Restart(_feed.Mark);
        _takeover.OnOffline();
        while (!_ending)
        {
            if (!Keep())
            {
                _marks.Advance(_store.KeptThrough);
                if (_feed.Wait is { } wait)
                {
                    _paceTimer.Change(wait, Timeout.InfiniteTimeSpan);
                }

                await _signal.WaitAsync();
            }
        }

        while (_isLast && Keep())
        {
        }

        return true;
    }

    /// <returns>Whether there may be more at once.</returns>
    private bool Keep()
    {
        if (!_store.IsWritable)
        {
            return false;
        }

        TimeSpan now = _clock.Now;
        for (int entries = 0; entries < BatchEntries; entries++)
        {
            if (!_feed.TryRead(now, out MediaEntry entry, out ReadOnlySpan<byte> payload, out uint? flag))
            {
                return false;
            }

            bool keyFrame = entry.IsRandomAccess && entry.PackageType == PackageType.Video;
            var header = new MediaPackageHeader(entry.PackageType, keyFrame, entry.StartTime, entry.SequenceNumber, entry.CaptureTime, flag);
            if (!_store.TryKeep(new BacklogMedia(header, entry.IsRandomAccess), payload, out long ticket))
            {
                _cursor.Release();
                return false;
            }

            if (_feed.TakeRewind())
            {
                _takeover.OnRewound();
            }

            _takeover.OnOffered(_cursor.Position, ticket, entry.IsRandomAccess, _store.KeptThrough);
            _counters.OnKept(entry);
            _feed.Advance(entry);
            _marks.OnOffered(ticket, _feed.Mark);
        }

        return true;
    }
}
