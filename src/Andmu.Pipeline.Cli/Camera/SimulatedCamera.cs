using System.Globalization;
using Andmu.Pipeline.Control.Responses;
using Andmu.Pipeline.Device;
using Andmu.Pipeline.Device.Card;
using Andmu.Pipeline.Device.Commands;
using Andmu.Pipeline.Device.Firmware;
using Andmu.Pipeline.Device.Services;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Messages;
using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Cli.Camera;

/// <summary>All of a camera but its encoders: a head, a network, a card, a loudspeaker, switches. It does what apps and the platform ask for, and says so in a
/// line each.</summary>
/// <remarks>
/// <code>
///   app -> device -+-> what it does by itself: ToControlOptions -> pictures, head, counter, speaker   \
///                  +-> what is left to its host:      AnswerTo -> switches, head, Wi-Fi, card         / one line of what happened
/// </code>
/// Any thread; what a device calls one at a time is not called twice at a time here either.
/// </remarks>
internal sealed class SimulatedCamera
{
    // What a thumbnail is when the platform does not say: specification 5.2.7 names no size.
    private const int ThumbnailWidth = 320;

    private readonly Action<string> _say;
    private readonly PersonCounter _persons;

    /// <param name="input">What the encoder gives, or null when that is not known.</param>
    /// <param name="speaker">Where talk-back is heard.</param>
    /// <param name="say">Gets the lines, from any thread.</param>
    /// <param name="time">The clock of everything that moves.</param>
    /// <param name="random">Decides how many persons walk by.</param>
    public SimulatedCamera(VideoFormat? input, CameraSpeaker speaker, Action<string> say, TimeProvider time, Random random)
    {
        Input = input;
        Speaker = speaker;
        _say = say;
        _persons = new PersonCounter(time, random);
        Switches = new CameraSwitches(line => say($"command: {line}"));
        Head = new PtzHead(Geometry, time);
        Pictures = new CameraPictures(Head, Switches, time);
        Panorama = new Panorama(Head, Pictures, time);
    }

    /// <summary>Raised when the platform is to be told what has changed (specification 5.1.6).</summary>
    public event Action<CameraStatusUpdate>? StatusChanged;

    /// <summary>Raised when an app that has asked for a resolution waits to be told which it is (specification 5.2.9.5).</summary>
    public event Action<DeviceMessage>? ResolutionSet;

    /// <summary>Head and lens, as in the specification's example (5.1.6).</summary>
    public static DeviceAngle Geometry { get; } = new(355, 96, 69, 65, 10, 30);

    /// <summary>What it tells at its registration.</summary>
    public static DeviceComment Comment { get; } = new("andmu-push", FixedCapabilities.WiFi | FixedCapabilities.Ptz);

    /// <summary>What it tells at its start.</summary>
    public static DeviceCapabilities Capabilities { get; } = new()
    {
        MotionRegion = true,
        PersonStatistic = true,
        SdCard = true,
        EventRecord = true,
        MotionTrack = true,
        PtzPano = true,
    };

    public VideoFormat? Input { get; }

    public CameraSpeaker Speaker { get; }

    public CameraSwitches Switches { get; }

    public PtzHead Head { get; }

    public CameraPictures Pictures { get; }

    public Panorama Panorama { get; }

    public WifiAdapter Wifi { get; } = WifiAdapter.AtHome();

    public MemoryCard Card { get; } = MemoryCard.Empty();

    /// <summary>What its device needs to do by itself what apps and the platform ask for.</summary>
    /// <param name="firmware">How firmware is upgraded; null: it is not.</param>
    /// <param name="card">A real directory as its card; null for the simulated one.</param>
    public DeviceControlOptions ToControlOptions(FirmwareOptions? firmware, SdCard? card = null) => new()
    {
        SdCard = card,
        Thumbnail = (request, _) => ValueTask.FromResult<ReadOnlyMemory<byte>>(TakeThumbnail(request)),
        Panorama = new PanoramaOptions { Geometry = Geometry, Take = TakeShotAsync, ReturnHead = ReturnHeadAsync },
        PersonCounter = CountPersons,
        TalkBack = frame => Hear(frame.ALaw, frame.IsFirst),
        TalkBackEnded = EndTalk,
        TalkBackOptions = new TalkBackOptions { Format = TalkBackFormat.ALaw },
        Firmware = firmware,
        SelfDefinedStatistics = Statistics,
    };

