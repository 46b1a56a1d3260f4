using Andmu.Pipeline.Advice;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Device;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Native.Interop;
using Andmu.Pipeline.OpenApi;
using Andmu.Pipeline.Transport;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Native.Configuration;

/// <summary>andmu_config as <see cref="AndmuDeviceOptions"/>. What is out of its range throws <see cref="ArgumentException"/>.</summary>
internal static unsafe class DeviceOptionsReader
{
    public static AndmuDeviceOptions Read(in NativeConfig config, DeviceControlOptions control) => new()
    {
        OpenApi = ReadOpenApi(config),
        UserMobile = NativeText.Read(config.UserMobile, "user_mobile"),
        UserToken = NativeText.Read(config.UserToken, "user_token"),
        QrCodeEncrypted = config.Flags.HasFlag(NativeFlags.UserCodeEncrypted),
        QrCodeParser = config.Flags.HasFlag(NativeFlags.WaitForUser) || config.Flags.HasFlag(NativeFlags.WiredBinding) ? UserCode.Parse : null,
        WiredBinding = config.Flags.HasFlag(NativeFlags.WiredBinding),
        DeviceModelId = NativeText.Require(config.ModelId, "model_id"),
        DeviceComment = new DeviceComment(NativeText.Read(config.Hardware, "hardware") ?? "camera", (FixedCapabilities)config.FixedFeatures),
        Capabilities = ReadCapabilities(config.Features),
        FirmwareVersion = NativeText.Read(config.FirmwareVersion, "firmware_version") ?? "0.0.0",
        CameraAppVersion = NativeText.Read(config.AppVersion, "app_version") ?? "0.0.0",
        StateDirectory = NativeText.Read(config.StateDir, "state_dir"),
        VideoCodec = ReadEnum<VideoCodec>(config.VideoCodec, "video_codec"),
        NalFraming = ReadEnum<NalFraming>(config.NalFraming, "nal_framing"),
        AudioCodec = ReadEnum<AudioCodec>(config.AudioCodec, "audio_codec"),
        Stream = ReadStream(config),
        Buffer = new MediaBufferOptions
        {
            CapacityBytes = config.BufferBytes,
            MaxDuration = TimeSpan.FromMilliseconds(config.BufferMs),
            MaxEntries = config.BufferPackages,
        },
        EventRecording = new EventRecordingOptions
        {
            PreRoll = TimeSpan.FromMilliseconds(config.PreRollMs),
            PostRoll = TimeSpan.FromMilliseconds(config.PostRollMs),
        },
        CatchUpRate = config.CatchUpPercent == 0 ? double.PositiveInfinity : config.CatchUpPercent / 100.0,
        Advice = config.BitrateCeiling == 0
            ? null
            : new EncoderAdviceOptions { FloorBitrate = config.BitrateFloor, CeilingBitrate = config.BitrateCeiling },
        Control = control,
        Tls = ReadTls(config),
        ConnectTimeout = TimeSpan.FromMilliseconds(config.ConnectTimeoutMs),
        LoginTimeout = TimeSpan.FromMilliseconds(config.LoginTimeoutMs),
        CloseTimeout = TimeSpan.FromMilliseconds(config.CloseTimeoutMs),
    };

    private static OpenApiOptions ReadOpenApi(in NativeConfig config)
    {
        string url = NativeText.Require(config.OpenapiUrl, "openapi_url");
        return new OpenApiOptions
        {
            Endpoint = Uri.TryCreate(url, UriKind.Absolute, out Uri? address) ? address : throw new ArgumentException("openapi_url is not an address."),
            AccessKey = NativeText.Require(config.AccessKey, "access_key"),
            AccessSecret = NativeText.Require(config.AccessSecret, "access_secret"),
            DeviceId = NativeText.Require(config.DeviceId, "device_id"),
            DeviceMacAddress = NativeText.Require(config.DeviceMac, "device_mac"),
            HexPasswordDigest = config.Flags.HasFlag(NativeFlags.HexDigest),
            Timeout = TimeSpan.FromMilliseconds(config.ApiTimeoutMs),
        };
    }

    private static StreamDescription ReadStream(in NativeConfig config)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(config.Width, 1, "width");
        ArgumentOutOfRangeException.ThrowIfLessThan(config.Height, 1, "height");
        ArgumentOutOfRangeException.ThrowIfLessThan(config.AudioKhz, 1, "audio_khz");
        ArgumentOutOfRangeException.ThrowIfLessThan(config.AudioChannels, 1, "audio_channels");
        return new StreamDescription
        {
            Width = config.Width,
            Height = config.Height,
            AudioKilohertz = config.AudioKhz,
            AudioChannels = config.AudioChannels,
        };
    }

    private static TlsConnectorOptions ReadTls(in NativeConfig config) => new()
    {
        TrustedRoots = Certificates.Read(NativeText.Read(config.CaFile, "ca_file"), "ca_file"),
        TargetHost = NativeText.Read(config.GatewayName, "gateway_name"),
        PublicKeyPins = ReadPins(NativeText.Read(config.GatewayPins, "gateway_pins")),
    };

    private static ReadOnlyMemory<byte>[] ReadPins(string? pins)
    {
        try
        {
            return [.. Lists.Split(pins).Select(static pin => (ReadOnlyMemory<byte>)Convert.FromHexString(pin)).Select(static pin =>
                pin.Length == 32 ? pin : throw new ArgumentException("gateway_pins: a SHA-256 has 64 hexadecimal digits."))];
        }
        catch (FormatException)
        {
            throw new ArgumentException("gateway_pins is not hexadecimal.");
        }
    }

    private static DeviceCapabilities ReadCapabilities(NativeFeatures features) => new()
    {
        MotionRegion = features.HasFlag(NativeFeatures.MotionRegion),
        DuplexAudioTalk = features.HasFlag(NativeFeatures.DuplexTalk),
        FaceDetect = features.HasFlag(NativeFeatures.FaceDetection),
        PersonStatistic = features.HasFlag(NativeFeatures.PersonCount),
        SdCard = features.HasFlag(NativeFeatures.SdCard),
        EventRecord = features.HasFlag(NativeFeatures.EventRecording),
        BinoCam = features.HasFlag(NativeFeatures.TwoLenses),
        MotionTrack = features.HasFlag(NativeFeatures.MotionTracking),
        PeopleDetection = features.HasFlag(NativeFeatures.PeopleDetection),
        PtzPano = features.HasFlag(NativeFeatures.Panorama),
    };

    private static T ReadEnum<T>(int value, string name)
        where T : struct, Enum
    {
        var read = (T)Enum.ToObject(typeof(T), value);
        return Enum.IsDefined(read) ? read : throw new ArgumentOutOfRangeException(name, value, $"{name} has no such value.");
    }
}
