namespace Andmu.Pipeline.Control.Parsing;

/// <summary>The requestParams that are more than one value.</summary>
internal static class CommandParams
{
    private const int MaxMotionRegions = 25; // specification 5.2.9.13
    private const int MaxPersonRegions = 25; // not in the specification: as many as motion has
    private const int MaxSsidBytes = 32; // IEEE 802.11
    private const int MaxKeyBytes = 64; // WPA: 63 characters, or 64 digits
    private const int MaxTextBytes = 64;
    private const int MaxUrlBytes = 1024; // specification 1.2.2.1

    public static SetWifi Wifi(CommandObject p)
    {
        string ssid = p.Text("ssid", MaxSsidBytes);
        return ssid.Length > 0
            ? new SetWifi(ssid, p.OptionalText("bssid", MaxTextBytes), p.OptionalText("encryption", MaxTextBytes), p.OptionalText("key", MaxKeyBytes))
            : throw p.Wrong(RefusalReason.OutOfRange, "ssid", "1 to 32 bytes");
    }

    /// <summary>valueListNum only repeats the list's length, and is not looked at.</summary>
    public static WeeklySchedule Schedule(CommandObject p) => new([.. p.Objects("valueList", WeeklySchedule.MaxSpans).Select(Span)]);

    public static IReadOnlyList<MotionRegion> MotionRegions(CommandObject p) => [.. p.Objects("valueList", MaxMotionRegions).Select(MotionRegion)];

    public static IReadOnlyList<PictureRegion> PictureRegions(CommandObject p) => [.. p.Objects("valueList", MaxPersonRegions).Select(region =>
        new PictureRegion(
            region.Integer("x", 0, 1000), region.Integer("y", 0, 1000), region.Integer("width", 0, 1000), region.Integer("height", 0, 1000)))];

    public static TakePanorama Panorama(CommandObject p)
    {
        bool start = p.OneOf("value", 0, 1) == 1;
        return start
            ? new TakePanorama(start, p.Integer("angle", 1, 360), IsCeilingMounted: p.OneOf("stand", 0, 1) == 0)
            : new TakePanorama(start, p.OptionalInteger("angle", 0, 360) ?? 0, IsCeilingMounted: p.OptionalInteger("stand", 0, 1) == 0);
    }

    public static UpgradeFirmware Upgrade(CommandObject p)
    {
        var target = (UpgradeTarget)p.OneOf("serviceType", 1, 2);
        string url = p.Text("url", MaxUrlBytes).Trim();
        string version = p.Text("newServiceVersion", MaxTextBytes).Trim();
        string md5 = p.Text("checkSum", MaxTextBytes).Trim();
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            throw p.Wrong(RefusalReason.OutOfRange, "url", "an address of http or https");
        }

        return md5.Length == 32 && md5.All(char.IsAsciiHexDigit)
            ? new UpgradeFirmware(target, address, version, md5.ToLowerInvariant())
            : throw p.Wrong(RefusalReason.OutOfRange, "checkSum", "32 hexadecimal digits");
    }

    private static ScheduleSpan Span(CommandObject span) => new(
        (Weekdays)span.Integer("repeat", 0, (int)Weekdays.Every), span.Time("startTime"), span.Time("endTime"), span.Switch("status"),
        span.Integer("index", 0, WeeklySchedule.MaxSpans - 1));

    private static MotionRegion MotionRegion(CommandObject region)
    {
        int left = region.Integer("left", 0, MotionBlocks.Side - 1);
        int top = region.Integer("top", 0, MotionBlocks.Side - 1);
        return new MotionRegion(
            region.OptionalInteger("id", 0, int.MaxValue) ?? 0, // the specification's own example has it as "jd" once
            left,
            top,
            region.Integer("right", left + 1, MotionBlocks.Side),
            region.Integer("bottom", top + 1, MotionBlocks.Side),
            region.OptionalInteger("sensitivity", 0, 100) ?? 0,
            !region.Has("enable") || region.Switch("enable"));
    }
}
