using System.Collections.Frozen;
using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Responses;

namespace Andmu.Pipeline.Control.Parsing;

/// <summary>Every command of the specification by its numbers, in the order of its clauses.</summary>
internal static class CommandTable
{
    private static readonly FrozenDictionary<CommandCode, Func<JsonFields, ControlCommand>> Readers =
        new Dictionary<CommandCode, Func<JsonFields, ControlCommand>>
        {
            [new(1793, 15)] = p => new SetMotionSensitivity(p.Choice("value", 30, 50, 80, 90, 100)),
            [new(1793, 29)] = p => new SetSoundSensitivity(p.Choice("value", 80, 85, 90, 95, 100)),
            [new(1793, 37)] = p => new SetMicrophone(p.Choice("value", 0, 1) == 1),
            [new(1793, 30)] = p => new SetResolution((VideoResolution)p.Choice("value", 0, 1)),
            [new(1793, 23)] = p => new SetRotation(p.Choice("value", 0, 180) == 180),
            [new(1793, 19)] = p => new SetStatusLight(p.Choice("value", 0, 1) == 1),
            [new(1793, 21)] = p => new SetNightVision((NightVisionMode)p.Choice("value", 0, 1, 2)),
            [new(1793, 36)] = p => new SetAntiFlicker((MainsFrequency)p.Choice("value", 50, 60)),
            [new(1815, null)] = p => new SetDevicePower(p.Choice("value", 1, 4) == 1),
            [new(1793, 5)] = p => new StepPtz(ReadDirection(p)),
            [new(1793, 82)] = p => new TurnPtz(ReadDirection(p)),
            [new(1793, 81)] = p => new SetPtzPosition(ReadCoordinate(p, "pan"), ReadCoordinate(p, "tilt")),
            [new(1793, 56)] = RegionReader.ReadMotionRegions,
            [new(4097, null)] = FirmwareReader.Read,
            [new(1793, 17)] = WifiReader.Read,
            [new(1793, 26)] = p => new SetOffSchedule(ScheduleReader.Read(p)),
            [new(1793, 94)] = RegionReader.ReadPersonRegions,
            [new(1793, 92)] = p => new SetPersonCounting(p.Choice("value", 1, 4) == 1),
            [new(1793, 93)] = ReadPersonSchedule,
            [new(1793, 87)] = _ => new FormatSdCard(),
            [new(1793, 109)] = p => new SetMotionTracking(p.Choice("value", 0, 1) == 1),
            [new(1793, 116)] = p => new SetTrackingReturnTime(TimeSpan.FromSeconds(p.Integer("value", 0, SecondsPerDay))),
            [new(1793, 153)] = ReadPanorama,
            [new(1792, 16)] = _ => new QueryWifiList(),
            [new(1792, 85)] = _ => new QuerySdCard(),
            [new(1792, 81)] = _ => new QueryPtzPosition(),
        }.ToFrozenDictionary();

    private static readonly FrozenSet<CommandCode> Answered = new CommandCode[]
    {
        new(1793, 17), new(1793, 87), new(1793, 153), new(1792, 16), new(1792, 85), new(1792, 81),
    }.ToFrozenSet();

    // The specification has no bound; a head that waits for longer than a day has been forgotten.
    private const int SecondsPerDay = 24 * 60 * 60;

    /// <summary>What reads the command's parameters; null when there is no such command.</summary>
    public static Func<JsonFields, ControlCommand>? Find(CommandCode code) => Readers.GetValueOrDefault(Plain(code));

    public static bool HasResponse(CommandCode code) => Answered.Contains(code);

    // "No sub-request", says the table of 1815, and its example has -1 (5.2.9.10); 4097 has none in either (5.2.9.14).
    private static CommandCode Plain(CommandCode code) =>
        code is { Request: 1815 or 4097, SubRequest: -1 } ? code with { SubRequest = null } : code;

    private static PtzDirection? ReadDirection(JsonFields parameters) =>
        parameters.Choice("value", 0, 1, 2, 3, 4) is not 0 and int direction ? (PtzDirection)direction : null;

    private static int ReadCoordinate(JsonFields parameters, string key) =>
        parameters.Integer(key, -PtzPosition.Limit, PtzPosition.Limit);

    // Whoever stops needs to say no more; whoever starts says by how much and from where.
    private static SetPanorama ReadPanorama(JsonFields parameters) => parameters.Choice("value", 0, 1) == 1
        ? new SetPanorama(true, parameters.Integer("angle", 1, 360), (CameraStand)parameters.Choice("stand", 0, 1))
        : new SetPanorama(
            false, parameters.OptionalInteger("angle", 0, 360) ?? 0, (CameraStand)(parameters.OptionalChoice("stand", 1, 0) ?? 1));

    // 5.2.9.19 shows status 1 and leaves it out of its list of keys; off is 4 for the switch beside it (5.2.9.18), and 0 elsewhere.
    private static SetPersonSchedule ReadPersonSchedule(JsonFields parameters) => new(
        ScheduleReader.Read(parameters), parameters.OptionalChoice("status", 0, 1, 4) is { } status ? status == 1 : null);
}
