namespace Andmu.Pipeline.Gateway.OpenApi;

/// <summary>
/// The settings that a device is given, as specification 5.1.5 prints them: with its stray blanks in <c>"startTime "</c> and
/// <c>" personSchedules"</c> and both spellings of the tracking time, so that a device that reads this reads the real platform too. Two values differ: the microphone is on and the off
/// schedule is not, for else a device would send silence, and nothing at night.
/// </summary>
internal static class SampleSettings
{
    public const string CamRW = """
        {
          "HDVideo": "On",
          "antiFlicker": "50",
          "cameraImageRotate": "Off",
          "cameraMicrophone": "On",
          "motionSensitivity": "80",
          "nightVision": "Auto",
          "soundSensitivity": "90",
          "status": "On",
          "statusLight": "On",
          "title": "my office",
          "motionRegions": "1;2;3;25",
          "motionNotification": "On",
          "soundNotification": "On",
          "motionTrackPackTime": "20",
          "motionTrackBackTime": "30",
          "cameraOffSchedule": {
            "valueList": [{ "repeat": 127, "startTime ": "21:00", "endTime": "10:00", "status": false, "index": 0 }],
            "valueListNum": 1
          },
          "alarmAlertOffSchedule": {
            "valueList": [{ "repeat": 127, "startTime ": "21:00", "endTime": "10:00", "status": true, "index": 0 }],
            "valueListNum": 1
          },
          "personStatus": "On",
          "personRegion": {
            "valueListNum": 2,
            "valueList": [{ "x": 0, "y": 3, "width": 2, "height": 4 }, { "x": 3, "y": 7, "width": 2, "height": 4 }]
          },
          " personSchedules": {
            "valueList": [{ "repeat": 127, "startTime ": "21:00", "endTime": "10:00", "status": true, "index": 0 }],
            "valueListNum": 1
          }
        }
        """;
}
