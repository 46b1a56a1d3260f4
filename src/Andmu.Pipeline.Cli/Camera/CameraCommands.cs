using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Responses;
using Andmu.Pipeline.Device.Commands;

namespace Andmu.Pipeline.Cli.Camera;

/// <summary>What a simulated camera does about each command (specification 5.2.9 and 5.2.10): every kind of command stands here once.</summary>
/// <param name="camera">The hardware.</param>
/// <param name="hasRealCard">Whether its card is a real directory, which its device sees to.</param>
/// <param name="say">Gets the lines. No key of a network goes there, and of an address no more than whose it is.</param>
internal sealed class CameraCommands(SimulatedCamera camera, bool hasRealCard, Action<string> say)
{
    // VGA is what the protocol calls low (specification 5.2.9.5).
    private const int MaxSdWidth = 640;
    private const int MaxSdHeight = 480;

    public void AddTo(CommandHandlers commands)
    {
        AddSwitches(commands);
        AddHead(commands);
        AddNetworkAndCard(commands);
        AddTold(commands);
    }

    private void AddSwitches(CommandHandlers commands)
    {
        CameraSwitches switches = camera.Switches;
        Do<SetStatusLight>(commands, command => switches.StatusLight = command.On);
        Do<SetNightVision>(commands, command => switches.NightVision = command.Mode);
        Do<SetAntiFlicker>(commands, command => switches.AntiFlicker = command.Frequency);
        Do<SetRotation>(commands, command => switches.IsRotated = command.Rotated);
        Do<SetResolution>(commands, SetResolution);
        Do<SetMotionSensitivity>(commands, command => switches.MotionSensitivity = command.Value);
        Do<SetSoundSensitivity>(commands, command => switches.SoundSensitivity = command.Value);
        Do<SetMotionRegions>(commands, command => switches.MotionRegions = command.Regions);
        Do<SetMotionTracking>(commands, command => switches.MotionTracking = command.On);
        Do<SetTrackingReturnTime>(commands, command => switches.TrackingReturnTime = command.Time);
        Do<SetPersonRegions>(commands, command => switches.PersonRegions = command.Regions);
    }

    private void AddHead(CommandHandlers commands)
    {
        Do<StepPtz>(commands, Step);
        Do<TurnPtz>(commands, Turn);
        Do<SetPtzPosition>(commands, command =>
        {
            FreeHead().MoveTo(new PtzPosition(command.Pan, command.Tilt));
            say($"head: {Place(camera.Head.Target)}");
        });
        Answer<QueryPtzPosition, PtzPosition>(commands, _ =>
        {
            PtzPosition position = camera.Head.Position;
            say($"head: asked, stands at {Place(position)}");
            return position;
        });
    }

    private void AddNetworkAndCard(CommandHandlers commands)
    {
        Do<SetWifi>(commands, JoinWifi);
        Answer<QueryWifiList, WifiList>(commands, _ =>
        {
            var list = new WifiList(camera.Wifi.Scan());
            say($"wifi: asked, {list.Networks.Count} networks in reach");
            return list;
        });
        if (hasRealCard)
        {
            Do<FormatSdCard>(commands, _ => say("card: erased")); // by the device, before this
            return;
        }

        Do<FormatSdCard>(commands, _ => say(camera.Card.Format() ? "card: formatted" : throw Rejected("card: not formatted", "there is none that works")));
        Answer<QuerySdCard, SdCardInfo>(commands, _ =>
        {
            var card = new SdCardInfo(camera.Card.Volumes());
            say($"card: asked, {card.Volumes.Sum(static volume => volume.RemainingBytes)} bytes free");
            return card;
        });
    }

    /// <summary>What the device has done by itself by then.</summary>
    private void AddTold(CommandHandlers commands)
    {
        CameraSwitches switches = camera.Switches;
        Do<SetDevicePower>(commands, command => switches.IsOn = command.On);
        Do<SetOffSchedule>(commands, command => switches.OffSchedule = command.Schedule);
        Do<SetMicrophone>(commands, command => switches.Microphone = command.On);
        Do<SetPersonCounting>(commands, command => switches.PersonCounting = command.On);
        Do<SetPersonSchedule>(commands, command =>
        {
            switches.PersonSchedule = command.Schedule;
            if (command.On is { } on)
            {
                switches.PersonCounting = on;
            }
        });
        Do<SetPanorama>(commands, command => say(command.On ? $"panorama: begun, a picture every {command.DegreesPerShot} degrees" : "panorama: stopped"));
        Do<UpgradeFirmware>(commands, command => say(
            $"firmware: asked for version {LineText.Quote(command.Version)} from {command.Url.Scheme}://{command.Url.IdnHost}/..."));
    }

    private void SetResolution(SetResolution command)
    {
        VideoResolution has = camera.Input is { Width: <= MaxSdWidth, Height: <= MaxSdHeight } ? VideoResolution.Sd : VideoResolution.Hd;
        string size = camera.Input is { } input ? $"{input.Width}x{input.Height}" : "of unknown size";
        string name = command.Resolution == VideoResolution.Sd ? "SD" : "HD";
        if (command.Resolution != has)
        {
            throw Rejected($"command: resolution {name} refused", $"the input is a file and stays as it is, {size}");
        }

        say($"command: resolution {name}, which the input is, {size}");
        camera.OnResolutionSet();
    }

    private void Step(StepPtz command)
    {
        if (command.Direction is { } direction)
        {
            FreeHead().Step(direction);
            say($"head: a step {NameOf(direction)} to {Place(camera.Head.Target)}");
        }
        else
        {
            FreeHead().MoveHome();
            say($"head: home, {Place(camera.Head.Target)}");
        }
    }

    private void Turn(TurnPtz command)
    {
        if (command.Direction is { } direction)
        {
            FreeHead().Turn(direction);
            say($"head: turns {NameOf(direction)}");
        }
        else
        {
            FreeHead().Stop();
            say($"head: stopped at {Place(camera.Head.Target)}");
        }
    }

    private void JoinWifi(SetWifi command)
    {
        string name = LineText.Quote(command.Ssid);
        WifiJoin outcome = camera.Wifi.Join(command.Ssid, command.Bssid, command.Key);
        if (outcome != WifiJoin.Joined)
        {
            throw Rejected($"wifi: {name} not joined", outcome == WifiJoin.WrongKey ? "the key is wrong" : "there is no such network in reach");
        }

        say($"wifi: joined {name}");
        camera.OnWifiJoined();
    }

    private PtzHead FreeHead() => camera.Panorama.IsTaking ? throw Rejected("head: refused", "a panorama is being taken") : camera.Head;

    private CommandRejectedException Rejected(string line, string reason)
    {
        say($"{line}, {reason}");
        return new CommandRejectedException(reason);
    }

    private static string Place(PtzPosition position) => $"pan {position.Pan} tilt {position.Tilt}";

    private static string NameOf(PtzDirection direction) => direction switch
    {
        PtzDirection.Left => "left",
        PtzDirection.Right => "right",
        PtzDirection.Up => "up",
        _ => "down",
    };

    private static void Do<TCommand>(CommandHandlers commands, Action<TCommand> deed)
        where TCommand : ControlCommand => commands.Handle<TCommand>((command, _) =>
        {
            deed(command);
            return ValueTask.CompletedTask;
        });

    private static void Answer<TCommand, TAnswer>(CommandHandlers commands, Func<TCommand, TAnswer> answer)
        where TCommand : ControlCommand, IQuery<TAnswer>
        where TAnswer : CommandAnswer => commands.Answer<TCommand, TAnswer>((command, _) => ValueTask.FromResult(answer(command)));
}
