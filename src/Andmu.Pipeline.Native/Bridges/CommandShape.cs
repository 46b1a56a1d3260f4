using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Schedules;
using Andmu.Pipeline.Native.Interop;

namespace Andmu.Pipeline.Native.Bridges;

/// <summary>Commands as andmu_command has them: one flat structure, in which each command uses the members that its comment in the header names.</summary>
internal static unsafe class CommandShape
{
    /// <summary>The command; what it points to lives as long as the scope.</summary>
    /// <exception cref="ArgumentException">A text has a NUL in it: C would see another one.</exception>
    public static NativeCommand Of(ControlCommand command, NativeScope scope) => command switch
    {
        SetMotionSensitivity it => Value(NativeCommandCode.MotionSensitivity, it.Value),
        SetSoundSensitivity it => Value(NativeCommandCode.SoundSensitivity, it.Value),
        SetMicrophone it => Value(NativeCommandCode.Microphone, Bit(it.On)),
        SetResolution it => Value(NativeCommandCode.Resolution, (int)it.Resolution),
        SetRotation it => Value(NativeCommandCode.Rotation, Bit(it.Rotated)),
        SetStatusLight it => Value(NativeCommandCode.StatusLight, Bit(it.On)),
        SetNightVision it => Value(NativeCommandCode.NightVision, (int)it.Mode),
        SetAntiFlicker it => Value(NativeCommandCode.AntiFlicker, (int)it.Frequency),
        SetDevicePower it => Value(NativeCommandCode.Power, Bit(it.On)),
        StepPtz it => Value(NativeCommandCode.PtzStep, (int)(it.Direction ?? PtzDirection.None)),
        TurnPtz it => Value(NativeCommandCode.PtzTurn, (int)(it.Direction ?? PtzDirection.None)),
        SetPtzPosition it => new NativeCommand { Code = NativeCommandCode.PtzPosition, Pan = it.Pan, Tilt = it.Tilt },
        SetMotionRegions it => new NativeCommand { Code = NativeCommandCode.MotionRegions, BlockMask = (uint)it.Regions.Mask },
        SetWifi it => Wifi(it, scope),
        SetOffSchedule it => Schedule(NativeCommandCode.OffSchedule, it.Schedule, 0, scope),
        SetPersonRegions it => Regions(it, scope),
        SetPersonCounting it => Value(NativeCommandCode.PersonCounting, Bit(it.On)),
        SetPersonSchedule it => Schedule(NativeCommandCode.PersonSchedule, it.Schedule, it.On is { } on ? Bit(on) : -1, scope),
        FormatSdCard => Value(NativeCommandCode.FormatCard, 0),
        SetMotionTracking it => Value(NativeCommandCode.MotionTracking, Bit(it.On)),
        SetTrackingReturnTime it => Value(NativeCommandCode.TrackingReturn, (int)it.Time.TotalSeconds),
        SetPanorama it => new NativeCommand
        {
            Code = NativeCommandCode.Panorama,
            Value = Bit(it.On),
            Pan = it.DegreesPerShot,
            Tilt = (int)it.Stand,
        },
        QueryWifiList => Value(NativeCommandCode.QueryWifi, 0),
        QuerySdCard => Value(NativeCommandCode.QueryCard, 0),
        QueryPtzPosition => Value(NativeCommandCode.QueryPtz, 0),
        _ => throw new ArgumentException($"{command.GetType().Name} has no form in C."),
    };

    private static NativeCommand Value(NativeCommandCode code, int value) => new() { Code = code, Value = value };

    private static int Bit(bool on) => on ? 1 : 0;

    private static NativeCommand Wifi(SetWifi command, NativeScope scope)
    {
        string[] texts = [command.Ssid, command.Bssid, command.Encryption, command.Key];
        return texts.Any(static text => text.Contains('\0'))
            ? throw new ArgumentException("A text of the command has a NUL in it.")
            : new NativeCommand
            {
                Code = NativeCommandCode.Wifi,
                Ssid = scope.Text(command.Ssid),
                Bssid = scope.Text(command.Bssid),
                Encryption = scope.Text(command.Encryption),
                Key = scope.Text(command.Key),
            };
    }

    private static NativeCommand Regions(SetPersonRegions command, NativeScope scope)
    {
        NativeRegion[] regions = [.. command.Regions.Select(static it => new NativeRegion { X = it.X, Y = it.Y, Width = it.Width, Height = it.Height })];
        return new NativeCommand
        {
            Code = NativeCommandCode.PersonRegions,
            RegionCount = (uint)regions.Length,
            Regions = scope.Array<NativeRegion>(regions),
        };
    }

    private static NativeCommand Schedule(NativeCommandCode code, WeeklySchedule schedule, int value, NativeScope scope)
    {
        NativeSchedule[] lines = [.. schedule.Entries.Select(Line)];
        return new NativeCommand
        {
            Code = code,
            Value = value,
            ScheduleCount = (uint)lines.Length,
            Schedule = scope.Array<NativeSchedule>(lines),
        };
    }

    private static NativeSchedule Line(ScheduleEntry entry) => new()
    {
        Days = (int)entry.Days,
        StartMinute = entry.Start.Hour * 60 + entry.Start.Minute,
        EndMinute = entry.End.Hour * 60 + entry.End.Minute,
        Enabled = Bit(entry.Enabled),
    };
}
