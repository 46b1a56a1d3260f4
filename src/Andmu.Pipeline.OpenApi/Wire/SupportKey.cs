namespace Andmu.Pipeline.OpenApi.Wire;

/// <summary>The capabilities as the platform wants them: 1 or 0 (specification 5.1.3).</summary>
internal sealed class SupportKey(DeviceCapabilities capabilities)
{
    public int MotionRegion => Bit(capabilities.MotionRegion);

    public int DuplexAudioTalk => Bit(capabilities.DuplexAudioTalk);

    public int FaceDetect => Bit(capabilities.FaceDetect);

    public int PersonStatistic => Bit(capabilities.PersonStatistic);

    public int Sdcard => Bit(capabilities.SdCard);

    public int EventRecord => Bit(capabilities.EventRecord);

    public int BinoCam => Bit(capabilities.BinoCam);

    public int MotionTrack => Bit(capabilities.MotionTrack);

    public int PeopleDetection => Bit(capabilities.PeopleDetection);

    public int PtzPano => Bit(capabilities.PtzPano);

    private static int Bit(bool value) => value ? 1 : 0;
}
