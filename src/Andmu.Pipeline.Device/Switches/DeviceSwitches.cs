using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Device.Diagnostics;
using Andmu.Pipeline.OpenApi;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Switches;

/// <summary>Device, microphone and person count, on or off: by hand, by the platform, and by the week. Thread-safe.</summary>
/// <remarks>
/// <para>Who decides on a switch, the strongest first: the host or an app, once one of them has set it; the platform's settings (specification 5.1.5); how
/// it was before the power-off, if the same user's; on. So that a camera which its user has switched off sends no picture after a power cut,
/// even if the settings cannot be read. A schedule comes on top, by the platform's clock.</para>
/// <para>Whatever the platform does not know yet, because the host or a schedule has done it, it is told (specification 5.1.6).</para>
/// </remarks>
internal sealed class DeviceSwitches : IDisposable
{
    /// <summary>The clock may be set, by the platform or by hand: schedules are looked at this often, while there is one.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly SwitchMemory _memory;
    private readonly MediaTrack? _audio;
    private readonly bool _countsPersons;
    private readonly Func<DateTimeOffset> _platformTime;
    private readonly Action<SwitchPositions> _apply;
    private readonly Action<CameraStatusUpdate> _report;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private SwitchState _state;
    private SwitchPositions _positions;
    private SwitchPositions _told; // what the platform takes them to be
    private OffTold _offTold; // of that, what we have told it because of a schedule
    private bool _isRegistered;
    private bool _isPowerDecided;
    private bool _isMicrophoneDecided;
    private bool _isDisposed;

    /// <param name="memory">What is kept over a restart.</param>
    /// <param name="audio">The microphone; null for a device without.</param>
    /// <param name="countsPersons">Whether there is a person count to switch.</param>
    /// <param name="platformTime">Now, by the platform's clock.</param>
    /// <param name="apply">Switches what there is to switch; called for every change, and again without one. Must not block.</param>
    /// <param name="report">Tells the platform. Must not block.</param>
    /// <param name="timeProvider">For the changes to come.</param>
    /// <param name="logger">Where what a schedule does is noted.</param>
    public DeviceSwitches(
        SwitchMemory memory, MediaTrack? audio, bool countsPersons, Func<DateTimeOffset> platformTime, Action<SwitchPositions> apply,
        Action<CameraStatusUpdate> report, TimeProvider timeProvider, ILogger logger)
    {
        _memory = memory;
        _audio = audio;
        _countsPersons = countsPersons;
        _platformTime = platformTime;
        _apply = apply;
        _report = report;
        _logger = logger;
        _timer = timeProvider.CreateTimer(
            static state => ((DeviceSwitches)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _state = memory.Load(out _offTold);
        _positions = _state.At(platformTime());
        lock (_lock)
        {
            Settle(); // at once: what is written to a microphone that is off is silence from the first pack on
        }
    }

    /// <summary>Raised, outside of any lock, when the device was switched on or off, by whomever.</summary>
    public event Action<bool>? PowerChanged;

    public bool IsOn
    {
        get => Positions.IsOn;
        set => Change(state => state with { Power = state.Power.Set(value, Now) }, () => _isPowerDecided = true);
    }

    public bool IsMicrophoneOn
    {
        get => Positions.IsMicrophoneOn;
        set => Change(state => state with { IsMicrophoneOn = value }, () => _isMicrophoneDecided = true);
    }

    public bool IsCountingPersons => Positions.IsCountingPersons;

    /// <summary>Whether the user wants no alarms now.</summary>
    public bool IsAlarmOff
    {
        get
        {
            lock (_lock)
            {
                return _state.AlarmOff.IsActive(Now);
            }
        }
    }

    private DateTimeOffset Now => _platformTime();

    private SwitchPositions Positions
    {
        get
        {
            lock (_lock)
            {
                return _positions;
            }
        }
    }

    /// <summary>There is a registration, kept or new: what another user has set is forgotten by now.</summary>
    public void OnRegistered() => Change(
        state =>
        {
            SwitchState kept = _memory.Load(out _offTold);
            return kept with
            {
                Power = _isPowerDecided ? kept.Power.Set(state.Power.IsOn, Now) : kept.Power,
                IsMicrophoneOn = _isMicrophoneDecided ? state.IsMicrophoneOn : kept.IsMicrophoneOn,
            };
        },
        () =>
        {
            _isRegistered = true;
            _told = _state.At(Now); // until the settings say what it really takes them to be
        });

    /// <summary>The platform's settings were read. A schedule that they hold replaces the one that there is.</summary>
    public void Apply(CameraSettings settings) => Change(
        state =>
        {
            PowerSwitch power = state.Power.Replace(SettingsSchedule.Of(settings.CameraOffSchedule) ?? state.Power.OffSchedule);
            bool? on = _isPowerDecided || IsEcho(settings.Status, _offTold.Device) ? null : settings.Status;
            bool? microphone = _isMicrophoneDecided ? null : settings.CameraMicrophone;
            bool? persons = IsEcho(settings.PersonStatus, _offTold.Persons) ? null : settings.PersonStatus;
            return new SwitchState(
                on is { } value && value != power.IsOn ? power.Set(value, Now) : power,
                microphone ?? state.IsMicrophoneOn,
                new PersonCounting(persons ?? state.Persons.IsOn, SettingsSchedule.Of(settings.PersonSchedules) ?? state.Persons.Schedule),
                SettingsSchedule.Of(settings.AlarmAlertOffSchedule) ?? state.AlarmOff);
        },
        () => Believe(settings.Status, settings.PersonStatus));

    /// <summary>An app has switched the device (specification 5.2.9.10).</summary>
    public void Do(SetDevicePower command) => Change(
        state => state with { Power = state.Power.Set(command.On, Now) },
        () =>
        {
            _isPowerDecided = true;
            Believe(command.On, persons: null);
        });

    /// <summary>An app has switched the microphone (specification 5.2.9.4).</summary>
    public void Do(SetMicrophone command) => IsMicrophoneOn = command.On;

    /// <summary>An app has replaced the schedule by which the device is off (specification 5.2.9.16).</summary>
    public void Do(SetOffSchedule command) => Change(state => state with { Power = state.Power.Replace(command.Schedule) });

    /// <summary>An app has switched the person count (specification 5.2.9.18).</summary>
    public void Do(SetPersonCounting command) => Change(
        state => state with { Persons = state.Persons with { IsOn = command.On } }, () => Believe(device: null, command.On));

    /// <summary>An app has replaced the schedule of the person count (specification 5.2.9.19).</summary>
    public void Do(SetPersonSchedule command) => Change(
        state => state with { Persons = new PersonCounting(command.On ?? state.Persons.IsOn, command.Schedule) },
        () => Believe(device: null, command.On));

    /// <summary>The clock may be another, or what is switched: all is applied again.</summary>
    public void Refresh() => Change(static state => state);

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
        }

        _timer.Dispose();
    }

