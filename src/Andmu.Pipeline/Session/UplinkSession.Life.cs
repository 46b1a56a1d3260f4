using System.Diagnostics;
using Andmu.Pipeline.Diagnostics;
using Andmu.Pipeline.Transport;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Session;

/// <content>Its life, from connection to connection.</content>
public sealed partial class UplinkSession
{
    private async Task<UplinkFault> RunAsync()
    {
        while (true)
        {
            _onlineSince = null;
            UplinkFault fault = await TryOnceAsync();
            if (_stop.IsCancellationRequested)
            {
                return await EndAsync(StoppedByHost);
            }

            TimeSpan online = _onlineSince is { } since ? _parts.Clock.Now - since : TimeSpan.Zero;
            if (_reconnect.Next(fault.Kind, online) is not { } delay)
            {
                return await EndAsync(fault);
            }

            Log.Offline(Logger, fault.Kind, fault.Message, delay.TotalSeconds);
            SetState(UplinkState.Waiting, fault);
            _backlog.OnOffline();
            await _pause.WaitAsync(delay, mayBeShort: fault.Kind != UplinkFaultKind.NotAdmitted, _stop.Token);
        }
    }

    private async Task<UplinkFault> TryOnceAsync()
    {
        SetState(UplinkState.Connecting, null);
        Activity? span = null;
        try
        {
            _stop.Token.ThrowIfCancellationRequested();
            HedgwEndpoint endpoint = await _rotation.NextAsync(_stop.Token);
            Log.Connecting(Logger, endpoint);
            span = UplinkTracing.StartConnect(endpoint, Options.Name, DeviceTime);
            await using IUplinkConnection connection = await _dialer.ConnectAsync(endpoint, _stop.Token);
            Log.LoggingIn(Logger, endpoint);
            SetState(UplinkState.LoggingIn, null);
            LoginResult login = await _dialer.LogInAsync(connection, _stop.Token);
            UplinkTracing.EndConnect(span, login.Fault, DeviceTime);
            if (login.Fault is { } refused)
            {
                _rotation.OnLoginFailed();
                return refused;
            }

            _rotation.OnOnline(endpoint);
            _onlineSince = _parts.Clock.Now;
            return await StayOnlineAsync(endpoint, connection, login);
        }
#pragma warning disable CA1031 // whatever goes wrong in one connection is a fault of that connection
        catch (Exception error)
#pragma warning restore CA1031
        {
            UplinkFault fault = FaultMapping.ToFault(error, Logger);
            UplinkTracing.EndConnect(span, _stop.IsCancellationRequested ? StoppedByHost : fault, DeviceTime);
            return fault;
        }
    }

    private async Task<UplinkFault> StayOnlineAsync(HedgwEndpoint endpoint, IUplinkConnection connection, LoginResult login)
    {
        var live = new LiveConnection(this, connection, login, _parts);
        lock (_lock)
        {
            _live = live;
        }

        Terms = login.Terms;
        SetPlan(login.Plan);
        _parts.Inputs.Viewers.Clear(); // the platform starts the views of a new connection anew
        Counters.OnLogin();
        if (login.ServerTime is { } server)
        {
            _buffer.ClockOffset = server - _parts.Clock.TimeProvider.GetUtcNow();
        }

        Log.Online(Logger, endpoint, login.Plan, login.PingSpan);
        SetState(UplinkState.Online, null);
        await _backlog.OnOnlineAsync(endpoint);
        if (_stop.IsCancellationRequested)
        {
            live.Stop();
        }

        if (Statistics.Reconnects > 0)
        {
            Log.Resuming(Logger, _parts.Cursor.Fill.UnsentMs);
        }

        UplinkFault fault = await live.RunAsync();
        lock (_lock)
        {
            _live = null;
        }

        return fault;
    }

    private bool IsDelivered(long end)
    {
        LiveConnection? live;
        lock (_lock)
        {
            live = _live;
        }

        return live is not null && _backlog.IsEmpty && live.CheckDelivered(_parts.Inputs.IsAnythingDue ? end : _parts.Clips.UnconfirmedTo);
    }

    private void SetPlan(DevicePlan plan)
    {
        if (!_parts.Inputs.SetPlan(plan))
        {
            return;
        }

        Log.PlanChanged(Logger, plan);
        HostHandlers.Raise(PlanChanged, plan, Logger);
        if (plan == DevicePlan.Deleted)
        {
            _live?.End(UplinkFault.DeletedBy(plan));
        }

        _parts.Signal.Set();
    }

    private void OnClipEnded(EventClipReport report)
    {
        Counters.OnClip(report);
        UplinkTracing.Clip(report, Options.Name, _buffer.ClockOffset, DeviceTime);
        if (report.IsWhole)
        {
            Log.ClipDelivered(Logger, report.EventTime, report.PreRoll, report.PostRoll);
        }
        else
        {
            Log.ClipShort(Logger, report.EventTime, report.Outcome, report.MissingPreRoll, report.MissingPostRoll, report.Lost.Packages);
        }

        HostHandlers.Raise(ClipFinished, report, Logger);
    }

    private async Task<UplinkFault> EndAsync(UplinkFault fault)
    {
        await _backlog.StopAsync(keepRest: fault.Kind == UplinkFaultKind.Stopped);
        if (fault.Kind == UplinkFaultKind.Stopped)
        {
            Log.Stopped(Logger);
        }
        else
        {
            Log.Ended(Logger, fault.Kind, fault.Message);
        }

        _parts.Clips.Close(report: Plan == DevicePlan.Event);
        _parts.Cursor.RetainNothing();
        SetState(UplinkState.Ended, fault);
        _drain.OnProgress();
        return fault;
    }

    private void SetState(UplinkState state, UplinkFault? fault)
    {
        lock (_lock)
        {
            _state = state;
        }

        HostHandlers.Raise(StateChanged, new UplinkStateChange(state, fault), Logger);
    }
}
