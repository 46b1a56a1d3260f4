using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Responses;
using Andmu.Pipeline.Device.Card;
using Andmu.Pipeline.Device.Firmware;
using Andmu.Pipeline.Device.Services;
using Andmu.Pipeline.Device.Switches;

namespace Andmu.Pipeline.Device.Commands;

/// <summary>What the device does by itself about a command.</summary>
/// <returns>What it is answered with; null for what is not answered.</returns>
internal delegate ValueTask<ICommandReply?> OwnCommand(PendingCommand pending, CancellationToken cancellationToken);

/// <summary>The commands that the device does by itself, with what it has for them.</summary>
/// <param name="switches">Always there.</param>
/// <param name="countsPersons">Whether the host counts persons.</param>
/// <param name="panorama">Null without a head that turns.</param>
/// <param name="firmware">Null without a host that installs.</param>
/// <param name="card">Null without an SD card.</param>
/// <param name="answers">For an answer that goes before what is asked for.</param>
internal sealed class OwnCommands(
    DeviceSwitches switches, bool countsPersons, PanoramaCommand? panorama, FirmwareUpgrade? firmware, SdCard? card, CommandAnswers answers)
{
    /// <summary>What is done about a command; null when the device does nothing about it.</summary>
    public OwnCommand? Find(ControlCommand command) => command switch
    {
        SetDevicePower power => Act(() => switches.Do(power)),
        SetMicrophone microphone => Act(() => switches.Do(microphone)),
        SetOffSchedule schedule => Act(() => switches.Do(schedule)),
        SetPersonCounting counting when countsPersons => Act(() => switches.Do(counting)),
        SetPersonSchedule schedule when countsPersons => Act(() => switches.Do(schedule)),
        SetPanorama turn when panorama is not null => (pending, _) => new(TakePanorama(panorama, turn, pending)),
        UpgradeFirmware upgrade when firmware is not null => (pending, _) => new(Start(firmware, upgrade, pending)),
        QuerySdCard query when card is not null => (_, _) => new(new CommandReply<SdCardInfo>(query, card.Info)),
        FormatSdCard format when card is not null => (_, stop) => EraseAsync(card, format, stop),
        _ => null,
    };

    private static OwnCommand Act(Action action) => (_, _) =>
    {
        action();
        return default;
    };

    private static async ValueTask<ICommandReply?> EraseAsync(SdCard card, FormatSdCard command, CancellationToken cancellationToken) =>
        await card.EraseAsync().WaitAsync(cancellationToken)
            ? new CommandReply<Done>(command, Done.Instance)
            : throw new CommandRejectedException("There is no card that can be erased.");

    private CommandReply<Done> TakePanorama(PanoramaCommand panorama, SetPanorama command, PendingCommand pending)
    {
        var done = new CommandReply<Done>(command, Done.Instance);
        panorama.Do(command, pending.Sender, () => answers.Send(pending, CommandResult.Done(done)));
        return done;
    }

    // Its progress is its answer, a refusal included.
    private static ICommandReply? Start(FirmwareUpgrade firmware, UpgradeFirmware command, PendingCommand pending)
    {
        firmware.TryStart(FirmwareRequest.Of(pending.Received.Session, command));
        return null;
    }
}
