using Andmu.Pipeline.Backlog;
using Andmu.Pipeline.Control.Responses;
using Andmu.Pipeline.OpenApi;
using Andmu.Pipeline.Spool;

namespace Andmu.Pipeline.Device.Card;

/// <summary>The SD card of a device: what is captured offline is kept on it, and delivered when the network is back (specification 5.2.4).</summary>
/// <remarks>
/// <para>Given to a device by <see cref="DeviceControlOptions.SdCard"/>, it is the uplink's backlog, answers the commands to query and to format
/// it (specification 5.2.9.20, 5.2.10.2), and its state is reported (<c>sdcardStatus</c>, specification 5.1.6). Made and disposed of by the host, after the device.</para>
/// <para>All members are thread-safe. None waits for the card, but <see cref="EraseAsync"/> and <see cref="DisposeAsync"/>.</para>
/// </remarks>
public sealed class SdCard : IAsyncDisposable
{
    private readonly string _directory;
    private readonly Lock _lock = new();
    private SdCardStatus? _told;

    /// <summary>Starts with the card, whether it is there or not.</summary>
    /// <param name="directory">Where the journal lies: a directory for it alone on the card, or the card's mount point.</param>
    /// <param name="options">Bounds of the journal; null for the defaults.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    public SdCard(string directory, SpoolOptions? options = null, TimeProvider? timeProvider = null)
    {
        _directory = directory;
        Journal = new SpoolJournal(directory, options, timeProvider);
        Backlog = new SpoolBacklog(Journal);
        Journal.Progressed += OnProgressed;
        Journal.Start();
    }

    /// <summary>Raised when <see cref="Status"/> has changed, and once when it is known first, on the journal's thread. Must not block, and not throw.</summary>
    public event Action<SdCardStatus>? StatusChanged;

    /// <summary>The journal: its figures, and what was lost.</summary>
    public SpoolJournal Journal { get; }

    /// <summary>How the card is, as the platform is told.</summary>
    public SdCardStatus Status => StatusOf(Journal.Status.State);

    /// <summary>What the uplink keeps in it.</summary>
    internal IBacklogStore Backlog { get; }

    /// <summary>Erases what the journal has on the card, delivered or not.</summary>
    /// <returns>Whether it was erased; false when there is no card that lets go of files.</returns>
    public Task<bool> EraseAsync() => Journal.EraseAsync();

    /// <summary>Brings what waits to the card, within <see cref="SpoolOptions.CloseTimeout"/>.</summary>
    /// <returns>When it is done.</returns>
    public ValueTask DisposeAsync() => Journal.DisposeAsync();

    /// <summary>The answer to a query.</summary>
    internal SdCardInfo Info
    {
        get
        {
            SpoolStatus status = Journal.Status;
            return StatusOf(status.State) == SdCardStatus.Absent
                ? new SdCardInfo([])
                : new SdCardInfo([new CardVolume(_directory, status.FileSystem, status.TotalBytes, status.FreeBytes)]);
        }
    }

    private static SdCardStatus StatusOf(SpoolState state) => state switch
    {
        SpoolState.Ready or SpoolState.Full => SdCardStatus.Normal,
        SpoolState.ReadOnly or SpoolState.Failing or SpoolState.InUse => SdCardStatus.Faulty,
        _ => SdCardStatus.Absent,
    };

    private void OnProgressed()
    {
        SpoolState state = Journal.Status.State;
        if (state is SpoolState.Starting or SpoolState.Closed)
        {
            return;
        }

        SdCardStatus status = StatusOf(state);
        lock (_lock)
        {
            if (_told == status)
            {
                return;
            }

            _told = status;
        }

        StatusChanged?.Invoke(status);
    }
}
