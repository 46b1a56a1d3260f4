using static Andmu.Pipeline.Gateway.Commands.CommandLayout;

namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>The 26 commands that apps send in DevAppCmd type 33, in the specification's order (5.2.9.2 to 5.2.10.3).</summary>
internal static class AppCommands
{
    public const string Panorama = "panorama";
    public const string Resolution = "resolution";
    public const int Upgrade = 4097;

    private const int Query = 1792; // 0x700
    private const int Set = 1793; // 0x701
    private const int OnOff = 1815;

    private const int MaxAngle = 1_000_000; // 5.2.9.12

    // The specification has no bound. A day is more than any camera waits.
    private const int MaxReturnSeconds = 86_400;

    private static readonly (string, int)[] Switch = [("on", 1), ("off", 0)];
    private static readonly (string, int)[] Directions = [("left", 1), ("right", 2), ("up", 3), ("down", 4)];

    public static IReadOnlyList<CommandDefinition> All { get; } = [.. Settings(), .. Moves(), .. Lists(), .. Answered()];

    private static IEnumerable<CommandDefinition> Settings() =>
    [
        Command("motion-sensitivity", "How sensitive motion detection is.", 15, ContentFirst, Value(30, 50, 80, 90, 100)),
        Command("sound-sensitivity", "How sensitive sound detection is.", 29, ContentFirst, Value(80, 85, 90, 95, 100)),
        Command("microphone", "The microphone, or silence in its stead.", 37, ContentFirst, Value(Switch)),
        new CommandDefinition(Resolution, "HD is the device's best, SD is VGA; answered when it has changed.", Value(("hd", 1), ("sd", 0)))
        {
            Request = Set,
            SubRequest = 30,
            Answer = AnswerKind.ResolutionChange,
        },
        Command("rotation", "Turns the picture upside down, or back.", 23, ContentFirst, Value(0, 180)),
        Command("status-light", "The status light.", 19, ContentFirst, Value(Switch)),
        Command("night-vision", "Night vision.", 21, ContentFirst, Value([.. Switch, ("auto", 2)])),
        Command("anti-flicker", "The mains frequency, Hz.", 36, ContentFirst, Value(50, 60)),
        new CommandDefinition("power", "Off: no media; the heartbeat goes on.", Value(("on", 1), ("off", 4))) { Request = OnOff, SubRequest = -1 },
        Command("person-count", "Counts persons, or does not.", 92, Versioned, Value(("on", 1), ("off", 4))),
        Command("motion-track", "Follows what moves, or does not.", 109, Versioned, Value(Switch)),
        Command("track-return", "After how long the camera turns back from what it followed, s.", 116, Versioned,
            new CommandParameter("seconds", ValueForm.Whole("value", 0, MaxReturnSeconds))),
    ];

    private static IEnumerable<CommandDefinition> Moves() =>
    [
        Command("ptz-step", "Turns the camera one step, or home.", 5, ContentLast,
            new CommandParameter("direction", ValueForm.Choice("value", [.. Directions, ("home", 0)]))),
        Command("ptz-move", "Turns the camera until it is stopped.", 82, ContentLast,
            new CommandParameter("direction", ValueForm.Choice("value", [.. Directions, ("stop", 0)]))),
        Command("ptz-to", "Turns the camera to a position; 0 is the centre.", 81, ContentLast,
            new CommandParameter("pan", ValueForm.Whole("pan", -MaxAngle, MaxAngle)),
            new CommandParameter("tilt", ValueForm.Whole("tilt", -MaxAngle, MaxAngle))),
    ];

    private static IEnumerable<CommandDefinition> Lists() =>
    [
        Command("motion-regions", "Where motion is detected: blocks of a picture of 5 by 5.", 56, ContentLast | Versioned,
            new CommandParameter("regions", ListForms.MotionRegions)),
        Command("off-schedule", "When the device is off.", 26, ContentFirst, new CommandParameter("schedule", ListForms.Schedule)),
        Command("person-regions", "Where persons are counted.", 94, ContentLast | Versioned,
            new CommandParameter("regions", ListForms.PersonRegions)),
        Command("person-schedule", "When persons are counted.", 93, Versioned,
            new CommandParameter("schedule", ListForms.Schedule),
            new CommandParameter("status", ValueForm.Choice("status", Switch), "on")),
    ];

    private static IEnumerable<CommandDefinition> Answered() =>
    [
        new CommandDefinition(
            "firmware", "Upgrades the firmware or the camera app; its progress is told.",
            new CommandParameter("type", ValueForm.Choice("serviceType", ("firmware", 1), ("app", 2)), "firmware"),
            new CommandParameter("url", ValueForm.Plain("url", "URL", static text => Uri.IsWellFormedUriString(text, UriKind.Absolute))),
            new CommandParameter("version", ValueForm.Plain("newServiceVersion", "VERSION", static text => text.Length > 0)),
            new CommandParameter("md5", ValueForm.Plain("checkSum", "32 hexadecimal digits", IsMd5)))
        {
            Request = Upgrade,
        },
        Asking("wifi", "Another Wi-Fi network.", Set, 17, ContentFirst, check: null,
            new CommandParameter("encryption", ValueForm.Plain("encryption", "NAME"), "WPA/WPA2"),
            new CommandParameter("ssid", ValueForm.Plain("ssid", "NAME", static text => text.Length > 0)),
            new CommandParameter("bssid", ValueForm.Plain("bssid", "ADDRESS"), ""),
            new CommandParameter("key", ValueForm.Plain("key", "KEY"), "")),
        Asking("format-card", "Formats the SD card.", Set, 87, Versioned, check: null),
        Asking(Panorama, "Takes pictures all around; they come after the answer.", Set, 153, Versioned, check: null,
            Value(("start", 1), ("stop", 0)),
            new CommandParameter("angle", ValueForm.Whole("angle", 1, 360), "30"),
            new CommandParameter("stand", ValueForm.Choice("stand", ("upright", 1), ("ceiling", 0)), "upright")),
        Asking("list-wifi", "The Wi-Fi networks in reach.", Query, 16, ContentFirst, ResponseCheck.WifiNetworks),
        Asking("card-info", "The SD card's partitions, bytes.", Query, 85, Versioned, ResponseCheck.CardPartitions),
        Asking("ptz-position", "Where the camera looks.", Query, 81, ContentLast, ResponseCheck.PtzPosition),
    ];

    private static CommandDefinition Command(
        string name, string description, int subRequest, CommandLayout layout, params CommandParameter[] parameters) =>
        new(name, description, parameters) { Request = Set, SubRequest = subRequest, Layout = layout };

    private static CommandDefinition Asking(
        string name,
        string description,
        int request,
        int subRequest,
        CommandLayout layout,
        Action<FieldReader, System.Text.Json.JsonElement>? check,
        params CommandParameter[] parameters) => new(name, description, parameters)
        {
            Request = request,
            SubRequest = subRequest,
            Layout = layout,
            Answer = AnswerKind.Response,
            CheckResponse = check,
        };

    private static CommandParameter Value(params int[] numbers) => new("value", ValueForm.Choice("value", numbers));

    private static CommandParameter Value(params (string, int)[] choices) => new("value", ValueForm.Choice("value", choices));

    private static bool IsMd5(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigit);
}
