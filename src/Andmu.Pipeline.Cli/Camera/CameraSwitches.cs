using System.Globalization;
using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Regions;
using Andmu.Pipeline.Control.Schedules;

namespace Andmu.Pipeline.Cli.Camera;

/// <summary>What a camera can be set to: it keeps what it was told last and says so, what and value. Nothing in a simulated camera is changed by it
/// but the picture. Values are taken as they come: who tells them has checked them. One writer; any thread reads.</summary>
/// <param name="say">Gets a line for everything that is set, also to what it was.</param>
internal sealed class CameraSwitches(Action<string>? say = null)
{
    /// <summary>Whether the camera is on; its device sees to that.</summary>
    public bool IsOn { get; set => field = Say("power", value, OnOff(value)); } = true;

    /// <summary>When the camera is off; its device sees to that.</summary>
    public WeeklySchedule OffSchedule { get; set => field = Say("off schedule", value, Describe(value)); } = WeeklySchedule.Never;

    /// <summary>Whether the microphone is on; the device sees to that.</summary>
    public bool Microphone { get; set => field = Say("microphone", value, OnOff(value)); } = true;

    public bool StatusLight { get; set => field = Say("status light", value, OnOff(value)); } = true;

    public NightVisionMode NightVision { get; set => field = Say("night vision", value, NameOf(value)); } = NightVisionMode.Auto;

    /// <summary>The mains whose flicker is suppressed.</summary>
    public MainsFrequency AntiFlicker { get; set => field = Say("anti-flicker", value, $"{(int)value} Hz"); } = MainsFrequency.Hz50;

    /// <summary>Whether the picture is turned by 180 degrees.</summary>
    public bool IsRotated { get; set => field = Say("rotation", value, value ? "180" : "0"); }

    /// <summary>30 to 100; the default is the specification's (5.1.5).</summary>
    public int MotionSensitivity { get; set => field = Say("motion sensitivity", value, Whole(value)); } = 80;

    /// <summary>80 to 100; the default is the specification's (5.1.5).</summary>
    public int SoundSensitivity { get; set => field = Say("sound sensitivity", value, Whole(value)); } = 90;

    /// <summary>Where motion is looked for.</summary>
    public MotionRegions MotionRegions { get; set => field = Say("motion regions", value, value.ToString()); } = MotionRegions.All;

    /// <summary>Whether the head follows what moves.</summary>
    public bool MotionTracking { get; set => field = Say("motion tracking", value, OnOff(value)); }

    /// <summary>After how long without motion the head returns; the default is that of the specification's example (5.2.9.22).</summary>
    public TimeSpan TrackingReturnTime { get; set => field = Say("tracking return time", value, Seconds(value)); } = TimeSpan.FromSeconds(30);

    /// <summary>Whether persons are counted; the device sees to that.</summary>
    public bool PersonCounting { get; set => field = Say("person counting", value, OnOff(value)); }

    /// <summary>Where persons are counted; empty means everywhere.</summary>
    public IReadOnlyList<PersonRegion> PersonRegions
    {
        get;
        set => field = Say("person regions", value, ListOf(value.Select(Describe), none: "everywhere"));
    }

    = [];

    /// <summary>When persons are counted; the device sees to that.</summary>
    public WeeklySchedule PersonSchedule { get; set => field = Say("person schedule", value, Describe(value)); } = WeeklySchedule.Never;

    private static string OnOff(bool value) => value ? "on" : "off";

    private static string NameOf(NightVisionMode value) => value switch { NightVisionMode.Off => "off", NightVisionMode.On => "on", _ => "auto" };

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan value) => string.Create(CultureInfo.InvariantCulture, $"{value.TotalSeconds:0.###} s");

    private static string Describe(PersonRegion region) => string.Create(
        CultureInfo.InvariantCulture, $"{region.Width}x{region.Height}+{region.X}+{region.Y}");

    private static string Describe(WeeklySchedule schedule) => ListOf(schedule.Entries.Select(Describe), none: "none");

    private static string Describe(ScheduleEntry entry) => string.Create(
        CultureInfo.InvariantCulture, $"{NameOf(entry.Days)} {entry.Start:HH:mm}-{entry.End:HH:mm} UTC{(entry.Enabled ? "" : " (not in use)")}");

    private static string NameOf(WeekDays days) => days switch
    {
        WeekDays.EveryDay => "daily",
        WeekDays.None => "never",
        _ => string.Join('+', Enum.GetValues<DayOfWeek>().Where(day => ((int)days & (1 << (int)day)) != 0).Select(static day => day.ToString()[..3])),
    };

    private static string ListOf(IEnumerable<string> parts, string none) => string.Join(", ", parts) is { Length: > 0 } text ? text : none;

    private T Say<T>(string what, T value, string text)
    {
        say?.Invoke($"{what} {text}");
        return value;
    }
}
