using System.Runtime.InteropServices;

namespace Andmu.Pipeline.Native.Interop;

/// <summary>andmu_config.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeConfig
{
    public uint StructSize;
    public uint AbiVersion;
    public byte* OpenapiUrl;
    public byte* AccessKey;
    public byte* AccessSecret;
    public byte* DeviceId;
    public byte* DeviceMac;
    public byte* ModelId;
    public byte* UserMobile;
    public byte* UserToken;
    public byte* Hardware;
    public byte* FirmwareVersion;
    public byte* AppVersion;
    public byte* StateDir;
    public byte* CaFile;
    public byte* GatewayName;
    public byte* GatewayPins;
    public NativeFlags Flags;
    public uint FixedFeatures;
    public NativeFeatures Features;
    public int VideoCodec;
    public int NalFraming;
    public int AudioCodec;
    public int AudioKhz;
    public int AudioChannels;
    public int Width;
    public int Height;
    public int BufferBytes;
    public int BufferMs;
    public int BufferPackages;
    public int PreRollMs;
    public int PostRollMs;
    public int CatchUpPercent;
    public int BitrateFloor;
    public int BitrateCeiling;
    public int ConnectTimeoutMs;
    public int LoginTimeoutMs;
    public int CloseTimeoutMs;
    public int ApiTimeoutMs;
    public int CommandTimeoutMs;
    public int MaxCommands;
    public int PanoMaxRotation;
    public int PanoHorizontalView;
    public int PanoVerticalView;
    public int PanoElevation;
    public int PanoDepression;
    public int PanoPerShot;
    public byte* FirmwareDir;
    public byte* FirmwareHosts;
    public byte* FirmwareCaFile;
    public long FirmwareMaxBytes;
    public void* User;
    public delegate* unmanaged<void*, NativeState*, void> OnState;
    public delegate* unmanaged<void*, int, void> OnPlan;
    public delegate* unmanaged<void*, int, void> OnViewers;
    public delegate* unmanaged<void*, void> OnKeyFrame;
    public delegate* unmanaged<void*, int, void> OnBitrate;
    public delegate* unmanaged<void*, int, void> OnPower;
    public delegate* unmanaged<void*, NativeClip*, void> OnClip;
    public delegate* unmanaged<void*, NativeFirmwareProgress*, void> OnFirmwareProgress;
    public delegate* unmanaged<void*, NativeCommand*, NativeResult> OnCommand;
    public delegate* unmanaged<void*, NativeTalk*, void> OnTalk;
    public delegate* unmanaged<void*, NativePicture*, void> OnPicture;
    public delegate* unmanaged<void*, void> OnPanoramaEnd;
    public delegate* unmanaged<void*, int*, int*, NativeResult> OnPersonCount;
    public delegate* unmanaged<void*, NativeFirmware*, NativeResult> OnFirmwareVerify;
    public delegate* unmanaged<void*, NativeFirmware*, NativeResult> OnFirmwareInstall;
    public byte* CardDir;
    public long CardMaxBytes;
    public int CardQueueBytes;
    public int CardReserved;
    public delegate* unmanaged<void*, int, void> OnCard;
}

/// <summary>andmu_config.flags.</summary>
[Flags]
internal enum NativeFlags : uint
{
    None = 0,
    HexDigest = 0x1,
    UserCodeEncrypted = 0x2,
    WaitForUser = 0x4,
    WiredBinding = 0x8,
    FirmwareUnverified = 0x10,
    FirmwarePlainHttp = 0x20,
    CardMountPoint = 0x40,
}

/// <summary>andmu_config.features.</summary>
[Flags]
internal enum NativeFeatures : uint
{
    None = 0,
    MotionRegion = 0x1,
    DuplexTalk = 0x2,
    FaceDetection = 0x4,
    PersonCount = 0x8,
    SdCard = 0x10,
    EventRecording = 0x20,
    TwoLenses = 0x40,
    MotionTracking = 0x80,
    PeopleDetection = 0x100,
    Panorama = 0x200,
}
