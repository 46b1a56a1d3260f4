using System.Runtime.InteropServices;

namespace Andmu.Pipeline.Native.Interop;

/// <summary>andmu_stats.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeStats
{
    public uint StructSize;
    public int Uplink;
    public int Plan;
    public int Uploading;
    public int Viewers;
    public int Logins;
    public int Clips;
    public int ShortClips;
    public int Power;
    public int Microphone;
    public int AdvisedBitrate;
    public int KeyFramesAsked;
    public long VideoCaptured;
    public long AudioCaptured;
    public long VideoSent;
    public long AudioSent;
    public long VideoDropped;
    public long AudioDropped;
    public long Resent;
    public long BytesSent;
    public long PushAgain;
    public long PushKeyFrame;
    public long PushMalformed;
    public long BufferedBytes;
    public long UnsentMs;
    public long CommandsDone;
    public long CommandsFailed;
    public long NotificationsLost;
    public int Card;
    public int CardBacklog;
    public long CardKept;
    public long CardSent;
    public long CardUsedBytes;
    public long CardFaults;
}
