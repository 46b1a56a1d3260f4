using System.Runtime.CompilerServices;
using Andmu.Pipeline.Advice;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.OpenApi;
using Andmu.Pipeline.Transport;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Device;

/// <summary>All that an <see cref="AndmuDevice"/> needs to know. The defaults suit a camera on a home network.</summary>
public sealed record AndmuDeviceOptions
{
    /// <summary>Where the OpenAPI is, and which device of which vendor this is (specification 5.1).</summary>
    public required OpenApiOptions OpenApi { get; init; }

    /// <summary>The user's mobile number, from the QR code or the wired binding (specification 5.1.1, 5.1.2). Needed for the first registration
    /// only: it is kept with the registration.</summary>
    public string? UserMobile { get; init; }

    /// <summary>The registration token that came with <see cref="UserMobile"/>. A secret; needed for the first registration only, and not kept.
    /// Another one than the kept registration was made with, from a new QR code, registers the device again.</summary>
    public string? UserToken { get; init; }

    /// <summary>Whether the QR code was encrypted (specification 5.1.1, <c>registMode</c>).</summary>
    public bool QrCodeEncrypted { get; init; }

    /// <summary>Reads the QR codes of the app for <see cref="AndmuDevice.TrySubmitQrCode"/>: gives whom a text names, null for a text that is no such code. Their
    /// format is not public (specification 3.2), and they are encrypted with the vendor's key (6.1). Called by the thread that submits; what it throws counts
    /// as null. With one (default: null), <see cref="AndmuDevice.StartAsync"/> waits for a user when it knows none.</summary>
    public Func<string, QrBinding?>? QrCodeParser { get; init; }

    /// <summary>Whether a user can bind the device in the app alone, as one that is on the network by wire (specification 5.1.2). With it,
    /// <see cref="AndmuDevice.StartAsync"/> waits for a user when it knows none, and asks the platform for one every 10 s or more. Default false.</summary>
    public bool WiredBinding { get; init; }

    /// <summary>The model id that the platform gave for this model (specification 1.2.2.4).</summary>
    public required string DeviceModelId { get; init; }

    /// <summary>Hardware and fixed capabilities, told at the registration (specification 5.1.1). Default: hardware <c>camera</c>, none of them.</summary>
    public DeviceComment DeviceComment { get; init; } = new("camera", FixedCapabilities.None);

    /// <summary>What the device can do as of its firmware, told at every start (specification 5.1.3). Default: none of it.</summary>
    public DeviceCapabilities Capabilities { get; init; } = new();

    /// <summary>Version of the firmware, told at every start (specification 5.1.7): it decides which firmware the platform offers. Default 0.0.0.</summary>
    public string FirmwareVersion { get; init; } = "0.0.0";

    /// <summary>Version of the camera application, told at every start (specification 5.1.7). Default 0.0.0.</summary>
    public string CameraAppVersion { get; init; } = "0.0.0";

    /// <summary>A folder of this device's own, made when it is not there, for the registration and the gateway addresses. Without one (null) nothing
    /// survives a restart: the device registers at every start.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>Codec of the video. Default H.264.</summary>
    public VideoCodec VideoCodec { get; init; } = VideoCodec.H264;

    /// <summary>How the NAL units are delimited in what is written to <see cref="AndmuDevice.Video"/>. Default Annex B.</summary>
    public NalFraming NalFraming { get; init; } = NalFraming.AnnexB;

    /// <summary>Codec of the audio. Default G.711 A-law.</summary>
    public AudioCodec AudioCodec { get; init; } = AudioCodec.G711ALaw;

    /// <summary>What the login says of the media; its codecs are those above (specification 5.2.1).</summary>
    public StreamDescription Stream { get; init; } = new();

    /// <summary>How much media is held, and so how long an outage may last without loss.</summary>
    public MediaBufferOptions Buffer { get; init; } = new();

    /// <summary>How much is recorded before and after an event on the event-recording plan (specification 5.2.1). Default 5 s and 10 s.</summary>
    public EventRecordingOptions EventRecording { get; init; } = new();

    /// <summary>What the device does by itself when the platform or an app asks for it. Default: commands alone that need nothing of the host.</summary>
    public DeviceControlOptions Control { get; init; } = new();

    /// <summary>When a network is taken to be slower than the encoder, and how much is given up then.</summary>
    public CongestionOptions Congestion { get; init; } = new();

    /// <summary>Turns on advice for the encoder's bit rate (<see cref="Session.UplinkSession.BitrateAdvised"/>). Default null: none, for an encoder that cannot
    /// change it.</summary>
    public EncoderAdviceOptions? Advice { get; init; }

    /// <summary>How many times faster than real time a pre-roll, or what was captured during an outage, is sent at the most. Default 4, at least 1.5;
    /// <see cref="double.PositiveInfinity"/> for as fast as the network takes it.</summary>
    public double CatchUpRate { get; init; } = 4;

    /// <summary>Whom the uplink trusts. Its roots hold for the OpenAPI too, unless the device is given an HttpClient.</summary>
    public TlsConnectorOptions Tls { get; init; } = new();

    /// <summary>How the uplink's connections are made. Default null: SslStream, as <see cref="Tls"/> says.</summary>
    public IUplinkConnector? Connector { get; init; }

    /// <summary>Time for name resolution, TCP and TLS of the uplink together. Default 15 s; above 0.</summary>
    public TimeSpan ConnectTimeout { get; init => field = Positive(value); } = TimeSpan.FromSeconds(15);

    /// <summary>Time for the platform to answer the login. Default 10 s; above 0.</summary>
    public TimeSpan LoginTimeout { get; init => field = Positive(value); } = TimeSpan.FromSeconds(10);

    /// <summary>Time for an orderly close of the uplink. Default 3 s; above 0.</summary>
    public TimeSpan CloseTimeout { get; init => field = Positive(value); } = TimeSpan.FromSeconds(3);

    /// <summary>The options in one line, without secrets and without the user's number.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        $"AndmuDeviceOptions {{ OpenApi = {OpenApi}, UserMobile = ***, UserToken = ***, DeviceModelId = {DeviceModelId}, " +
        $"WiredBinding = {WiredBinding}, DeviceComment = {DeviceComment}, FirmwareVersion = {FirmwareVersion}, CameraAppVersion = {CameraAppVersion}, " +
        $"StateDirectory = {StateDirectory}, VideoCodec = {VideoCodec}, AudioCodec = {AudioCodec} }}";

    private static TimeSpan Positive(TimeSpan value, [CallerMemberName] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, name);
        return value;
    }
}