    /// <summary>Sets what is done about every command that is left to the host, and says what its device does about the others.</summary>
    /// <param name="commands">Where they go.</param>
    /// <param name="hasRealCard">Whether its card is a real directory, which its device sees to.</param>
    public void AnswerTo(CommandHandlers commands, bool hasRealCard = false) => new CameraCommands(this, hasRealCard, _say).AddTo(commands);

    /// <summary>The camera has started with its simulated card: the platform is told what is in it.</summary>
    public void OnStarted() => StatusChanged?.Invoke(new CameraStatusUpdate { SdCardStatus = Card.Status });

    /// <summary>The camera is in another network.</summary>
    public void OnWifiJoined() => StatusChanged?.Invoke(new CameraStatusUpdate { WifiSsid = Wifi.Connected?.Ssid ?? "" });

    /// <summary>The resolution is as an app wants it.</summary>
    public void OnResolutionSet()
    {
        if (Input is { } input)
        {
            ResolutionSet?.Invoke(new DeviceMessage(DeviceMessageType.ResolutionChanged) { Message = $"{input.Width}x{input.Height}" });
        }
    }

    /// <summary>A pack of talk-back is played.</summary>
    /// <param name="aLaw">G.711 A-law.</param>
    /// <param name="isFirst">Whether a talk begins with it.</param>
    public void Hear(ReadOnlySpan<byte> aLaw, bool isFirst)
    {
        if (isFirst)
        {
            Speaker.Begin();
            _say("talk: somebody speaks");
        }

        Speaker.Play(aLaw);
    }

    private byte[] TakeThumbnail(ThumbnailRequest request)
    {
        long width = request.Width > 0 ? request.Width : request.Height > 0 ? request.Height * 16L / 9 : ThumbnailWidth;
        long height = request.Height > 0 ? request.Height : width * 9 / 16;
        byte[] picture = Pictures.Take((int)Math.Min(width, CameraPictures.MaxWidth), (int)Math.Min(height, CameraPictures.MaxHeight));
        Say($"picture: a thumbnail of {picture.Length} bytes");
        return picture;
    }

    private async ValueTask<ReadOnlyMemory<byte>> TakeShotAsync(PanoramaShot shot, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> picture = await Panorama.TakeAsync(shot, cancellationToken);
        Say($"panorama: picture {shot.Sequence} of {shot.Count} at {shot.Pan} degrees");
        return picture;
    }

    private async ValueTask ReturnHeadAsync(CancellationToken cancellationToken)
    {
        await Panorama.ReturnAsync(cancellationToken);
        PtzPosition position = Head.Position;
        Say($"panorama: ended, head back at pan {position.Pan} tilt {position.Tilt}");
    }

    private PersonCounts CountPersons()
    {
        PersonCounts counts = _persons.Read();
        Say($"persons: {counts.BottomToTop} up, {counts.TopToBottom} down");
        return counts;
    }

    private void EndTalk()
    {
        SpeakerAccount talk = Speaker.Account;
        Say($"talk: ended, {talk.Ms / 1000.0:0.0} s, {talk.Gaps} gaps");
        if (Speaker.RecordingFault is { } fault)
        {
            Say($"talk: not recorded any more: {fault}");
        }
    }

    private string Statistics() => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"sdcardRemain":{{Card.Volumes().Sum(static volume => volume.RemainingBytes)}},"wifiSignal":{{Wifi.Connected?.Signal ?? 0}}}""");

    private void Say(FormattableString line) => _say(FormattableString.Invariant(line));
}
