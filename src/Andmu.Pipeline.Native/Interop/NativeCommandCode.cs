namespace Andmu.Pipeline.Native.Interop;

/// <summary>ANDMU_CMD_: the commands, by numbers of this interface's own. The wire's would not do: a question and a command share some.</summary>
internal enum NativeCommandCode
{
    MotionSensitivity = 1,
    SoundSensitivity = 2,
    Microphone = 3,
    Resolution = 4,
    Rotation = 5,
    StatusLight = 6,
    NightVision = 7,
    AntiFlicker = 8,
    Power = 9,
    PtzStep = 10,
    PtzTurn = 11,
    PtzPosition = 12,
    MotionRegions = 13,
    Wifi = 14,
    OffSchedule = 15,
    PersonRegions = 16,
    PersonCounting = 17,
    PersonSchedule = 18,
    FormatCard = 19,
    MotionTracking = 20,
    TrackingReturn = 21,
    Panorama = 22,
    QueryWifi = 23,
    QueryCard = 24,
    QueryPtz = 25,
}
