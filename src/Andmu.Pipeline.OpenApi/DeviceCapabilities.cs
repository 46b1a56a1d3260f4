namespace Andmu.Pipeline.OpenApi;

/// <summary>What a device can do as of its firmware; reported after registration and at every change (specification 4 and 5.1.3).</summary>
public sealed record DeviceCapabilities
{
    /// <summary>Motion detection by region (<c>motionRegion</c>).</summary>
    public bool MotionRegion { get; init; }

    /// <summary>Full-duplex talk (<c>duplexAudioTalk</c>).</summary>
    public bool DuplexAudioTalk { get; init; }

    /// <summary>Face detection (<c>faceDetect</c>).</summary>
    public bool FaceDetect { get; init; }

    /// <summary>Counting of persons (<c>personStatistic</c>).</summary>
    public bool PersonStatistic { get; init; }

    /// <summary>SD card (<c>sdcard</c>).</summary>
    public bool SdCard { get; init; }

    /// <summary>Recording of events (<c>eventRecord</c>).</summary>
    public bool EventRecord { get; init; }

    /// <summary>Two lenses (<c>binoCam</c>): then <see cref="CameraStatusUpdate.BinoParam"/> must be reported too.</summary>
    public bool BinoCam { get; init; }

    /// <summary>Following of what moves (<c>motionTrack</c>).</summary>
    public bool MotionTrack { get; init; }

    /// <summary>Detection of human shapes (<c>peopleDetection</c>).</summary>
    public bool PeopleDetection { get; init; }

    /// <summary>Panorama by turning the head (<c>ptzPano</c>).</summary>
    public bool PtzPano { get; init; }
}
