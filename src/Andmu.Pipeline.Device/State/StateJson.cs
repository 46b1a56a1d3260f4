using System.Globalization;
using System.Text.Json;
using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Reports;
using Andmu.Pipeline.Control.Schedules;
using Andmu.Pipeline.Device.Firmware;
using Andmu.Pipeline.Device.Services;

namespace Andmu.Pipeline.Device.State;

/// <summary>How one kind of state is written and read.</summary>
/// <param name="Write">Writes its keys into an object that is open.</param>
/// <param name="Read">Reads it; a key that is not there, or not what it should be, throws.</param>
internal sealed record StateForm<T>(Action<Utf8JsonWriter, T> Write, Func<JsonElement, T> Read);

/// <summary>What is kept, as JSON. Every key must be there and none twice; unknown ones are left to versions to come. Key by key: a serializer would be
/// a tenth of a library that is compiled ahead of time.</summary>
internal static class StateJson
{
    private const string TimeFormat = "HH:mm:ss";
    private const string DateFormat = "yyyy-MM-dd";

    public static StateForm<KeptRegistration> Registration { get; } = new(
        static (json, kept) =>
        {
            json.WriteString("accessKey"u8, kept.AccessKey);
            json.WriteString("deviceId"u8, kept.DeviceId);
            json.WriteString("userMobile"u8, kept.UserMobile);
            json.WriteString("registeredFor"u8, kept.RegisteredFor);
            json.WriteString("deviceToken"u8, kept.DeviceToken);
            json.WriteString("unifiedId"u8, kept.UnifiedId);
        },
        static it => new KeptRegistration(
            Text(it, "accessKey"), Text(it, "deviceId"), Text(it, "userMobile"), Text(it, "registeredFor"), Text(it, "deviceToken"),
            Text(it, "unifiedId")));

    public static StateForm<KeptSwitches> Switches { get; } = new(
        static (json, kept) =>
        {
            json.WriteBoolean("isOn"u8, kept.IsOn);
            json.WriteBoolean("isMicrophoneOn"u8, kept.IsMicrophoneOn);
        },
        static it => new KeptSwitches(Switch(it, "isOn"), Switch(it, "isMicrophoneOn")));

    public static StateForm<KeptSchedules> Schedules { get; } = new(
        static (json, kept) =>
        {
            WriteEntries(json, "off", kept.Off);
            WriteTime(json, "onUntil", kept.OnUntil);
            WriteEntries(json, "persons", kept.Persons);
            json.WriteBoolean("isCountingPersons"u8, kept.IsCountingPersons);
            WriteEntries(json, "alarmOff", kept.AlarmOff);
            json.WriteBoolean("isOffTold"u8, kept.IsOffTold);
            json.WriteBoolean("arePersonsOffTold"u8, kept.ArePersonsOffTold);
        },
        static it => new KeptSchedules(
            Entries(it, "off"), Time(it, "onUntil"), Entries(it, "persons"), Switch(it, "isCountingPersons"), Entries(it, "alarmOff"),
            Switch(it, "isOffTold"), Switch(it, "arePersonsOffTold")));

    public static StateForm<KeptUpgrade> Upgrade { get; } = new(
        static (json, kept) =>
        {
            json.WriteString("session"u8, kept.Session);
            json.WriteNumber("kind"u8, (int)kept.Kind);
            json.WriteString("newVersion"u8, kept.NewVersion);
            json.WriteNumber("stage"u8, (int)kept.Stage);
        },
        static it => new KeptUpgrade(
            it.GetProperty("session").GetString(), (FirmwareKind)it.GetProperty("kind").GetInt32(), Text(it, "newVersion"),
            (FirmwareStage)it.GetProperty("stage").GetInt32()));

    public static StateForm<KeptStatistics> Statistics { get; } = new(
        static (json, kept) =>
        {
            WriteTime(json, "start", kept.Start);
            json.WriteString("lastDay"u8, kept.LastDay?.ToString(DateFormat, CultureInfo.InvariantCulture));
            json.WriteStartObject("totals"u8);
            foreach ((string name, long count) in Counts(kept.Totals))
            {
                json.WriteNumber(name, count);
            }

            json.WriteEndObject();
        },
        static it => new KeptStatistics(Time(it, "start"), Day(it, "lastDay"), Totals(it.GetProperty("totals"))));

    private static string Text(JsonElement it, string key) => it.GetProperty(key).GetString() ?? throw new FormatException();

    private static bool Switch(JsonElement it, string key) => it.GetProperty(key).GetBoolean();

    private static DateTimeOffset? Time(JsonElement it, string key)
    {
        JsonElement value = it.GetProperty(key);
        return value.ValueKind == JsonValueKind.Null ? null : value.GetDateTimeOffset();
    }

    private static DateOnly? Day(JsonElement it, string key) => it.GetProperty(key).GetString() is { } day
        ? DateOnly.ParseExact(day, DateFormat, CultureInfo.InvariantCulture)
        : null;

    private static void WriteTime(Utf8JsonWriter json, string key, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            json.WriteString(key, known);
        }
        else
        {
            json.WriteNull(key);
        }
    }

    private static List<ScheduleEntry> Entries(JsonElement it, string key)
    {
        JsonElement list = it.GetProperty(key);
        var entries = new List<ScheduleEntry>(list.GetArrayLength());
        foreach (JsonElement entry in list.EnumerateArray())
        {
            entries.Add(new ScheduleEntry(
                (WeekDays)entry.GetProperty("days").GetInt32(), Clock(entry, "start"), Clock(entry, "end"), Switch(entry, "enabled"),
                entry.GetProperty("index").GetInt32()));
        }

        return entries;
    }

    private static TimeOnly Clock(JsonElement it, string key) => TimeOnly.ParseExact(Text(it, key), TimeFormat, CultureInfo.InvariantCulture);

    private static void WriteEntries(Utf8JsonWriter json, string key, IReadOnlyList<ScheduleEntry> entries)
    {
        json.WriteStartArray(key);
        foreach (ScheduleEntry entry in entries)
        {
            json.WriteStartObject();
            json.WriteNumber("days"u8, (int)entry.Days);
            json.WriteString("start"u8, entry.Start.ToString(TimeFormat, CultureInfo.InvariantCulture));
            json.WriteString("end"u8, entry.End.ToString(TimeFormat, CultureInfo.InvariantCulture));
            json.WriteBoolean("enabled"u8, entry.Enabled);
            json.WriteNumber("index"u8, entry.Index);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static (string Name, long Count)[] Counts(StatisticsTotals of) =>
    [
        ("bytes", of.Bytes), ("videoFrames", of.VideoFrames), ("droppedVideoFrames", of.DroppedVideoFrames), ("audioFrames", of.AudioFrames),
        ("droppedAudioFrames", of.DroppedAudioFrames), ("onlineMs", of.OnlineMs), ("disconnects", of.Disconnects), ("starts", of.Starts),
        ("delayMs", of.DelayMs), ("batches", of.Batches), ("openApiFailures", of.OpenApiFailures), ("addressRequests", of.AddressRequests),
    ];

    private static StatisticsTotals Totals(JsonElement it)
    {
        return new StatisticsTotals(
            Of("bytes"), Of("videoFrames"), Of("droppedVideoFrames"), Of("audioFrames"), Of("droppedAudioFrames"), Of("onlineMs"),
            Of("disconnects"), Of("starts"), Of("delayMs"), Of("batches"), Of("openApiFailures"), Of("addressRequests"));

        long Of(string name) => it.GetProperty(name).GetInt64();
    }
}
