using System.Globalization;
using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Cli.Camera;

/// <summary>What a camera can be set to: it keeps what it was told last and says so, <c>what = value</c>. Nothing in a simulated camera is changed by it
/// but the picture. Values are taken as they come: who tells them has checked them. One writer; any thread reads.</summary>
/// <param name="say">Gets a line for everything that is set, also to what it was.</param>
internal sealed class CameraSwitches(Action<string>? say = null)
{
    public bool StatusLight { get; set => field = Say("status light", value, OnOff(value)); } = true;

    public NightVision NightVision { get; set => field = Say("night vision", value, NameOf(value)); } = NightVision.Auto;

    public AntiFlicker AntiFlicker { get; set => field = Say("anti-flicker", value, NameOf(value)); } = AntiFlicker.Hz50;

    /// <summary>Whether the picture is turned by 180 degrees.</summary>
    public bool IsRotated { get; set => field = Say("rotation", value, value ? "180" : "0"); }

    /// <summary>30 to 100; the default is the specification's (5.1.5).</summary>
    public int MotionSensitivity { get; set => field = Say("motion sensitivity", value, Whole(value)); } = 80;

    /// <summary>80 to 100; the default is the specification's (5.1.5).</summary>
    public int SoundSensitivity { get; set => field = Say("sound sensitivity", value, Whole(value)); } = 90;

    /// <summary>Where motion is looked for.</summary>
    public MotionGrid MotionRegions { get; set => field = Say("motion regions", value, value.ToString()); } = MotionGrid.All;

    /// <summary>Whether the head follows what moves.</summary>
    public bool MotionTracking { get; set => field = Say("motion tracking", value, OnOff(value)); }

    /// <summary>After how long without motion the head returns; the default is that of the specification's example (5.2.9.22).</summary>
    public TimeSpan TrackingReturnTime { get; set => field = Say("tracking return time", value, Seconds(value)); } = TimeSpan.FromSeconds(30);

    /// <summary>Whether persons are counted.</summary>
    public bool PersonCounting { get; set => field = Say("person counting", value, OnOff(value)); }

    /// <summary>Where persons are counted; empty means everywhere.</summary>
    public IReadOnlyList<PersonRegion> PersonRegions
    {
        get;
        set => field = Say("person regions", value, ListOf(value.Select(Describe), none: "everywhere"));
    }

    = [];

    /// <summary>When persons are counted; empty means always.</summary>
    public IReadOnlyList<ScheduleEntry> PersonSchedule
    {
        get;
        set => field = Say("person schedule", value, ListOf(value.Select(Describe), none: "always"));
    }

    = [];

    private static string OnOff(bool value) => value ? "on" : "off";

    private static string NameOf(NightVision value) => value switch { NightVision.Off => "off", NightVision.On => "on", _ => "auto" };

    private static string NameOf(AntiFlicker value) => value switch
    {
        AntiFlicker.Off => "off",
        AntiFlicker.On => "on",
        AntiFlicker.Hz60 => "60 Hz",
        _ => "50 Hz",
    };

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan value) => string.Create(CultureInfo.InvariantCulture, $"{value.TotalSeconds:0.###} s");

    private static string Describe(PersonRegion region) => string.Create(
        CultureInfo.InvariantCulture, $"{region.Width}x{region.Height}+{region.X}+{region.Y}");

    private static string Describe(ScheduleEntry entry) => string.Create(
        CultureInfo.InvariantCulture, $"{Days(entry.Repeat)} {entry.Start:HH:mm}-{entry.End:HH:mm} UTC{(entry.Enabled ? "" : " (not in use)")}");

    // Bit 0 is Sunday, as in DayOfWeek.
    private static string Days(int repeat) => repeat == 0x7F ? "daily"
        : string.Join('+', Enum.GetValues<DayOfWeek>().Where(day => (repeat & (1 << (int)day)) != 0).Select(static day => day.ToString()[..3]));

    private static string ListOf(IEnumerable<string> parts, string none) => string.Join(", ", parts) is { Length: > 0 } text ? text : none;

    private T Say<T>(string what, T value, string text)
    {
        say?.Invoke($"{what} = {text}");
        return value;
    }
}