    /// <summary>"Off" in the settings says nothing of the user's will where the schedule alone has switched something off: it is what we have
    /// reported then, and would keep it off for good.</summary>
    private static bool IsEcho(bool? status, bool isOffTold) => status == false && isOffTold;

    /// <summary>The platform has said what it takes the switches to be; null is what it has not said.</summary>
    private void Believe(bool? device, bool? persons)
    {
        _told = _told with { IsOn = device ?? _told.IsOn, IsCountingPersons = persons ?? _told.IsCountingPersons };
        _offTold = new OffTold(_offTold.Device && !_told.IsOn, _offTold.Persons && !_told.IsCountingPersons);
    }

    private void OnTimer()
    {
        SwitchPositions before = Positions;
        Refresh();
        SwitchPositions after = Positions;
        if (after.IsOn != before.IsOn)
        {
            Log.SwitchedBySchedule(_logger, "the device", after.IsOn ? "on" : "off");
        }

        if (after.IsCountingPersons != before.IsCountingPersons)
        {
            Log.SwitchedBySchedule(_logger, "the person count", after.IsCountingPersons ? "on" : "off");
        }
    }

    private void Change(Func<SwitchState, SwitchState> change, Action? note = null)
    {
        bool wasOn, isOn;
        lock (_lock)
        {
            wasOn = _positions.IsOn;
            _state = change(_state);
            note?.Invoke();
            Settle();
            isOn = _positions.IsOn;
        }

        if (isOn != wasOn)
        {
            RaisePowerChanged(isOn);
        }
    }

    private void Settle()
    {
        DateTimeOffset now = Now;
        _positions = _state.At(now);
        if (_audio is not null)
        {
            _audio.IsMuted = !_positions.IsMicrophoneOn;
        }

        _apply(_positions);
        Tell();
        _memory.Keep(_state, _offTold);
        Arm(now);
    }

    private void Tell()
    {
        bool? on = _positions.IsOn == _told.IsOn ? null : _positions.IsOn;
        bool? persons = !_countsPersons || _positions.IsCountingPersons == _told.IsCountingPersons ? null : _positions.IsCountingPersons;
        if (_isRegistered && (on ?? persons) is not null)
        {
            _report(new CameraStatusUpdate { Status = on, PersonStatus = persons });
            _told = _positions;
            _offTold = new OffTold(_state.Power.IsOn && !_positions.IsOn, _state.Persons.IsOn && !_positions.IsCountingPersons);
        }
    }

    private void Arm(DateTimeOffset now)
    {
        if (!_isDisposed)
        {
            TimeSpan wait = _state.NextChange(now) is not { } next ? Timeout.InfiniteTimeSpan
                : next - now < LongestWait ? next - now
                : LongestWait;
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void RaisePowerChanged(bool on)
    {
        try
        {
            PowerChanged?.Invoke(on);
        }
#pragma warning disable CA1031 // the host's handler must not end the timer, or the uplink's thread
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.HandlerFailed(_logger, error);
        }
    }
}
