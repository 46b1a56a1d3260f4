using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Diagnostics;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Transport;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Backlog;

/// <summary>Delivers a backlog beside the live stream, whenever there is one and the live stream is online: connects, logs in with channel_id 1, sends, and tries
/// again when that fails (specification 5.2.4).</summary>
internal sealed class BacklogUplink : IAsyncDisposable
{
    private readonly IBacklogStore _store;
    private readonly UplinkDialer _dialer;
    private readonly Func<BacklogSituation> _situation;
    private readonly LiveTakeover _takeover;
    private readonly UplinkOptions _options;
    private readonly UplinkCounters _counters;
    private readonly UplinkClock _clock;
    private readonly ReconnectPolicy _reconnect;
    private readonly ILogger _logger;
    private readonly WakeSignal _signal = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private BacklogConnection? _connection;
    private HedgwEndpoint? _endpoint;
    private Task<bool>? _run;

    public BacklogUplink(
        IBacklogStore store, MediaBuffer buffer, IUplinkConnector connector, Func<BacklogSituation> situation, LiveTakeover takeover,
        UplinkOptions options, UplinkCounters counters, UplinkClock clock, Random random, ILogger logger)
    {
        _store = store;
        _options = options with { ChannelId = 1 };
        _dialer = new UplinkDialer(_options, buffer, connector);
        _situation = situation;
        _takeover = takeover;
        _counters = counters;
        _clock = clock;
        _reconnect = new ReconnectPolicy(random);
        _logger = logger;
    }

    public void Start()
    {
        _store.Progressed += _signal.Set;
        _takeover.Settled += _signal.Set;
        _run = LoopStarter.Start(RunAsync, _options.Scheduler);
    }

    /// <summary>The live stream is online there: the backlog goes to the same gateway.</summary>
    public void OnOnline(HedgwEndpoint endpoint)
    {
        lock (_lock)
        {
            _endpoint = endpoint;
        }

        _signal.Set();
    }

    /// <summary>The live stream is offline, or what it may send has changed.</summary>
    public void OnChanged() => _signal.Set();

    /// <summary>Ends it; what is not confirmed stays in the store.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        lock (_lock)
        {
            _connection?.Stop();
        }

        _signal.Set();
        if (_run is { } run)
        {
            await run;
            _store.Progressed -= _signal.Set;
            _takeover.Settled -= _signal.Set;
        }

        _stop.Dispose();
    }

    private async Task<bool> RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            if (!IsDue(out HedgwEndpoint endpoint))
            {
                await _signal.WaitAsync();
                continue;
            }

            TimeSpan start = _clock.Now;
            if (await TryDeliverAsync(endpoint) is { } fault && !_stop.IsCancellationRequested)
            {
                Log.BacklogInterrupted(_logger, fault.Kind, fault.Message);
                await PauseAsync(_reconnect.Next(fault.Kind, _clock.Now - start) ?? TimeSpan.FromMinutes(5));
            }
        }

        return true;
    }

    private bool IsDue(out HedgwEndpoint endpoint)
    {
        BacklogSituation situation = _situation();
        lock (_lock)
        {
            endpoint = _endpoint.GetValueOrDefault();
            return _endpoint is not null && situation is { IsOnline: true, MaySend: true } && _store.HasBacklog;
        }
    }

    /// <returns>Why it was not delivered; null when it was, or the live stream has gone offline.</returns>
    private async Task<UplinkFault?> TryDeliverAsync(HedgwEndpoint endpoint)
    {
        try
        {
            await using IUplinkConnection connection = await _dialer.ConnectAsync(endpoint, _stop.Token);
            LoginResult login = await _dialer.LogInAsync(connection, _stop.Token);
            if (login.Fault is { } refused)
            {
                return refused;
            }

            Log.BacklogBegun(_logger, endpoint);
            var delivery = new BacklogConnection(connection, login, _store, _situation, _takeover, _options, _counters, _clock, _signal);
            lock (_lock)
            {
                _connection = delivery;
            }

            UplinkFault? fault = await delivery.RunAsync();
            if (fault is null && !_store.HasBacklog)
            {
                Log.BacklogDelivered(_logger);
            }

            return fault;
        }
#pragma warning disable CA1031 // whatever goes wrong in one connection is a fault of that connection
        catch (Exception error)
#pragma warning restore CA1031
        {
            return FaultMapping.ToFault(error, _logger);
        }
        finally
        {
            lock (_lock)
            {
                _connection = null;
            }

            _store.Rewind(); // what was sent and not confirmed comes again
        }
    }

    private async Task PauseAsync(TimeSpan wait)
    {
        try
        {
            await Task.Delay(wait, _clock.TimeProvider, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            // It is being stopped.
        }
    }
}
