using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andmu.Pipeline.OpenApi;

/// <summary>
/// The HEDGW addresses that the platform gave out lately: at most three, each good for 12 hours, kept in a file across restarts
/// (specification 5.1.4). Try these first, and ask the platform only when none connects. Safe to use from any thread.
/// </summary>
/// <remarks>
/// Losing the cache costs one call, so nothing here throws for what a disk does: a file that cannot be read, is not ours or is damaged
/// counts as empty, and one that cannot be written is a warning in the log and a false.
/// </remarks>
public sealed partial class EndpointCache
{
    // Specification 5.1.4: at most three, each valid 12 hours.
    private const int Capacity = 3;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    // An entry from later than this was made before the clock jumped back, so its age is unknown. The platform itself puts up with
    // five minutes (specification 2.2).
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly EndpointFile? _file;
    private List<CachedEndpoint> _entries = [];

    /// <summary>Creates the cache and reads its file, if there is one.</summary>
    /// <param name="filePath">The file, in a folder that exists; null keeps the addresses in memory only.</param>
    /// <param name="timeProvider">The device's clock; the system's when null.</param>
    /// <param name="logger">Where to tell of a file that cannot be read or written.</param>
    public EndpointCache(string? filePath, TimeProvider? timeProvider = null, ILogger? logger = null)
    {
        _timeProvider = timeProvider ?? TimeProvider.System;
        _logger = logger ?? NullLogger.Instance;
        if (filePath is not null)
        {
            _file = new EndpointFile(filePath);
            Load(_file);
        }
    }

    /// <summary>The addresses that are still good.</summary>
    /// <returns>Newest first; empty when there is none.</returns>
    public IReadOnlyList<HedgwAddress> GetAddresses()
    {
        lock (_lock)
        {
            return [.. _entries.Where(IsGood).Select(static entry => entry.Address)];
        }
    }

    /// <summary>Puts an address first that the platform has just given out; the oldest beyond three is dropped.</summary>
    /// <param name="address">The address.</param>
    /// <returns>Whether it is safe in the file; always true without one.</returns>
    public bool Add(HedgwAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        lock (_lock)
        {
            var added = new CachedEndpoint(address, _timeProvider.GetUtcNow());
            return Replace([added, .. _entries.Where(entry => IsGood(entry) && entry.Address != address).Take(Capacity - 1)]);
        }
    }

    /// <summary>Forgets all addresses: after a login that was refused, or when the device was deleted.</summary>
    /// <returns>Whether the file knows; always true without one.</returns>
    public bool Clear()
    {
        lock (_lock)
        {
            return Replace([]);
        }
    }

    private bool IsGood(CachedEndpoint entry)
    {
        TimeSpan age = _timeProvider.GetUtcNow() - entry.Added;
        return age < Lifetime && age >= -ClockTolerance;
    }

    private bool Replace(List<CachedEndpoint> entries)
    {
        _entries = entries;
        try
        {
            _file?.Write(entries);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(exception);
            return false;
        }
    }

    private void Load(EndpointFile file)
    {
        try
        {
            _entries = file.Read(Capacity);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            LogNotRead(exception);
        }
    }

    [LoggerMessage(10, LogLevel.Warning, "The file of gateway addresses cannot be read and counts as empty; the platform will be asked")]
    private partial void LogNotRead(Exception exception);

    [LoggerMessage(11, LogLevel.Warning, "The file of gateway addresses cannot be written; the platform will be asked after a restart")]
    private partial void LogNotWritten(Exception exception);
}
