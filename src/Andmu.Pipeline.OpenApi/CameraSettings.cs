namespace Andmu.Pipeline.OpenApi;

/// <summary>
/// The settings that the platform holds for a device (specification 5.1.5, <c>camRW</c>). What the platform did not send, or sent
/// empty, is null: the device keeps what it has, or the default named here.
/// </summary>
public sealed record CameraSettings
{
    /// <summary>The device's name as its user has chosen it.</summary>
    public string? Title { get; init; }

    /// <summary>Whether the camera is on.</summary>
    public bool? Status { get; init; }

    /// <summary>Whether video is in the device's full resolution (<c>HDVideo</c>).</summary>
    public bool? HdVideo { get; init; }

    /// <summary>Whether the microphone is on. Off means that silence is sent, not that nothing is.</summary>
    public bool? CameraMicrophone { get; init; }

    /// <summary>Whether the status light is on.</summary>
    public bool? StatusLight { get; init; }

    /// <summary>Whether the picture is turned by 180 degrees.</summary>
    public bool? CameraImageRotate { get; init; }

    /// <summary>Night vision.</summary>
    public NightVision? NightVision { get; init; }

    /// <summary>Suppression of flicker.</summary>
    public AntiFlicker? AntiFlicker { get; init; }

    /// <summary>
    /// Sensitivity of motion detection: 30, 50, 80, 90 or 100 by the specification, whose default is 80; anything from 0 to 100 is passed on.
    /// </summary>
    public int? MotionSensitivity { get; init; }

    /// <summary>
    /// Sensitivity of sound detection: 80, 85, 90, 95 or 100 by the specification, whose default is 90; anything from 0 to 100 is passed on.
    /// </summary>
    public int? SoundSensitivity { get; init; }

    /// <summary>Whether motion is reported to the user.</summary>
    public bool? MotionNotification { get; init; }

    /// <summary>Whether sound is reported to the user.</summary>
    public bool? SoundNotification { get; init; }

    /// <summary>Whether the head follows what moves.</summary>
    public bool? MotionTrack { get; init; }

    /// <summary>After which time without motion the head returns (<c>motionTrackBackTime</c>, whole seconds).</summary>
    public TimeSpan? MotionTrackBackTime { get; init; }

    /// <summary><c>motionTrackPackTime</c>, whole seconds: it stands in the specification's example only, without a meaning.</summary>
    public TimeSpan? MotionTrackPackTime { get; init; }

    /// <summary>
    /// Which of the 5 x 5 blocks of the picture motion is looked for in: 1 to 25, in serpentines from the top left corner; null means all.
    /// </summary>
    public IReadOnlyList<int>? MotionRegions { get; init; }

    /// <summary>When the camera is off.</summary>
    public IReadOnlyList<ScheduleEntry>? CameraOffSchedule { get; init; }

    /// <summary>When alarms are not reported.</summary>
    public IReadOnlyList<ScheduleEntry>? AlarmAlertOffSchedule { get; init; }

    /// <summary>Whether persons are counted.</summary>
    public bool? PersonStatus { get; init; }

    /// <summary>Where persons are counted.</summary>
    public IReadOnlyList<PersonRegion>? PersonRegions { get; init; }

    /// <summary>When persons are counted.</summary>
    public IReadOnlyList<ScheduleEntry>? PersonSchedules { get; init; }
}
