using System.Collections.Frozen;

namespace Andmu.Pipeline.Control.Parsing;

/// <summary>Every command of the specification by its numbers: how its requestParams are read, and whether it is answered (5.2.9 to 5.2.11).</summary>
internal static class CommandTable
{
    private const int Set = 1793;
    private const int Query = 1792;
    private const int Power = 1815;
    private const int Upgrade = 4097;

    private static readonly FrozenDictionary<(int Request, int SubRequest), Row> Rows = new Dictionary<(int, int), Row>
    {
        [(Set, 5)] = new(p => new StepPtz(Direction(p))),
        [(Set, 15)] = new(p => new SetMotionSensitivity(p.OneOf("value", 30, 50, 80, 90, 100))),
        [(Set, 17)] = new(CommandParams.Wifi, IsAnswered: true),
        [(Set, 19)] = new(p => new SetStatusLight(p.OneOf("value", 0, 1) == 1)),
        [(Set, 21)] = new(p => new SetNightVision((NightVisionMode)p.OneOf("value", 0, 1, 2))),
        [(Set, 23)] = new(p => new SetRotation(p.OneOf("value", 0, 180) == 180)),
        [(Set, 26)] = new(p => new SetOffSchedule(CommandParams.Schedule(p))),
        [(Set, 29)] = new(p => new SetSoundSensitivity(p.OneOf("value", 80, 85, 90, 95, 100))),
        [(Set, 30)] = new(p => new SetResolution(p.OneOf("value", 0, 1) == 1)),
        [(Set, 36)] = new(p => new SetAntiFlicker(p.OneOf("value", 50, 60))),
        [(Set, 37)] = new(p => new SetMicrophone(p.OneOf("value", 0, 1) == 1)),
        [(Set, 56)] = new(p => new SetMotionRegions(CommandParams.MotionRegions(p))),
        [(Set, 81)] = new(p => new MovePtzTo(new PtzPosition(Coordinate(p, "pan"), Coordinate(p, "tilt")))),
        [(Set, 82)] = new(p => new MovePtz(Direction(p))),
        [(Set, 87)] = new(_ => new FormatCard(), IsAnswered: true),
        [(Set, 92)] = new(p => new SetPersonCount(p.OneOf("value", 1, 4) == 1)),
        [(Set, 93)] = new(p => new SetPersonSchedule(CommandParams.Schedule(p), p.Has("status") ? p.OneOf("status", 0, 1, 4) == 1 : null)),
        [(Set, 94)] = new(p => new SetPersonRegions(CommandParams.PictureRegions(p))),
        [(Set, 109)] = new(p => new SetMotionTracking(p.OneOf("value", 0, 1) == 1)),
        [(Set, 116)] = new(p => new SetTrackingReturnTime(TimeSpan.FromSeconds(p.Integer("value", 0, 86_400)))),
        [(Set, 153)] = new(CommandParams.Panorama, IsAnswered: true),
        [(Query, 16)] = new(_ => new QueryWifiNetworks(), IsAnswered: true),
        [(Query, 81)] = new(_ => new QueryPtzPosition(), IsAnswered: true),
        [(Query, 85)] = new(_ => new QueryCard(), IsAnswered: true),
        [(Power, None)] = new(p => new SetDeviceOn(p.OneOf("value", 1, 4) == 1)),
        [(Upgrade, None)] = new(CommandParams.Upgrade),
    }.ToFrozenDictionary();

    private const int None = -1;

    /// <summary>The command with these numbers, or null. Two requests stand for themselves: their subRequest is -1, absent, or meaningless.</summary>
    public static Row? Find(int request, int? subRequest) =>
        Rows.GetValueOrDefault((request, request is Power or Upgrade ? None : subRequest ?? None));

    private static PtzDirection? Direction(CommandObject p) => p.OneOf("value", 0, 1, 2, 3, 4) is not 0 and var direction ? (PtzDirection)direction : null;

    private static int Coordinate(CommandObject p, string key) => p.Integer(key, -PtzPosition.Limit, PtzPosition.Limit);

    /// <summary>How a command is read.</summary>
    /// <param name="Read">From its requestParams.</param>
    /// <param name="IsAnswered">Whether the protocol has a response to it.</param>
    internal sealed record Row(Func<CommandObject, ControlCommand> Read, bool IsAnswered = false);
}
