using System.Globalization;

namespace Andmu.Pipeline.OpenApi.Wire;

/// <summary>Reads <c>camRW</c> (specification 5.1.5), under the names of the example, of the table, and as they should be spelt.</summary>
internal static class SettingsReader
{
    public static CameraSettings Read(ResponseObject reply) => ReadCamRw(reply.Object("camRW") ?? throw reply.Wrong("camRW", "an object"));

    private static CameraSettings ReadCamRw(ResponseObject camRw) => new()
    {
        Title = camRw.Text("title"),
        Status = camRw.Switch("status"),
        HdVideo = camRw.Switch("HDVideo"),
        CameraMicrophone = camRw.Switch("cameraMicrophone"),
        StatusLight = camRw.Switch("statusLight"),
        // Printed with a lower-case L for the I of Image: key names on the page may have been typed from what was seen.
        CameraImageRotate = camRw.Switch("cameraImageRotate", "cameralmageRotate"),
        NightVision = ReadNightVision(camRw),
        AntiFlicker = ReadAntiFlicker(camRw),
        MotionSensitivity = camRw.Integer(0, 100, "motionSensitivity", "motionSensivity"),
        SoundSensitivity = camRw.Integer(0, 100, "soundSensitivity", "soundSensivity"),
        MotionNotification = camRw.Switch("motionNotification"),
        SoundNotification = camRw.Switch("soundNotification"),
        MotionTrack = camRw.Switch("motionTrack"),
        MotionTrackBackTime = Seconds(camRw, "motionTrackBackTime"),
        MotionTrackPackTime = Seconds(camRw, "motionTrackPackTime"),
        MotionRegions = ReadMotionRegions(camRw),
        CameraOffSchedule = ReadSchedule(camRw, "cameraOffSchedule"),
        AlarmAlertOffSchedule = ReadSchedule(camRw, "alarmAlertOffSchedule"),
        PersonStatus = camRw.Switch("personStatus"),
        PersonRegions = ReadPersonRegions(camRw),
        PersonSchedules = ReadSchedule(camRw, "personSchedules"),
    };

    private static NightVision? ReadNightVision(ResponseObject camRw) =>
        string.Equals(camRw.Text("nightVision"), "Auto", StringComparison.OrdinalIgnoreCase)
            ? NightVision.Auto
            : camRw.Switch("nightVision") switch { true => NightVision.On, false => NightVision.Off, null => null };

    private static AntiFlicker? ReadAntiFlicker(ResponseObject camRw) => camRw.Text("antiFlicker") switch
    {
        "50" => AntiFlicker.Hz50,
        "60" => AntiFlicker.Hz60,
        _ => camRw.Switch("antiFlicker") switch { true => AntiFlicker.On, false => AntiFlicker.Off, null => null },
    };

    private static TimeSpan? Seconds(ResponseObject camRw, string key) =>
        camRw.Integer(0, int.MaxValue, key) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static int[]? ReadMotionRegions(ResponseObject camRw)
    {
        const string Key = "motionRegions";
        if (camRw.Text(Key) is not { } text)
        {
            return null;
        }

        string[] parts = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        int[] blocks = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            bool valid = int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out blocks[i]) && blocks[i] is >= 1 and <= 25;
            if (!valid)
            {
                throw camRw.Wrong(Key, "numbers from 1 to 25 with semicolons between them");
            }
        }

        return blocks;
    }

    // valueListNum only repeats the length of valueList, so it is not looked at.
    private static List<ScheduleEntry>? ReadSchedule(ResponseObject camRw, string key)
    {
        if (camRw.Object(key) is not { } schedule)
        {
            return null;
        }

        var entries = new List<ScheduleEntry>();
        foreach (ResponseObject entry in schedule.Objects("valueList"))
        {
            entries.Add(new ScheduleEntry(
                entry.RequiredInteger("repeat", 0, 127), Time(entry, "startTime"), Time(entry, "endTime"),
                entry.RequiredSwitch("status"), entry.RequiredInteger("index", 0, int.MaxValue)));
        }

        return entries;
    }

    private static TimeOnly Time(ResponseObject entry, string key) =>
        TimeOnly.TryParseExact(entry.RequiredText(key), "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time)
            ? time
            : throw entry.Wrong(key, "a time as HH:mm");

    private static List<PersonRegion>? ReadPersonRegions(ResponseObject camRw)
    {
        if (camRw.Object("personRegion") is not { } regions)
        {
            return null;
        }

        var list = new List<PersonRegion>();
        foreach (ResponseObject region in regions.Objects("valueList"))
        {
            list.Add(new PersonRegion(
                region.RequiredInteger("x", 0, 1000), region.RequiredInteger("y", 0, 1000),
                region.RequiredInteger("width", 0, 1000), region.RequiredInteger("height", 0, 1000)));
        }

        return list;
    }
}
