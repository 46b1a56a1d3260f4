using System.Text.Json;

namespace Andmu.Pipeline.OpenApi.Wire;

/// <summary>The capabilities as the platform wants them: 1 or 0 (specification 5.1.3).</summary>
internal static class SupportKey
{
    public static void Write(Utf8JsonWriter json, DeviceCapabilities capabilities)
    {
        json.WriteStartObject("supportKey"u8);
        Bit("motionRegion"u8, capabilities.MotionRegion);
        Bit("duplexAudioTalk"u8, capabilities.DuplexAudioTalk);
        Bit("faceDetect"u8, capabilities.FaceDetect);
        Bit("personStatistic"u8, capabilities.PersonStatistic);
        Bit("sdcard"u8, capabilities.SdCard);
        Bit("eventRecord"u8, capabilities.EventRecord);
        Bit("binoCam"u8, capabilities.BinoCam);
        Bit("motionTrack"u8, capabilities.MotionTrack);
        Bit("peopleDetection"u8, capabilities.PeopleDetection);
        Bit("ptzPano"u8, capabilities.PtzPano);
        json.WriteEndObject();

        void Bit(ReadOnlySpan<byte> key, bool value) => json.WriteNumber(key, value ? 1 : 0);
    }
}
