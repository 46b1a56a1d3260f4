using Andmu.Pipeline.Control.Reports;
using Andmu.Pipeline.Device.Commands;
using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Device;

/// <content>What apps, the platform and schedules do to the device, and what it tells of itself.</content>
public sealed partial class AndmuDevice
{
    /// <summary>Raised when <see cref="IsOn"/> has changed, by the host, an app, the platform's settings or a schedule, on whatever thread changed it. A handler
    /// must not block; what it throws is logged.</summary>
    public event Action<bool>? PowerChanged
    {
        add => _control.PowerChanged += value;
        remove => _control.PowerChanged -= value;
    }

    /// <summary>Raised at every step of a firmware upgrade, as the platform is told of it, on the upgrade's thread. A handler must not block; what it throws
    /// is logged.</summary>
    public event Action<FirmwareProgress>? FirmwareProgressed
    {
        add => _control.FirmwareProgressed += value;
        remove => _control.FirmwareProgressed -= value;
    }

    /// <summary>What the host does when an app asks for something. Set the handlers before the start, so that no command comes too early.</summary>
    public CommandHandlers Commands => _control.Commands;

    /// <summary>Commands by what became of them.</summary>
    public CommandTotals CommandTotals => _control.CommandTotals;

    /// <summary>Whether the device is on (request 1815 and schedules, specification 5.2.9). Off: no media is sent, nor ever what is captured meanwhile; the
    /// heartbeat stays. May be set at any time: on, in spite of a schedule, until that changes next.</summary>
    /// <remarks>Once the host or an app has set it, it holds until one of them sets it again. Until then: what <see cref="Settings"/> say when they are
    /// read, before the uplink starts if the platform answers; before that, what it was before the power-off (kept in
    /// <see cref="AndmuDeviceOptions.StateDirectory"/> with the registration), else true. What the platform does not know yet it is told.</remarks>
    public bool IsOn
    {
        get => _control.IsOn;
        set => _control.IsOn = value;
    }

    /// <summary>Whether the microphone is on (specification 5.2.9.4). Off: silence takes the place of what is written to <see cref="Audio"/>, before it is
    /// buffered. May be set at any time; holds as <see cref="IsOn"/> does.</summary>
    public bool IsMicrophoneOn
    {
        get => _control.IsMicrophoneOn;
        set => _control.IsMicrophoneOn = value;
    }

    /// <summary>Whether persons are counted now: switched on, and no schedule is against it (specification 5.2.9.18, 5.2.9.19).</summary>
    public bool IsCountingPersons => _control.IsCountingPersons;

    /// <summary>Whether the user wants no alarms now (<c>alarmAlertOffSchedule</c>, specification 5.1.5). Events are reported all the same, for their clips are
    /// recorded: it is for what the camera itself does, such as a siren.</summary>
    public bool IsAlarmOff => _control.IsAlarmOff;

    /// <summary>Tells the platform what has changed at the device: Wi-Fi network, SD card, the head's geometry (specification 5.1.6). What the switches do
    /// it is told anyway.</summary>
    /// <remarks>May be called at any time: it is told when it can be, again until it has taken it, and the latest of each alone.</remarks>
    /// <param name="update">What has changed; at least one of it.</param>
    public void ReportStatus(CameraStatusUpdate update) => _control.Report(update);

    /// <summary>Gives up the firmware upgrade that is under way, if there is one; the platform is told that it failed.</summary>
    public void CancelFirmwareUpgrade() => _control.CancelFirmwareUpgrade();
}
