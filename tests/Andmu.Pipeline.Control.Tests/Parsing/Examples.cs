using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Regions;
using Andmu.Pipeline.Control.Schedules;

namespace Andmu.Pipeline.Control.Tests.Parsing;

/// <summary>
/// The example of every command as the specification prints it, stray blanks and trailing commas included, and what it says. Where the page
/// is torn (5.2.9.4, 5.2.9.8, 5.2.9.12) the lost lines are those of its neighbours; commas that 5.2.9.16 and 5.2.10.1 lack were put in.
/// </summary>
internal static class Examples
{
    private static readonly WeeklySchedule Nightly =
        new([new ScheduleEntry(WeekDays.EveryDay, new TimeOnly(21, 0), new TimeOnly(10, 0), Enabled: true, Index: 0)]);

    public static readonly IReadOnlyList<Example> All =
    [
        new("5.2.9.2 motion sensitivity", """
            { "msgContent": { "requestParams": { "value": 30 }, "subRequest": 15, "request": 1793 }, "msgSession": 1732480381,
            "msgSequence": 0, "msgTimeStamp": 1403494411491, "msgCategory": "camera" }
            """, new SetMotionSensitivity(30)),
        new("5.2.9.3 sound sensitivity", """
            { "msgContent": { "requestParams": { "value": 90 }, "subRequest": 29, "request": 1793 }, "msgSession": 1732480381,
            "msgSequence": 0, "msgTimeStamp": 1403494411491, "msgCategory": "camera" }
            """, new SetSoundSensitivity(90)),
        new("5.2.9.4 microphone", """
            { "msgContent": { "requestParams": { "value": 0 }, "subRequest": 37, "request": 1793 }, "msgSession": 1227620865,
            "msgSequence": 0, "msgTimeStamp": 1403494575788, "msgCategory": "camera" }
            """, new SetMicrophone(On: false)),
        new("5.2.9.5 resolution", """
            { "msgContent": { "requestParams": { "value": 0 }, "subRequest": 30, "request": 1793 }, "msgSession": 1377903621,
            "msgSequence": 0, "msgTimeStamp": 1403494504362, "msgCategory": "camera" }
            """, new SetResolution(VideoResolution.Sd)),
        new("5.2.9.6 rotation", """
            { "msgContent": { "requestParams": { "value": 180 }, "subRequest": 23, "request": 1793 }, "msgSession": 1958459063,
            "msgSequence": 0, "msgTimeStamp": 1403494583696, "msgCategory": "camera" }
            """, new SetRotation(Rotated: true)),
        new("5.2.9.7 status light", """
            { "msgContent": { "requestParams": { "value": 0 }, "subRequest": 19, "request": 1793 }, "msgSession": 1377903621,
            "msgSequence": 0, "msgTimeStamp": 1403494504362, "msgCategory": "camera" }
            """, new SetStatusLight(On: false)),
        new("5.2.9.8 night vision", """
            { "msgContent": { "requestParams": { "value": 2 }, "subRequest": 21, "request": 1793 }, "msgSession": 1377903621,
            "msgSequence": 0, "msgTimeStamp": 1403494504362, "msgCategory": "camera" }
            """, new SetNightVision(NightVisionMode.Auto)),
        new("5.2.9.9 anti-flicker", """
            { "msgContent": { "requestParams": { "value": 60 }, "subRequest": 36, "request": 1793 }, "msgSession": 1377903621,
            "msgSequence": 0, "msgTimeStamp": 1403494504362, "msgCategory": "camera" }
            """, new SetAntiFlicker(MainsFrequency.Hz60)),
        new("5.2.9.10 device power", """
            { "msgContent": { "requestParams": { "value": 1 }, "subRequest": -1, "request": 1815 }, "msgSession": 469395714,
            "msgSequence": 0, "msgTimeStamp": 1403494354219, "msgCategory": "camera" }
            """, new SetDevicePower(On: true)),
        new("5.2.9.11 PTZ step", """
            { "msgTimeStamp": 1457353997, "msgSession": 6633732, "msgSequence": 0, "msgCategory": "camera",
            "msgContent": { "request": 1793, "subRequest": 5, "requestParams": { "value": 1 } } }
            """, new StepPtz(PtzDirection.Left)),
        new("5.2.9.11 PTZ continuous", """
            { "msgTimeStamp": 1457353997, "msgSession": 6633732, "msgSequence": 0, "msgCategory": "camera",
            "msgContent": { "request": 1793, "subRequest": 82, "requestParams": { "value": 1 } } }
            """, new TurnPtz(PtzDirection.Left)),
        new("5.2.9.12 PTZ position", """
            { "msgTimeStamp": 1457353997, "msgSession": 6633732, "msgSequence": 0, "msgCategory": "camera",
            "msgContent": { "request": 1793, "subRequest": 81, "requestParams": { "pan": 50, "tilt": 5 } } }
            """, new SetPtzPosition(Pan: 50, Tilt: 5)),
        new("5.2.9.13 motion regions", """
            { "msgSession": 1801275770, "msgSequence": 0, "msgTimeStamp": 1457355191145, "msgCategory": "camera",
            "msgContent": { "msgVersion": 1, "request": 1793, "subRequest": 56, "requestParams": { "valueListNum": 2,
            "valueList": [ { "id": 0, "left": 3, "top": 2, "right": 4, "bottom": 3, "sensitivity": 0, "enable": 1 }, { "id": 1,
            "left": 3, "top": 3, "right": 4, "bottom": 4, "sensitivity": 0, "enable": 1 } ] } } }
            """, new SetMotionRegions(MotionRegions.FromNumbers([14, 17]))),
        new("5.2.9.13 motion regions, all", """
            { "msgCategory": "camera", "msgContent": { "msgVersion": 1, "request": 1793, "requestParams": { "valueList": [],
            "valueListNum": 0 }, "subRequest": 56 }, "msgSequence": 0, "msgSession": 559204845, "msgTimeStamp": 1474438872521 }
            """, new SetMotionRegions(MotionRegions.All)),
        new("5.2.9.14 firmware upgrade", """
            { "msgContent": { "requestParams": { "serviceType": 1,
            "url": "http://xxxx.com/Device/910fb531-4d0/chinamobilem2m_3rd_001/1/1.0.0.526/xxx.enc",
            "newServiceVersion": "1.0.0.526", "checkSum": "ec5fd1e4b7e6d3a31f821203a19ccf43" }, "request": 4097 },
            "msgSession": 914570390, "msgSequence": 0, "msgTimeStamp": 1502171866698, "msgCategory": "camera" }
            """, new UpgradeFirmware(
            FirmwareKind.Firmware, new Uri("http://xxxx.com/Device/910fb531-4d0/chinamobilem2m_3rd_001/1/1.0.0.526/xxx.enc"),
            "1.0.0.526", "ec5fd1e4b7e6d3a31f821203a19ccf43")),
        new("5.2.9.15 Wi-Fi", """
            { "msgContent": { "requestParams": { "encryption": "WPA/WPA2", "ssid": "20d28", "bssid": "14:E6:E4:80:08:D",
            "key": "12345678" }, "subRequest": 17, "request": 1793 }, "msgSession": 1377903621, "msgSequence": 0,
            "msgTimeStamp": 1403494504362, "msgCategory": "camera" }
            """, new SetWifi("20d28", "14:E6:E4:80:08:D", "WPA/WPA2", "12345678")),
        new("5.2.9.16 off schedule", """
            { "msgContent": { "requestParams": { "valueList": [ { "repeat": 127, "startTime ": "21:00", "endTime": "10:00",
            "status": true, "index": 0 } ], "valueListNum": 1 }, "subRequest": 26, "request": 1793 }, "msgSession": 1377903621,
            "msgSequence": 0, "msgTimeStamp": 1403494504362, "msgCategory": "camera" }
            """, new SetOffSchedule(Nightly)),
        new("5.2.9.17 person regions", """
            { "msgSession": 1801275770, "msgSequence": 0, "msgTimeStamp": 1457355191145, "msgCategory": "camera",
            "msgContent": { "msgVersion": 1, "request": 1793, "subRequest": 94, "requestParams": { "valueListNum": 2,
            "valueList": [ { "x": 0, "y": 3, "width": 2, "height": 4, }, { "x": 3, "y": 7, "width": 2, "height": 4, } ] } } }
            """, new SetPersonRegions([new PersonRegion(0, 3, 2, 4), new PersonRegion(3, 7, 2, 4)])),
        new("5.2.9.18 person counting", """
            { "msgContent": { "requestParams": { "value": 1 }, "msgVersion": 1, "subRequest": 92, "request": 1793 },
            "msgSession": 1377903621, "msgSequence": 0, "msgTimeStamp": 1403494504362, "msgCategory": "camera" }
            """, new SetPersonCounting(On: true)),
        new("5.2.9.19 person schedule", """
            { "msgContent": { "requestParams": { "valueList": [ { "repeat": 127, "startTime ": "21:00", "endTime": "10:00",
            "status": true, "index": 0 } ], "valueListNum": 1, "status": 1 }, "msgVersion": 1, "subRequest": 93,
            "request": 1793 }, "msgSession": 1154471779, "msgSequence": 0, "msgTimeStamp": 1403494395054,
            "msgCategory": "camera" }
            """, new SetPersonSchedule(Nightly, On: true)),
        new("5.2.9.20 format SD card", """
            { "msgContent": { "requestParams": {}, "msgVersion": 1, "subRequest": 87, "request": 1793 },
            "msgSession": 1377903621, "msgSequence": 0, "msgTimeStamp": 1403494504362, "msgCategory": "camera" }
            """, new FormatSdCard()),
        new("5.2.9.21 motion tracking", """
            { "msgContent": { "requestParams": {"value": 1}, "msgVersion": 1, "subRequest": 109, "request": 1793 },
            "msgSession": 1377903621, "msgSequence": 0, "msgTimeStamp": 1403494504362, "msgCategory": "camera" }
            """, new SetMotionTracking(On: true)),
        new("5.2.9.22 tracking return time", """
            { "msgContent": { "requestParams": {"value": 30}, "msgVersion": 1, "subRequest": 116, "request": 1793 },
            "msgSession": 1377903621, "msgSequence": 0, "msgTimeStamp": 1403494504362, "msgCategory": "camera" }
            """, new SetTrackingReturnTime(TimeSpan.FromSeconds(30))),
        new("5.2.9.23 panorama", """
            { "msgContent": { "requestParams": {"value": 1, "angle":30,"stand":1}, "msgVersion": 1, "subRequest": 153,
            "request": 1793 }, "msgSession": 1377903621, "msgSequence": 0, "msgTimeStamp": 1403494504362,
            "msgCategory": "camera" }
            """, new SetPanorama(On: true, DegreesPerShot: 30, CameraStand.Upright)),
        new("5.2.10.1 Wi-Fi list", """
            { "msgContent": { "requestParams": {}, "subRequest": 16, "request": 1792 }, "msgSession": 292822550,
            "msgSequence": 0, "msgTimeStamp": 148453265401, "msgCategory": "camera" }
            """, new QueryWifiList()),
        new("5.2.10.2 SD card", """
            { "msgContent": { "requestParams": {}, "msgVersion": 1, "subRequest": 85, "request": 1792 },
            "msgSession": 1377903621, "msgSequence": 0, "msgTimeStamp": 1403494504362, "msgCategory": "camera" }
            """, new QuerySdCard()),
        new("5.2.10.3 PTZ position", """
            { "msgTimeStamp": 1457353997, "msgSession": 6633732, "msgSequence": 0, "msgCategory": "camera",
            "msgContent": { "request": 1792, "subRequest": 81, "requestParams": { } } }
            """, new QueryPtzPosition()),
    ];

    public static TheoryData<string> Names => new(All.Select(example => example.Name));

    public static Example Named(string name) => All.Single(example => example.Name == name);
}
