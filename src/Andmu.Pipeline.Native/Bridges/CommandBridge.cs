using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Responses;
using Andmu.Pipeline.Device.Commands;
using Andmu.Pipeline.Native.Exports;
using Andmu.Pipeline.Native.Handles;
using Andmu.Pipeline.Native.Interop;

namespace Andmu.Pipeline.Native.Bridges;

/// <summary>Commands by way of on_command, and their answers by the andmu_answer_ functions.</summary>
/// <remarks>
/// <code>
///   handler -> on_command -> ANDMU_OK ----------------> done (a question must have been answered by then)
///                        \-> ANDMU_PENDING -> andmu_answer... -> done or failed, or the device's time limit
///                         \-> an error ----------------> failed
/// </code>
/// An upgrade is not among them: the device sees to it as a whole, see <see cref="FirmwareBridge"/>.
/// </remarks>
/// <param name="host">The host's functions.</param>
/// <param name="countsPersons">Whether the device switches the person count by itself.</param>
/// <param name="takesPanoramas">Whether the device turns its head by itself.</param>
/// <param name="hasCard">Whether the device sees to the card by itself.</param>
internal sealed class CommandBridge(HostCallbacks host, bool countsPersons, bool takesPanoramas, bool hasCard)
{
    private readonly PendingTable<AnswerKind, Reply> _pending = new();

    /// <summary>Sets the handlers of all commands.</summary>
    public void Handle(CommandHandlers commands)
    {
        Do<SetMotionSensitivity>(commands);
        Do<SetSoundSensitivity>(commands);
        Do<SetMicrophone>(commands, isDone: true);
        Do<SetResolution>(commands);
        Do<SetRotation>(commands);
        Do<SetStatusLight>(commands);
        Do<SetNightVision>(commands);
        Do<SetAntiFlicker>(commands);
        Do<SetDevicePower>(commands, isDone: true);
        Do<StepPtz>(commands);
        Do<TurnPtz>(commands);
        Do<SetPtzPosition>(commands);
        Do<SetMotionRegions>(commands);
        Do<SetWifi>(commands, hasAnswer: true);
        Do<SetOffSchedule>(commands, isDone: true);
        Do<SetPersonRegions>(commands);
        Do<SetPersonCounting>(commands, isDone: countsPersons);
        Do<SetPersonSchedule>(commands, isDone: countsPersons);
        Do<FormatSdCard>(commands, isDone: hasCard, hasAnswer: true);
        Do<SetMotionTracking>(commands);
        Do<SetTrackingReturnTime>(commands);
        Do<SetPanorama>(commands, isDone: takesPanoramas, hasAnswer: true);
        Ask<QueryWifiList, WifiList>(commands, AnswerKind.Wifi);
        Ask<QueryPtzPosition, PtzPosition>(commands, AnswerKind.Ptz);
        if (!hasCard)
        {
            Ask<QuerySdCard, SdCardInfo>(commands, AnswerKind.Card);
        }
    }

    /// <summary>andmu_answer.</summary>
    public NativeResult Answer(ulong id, NativeResult result) => result > 0
        ? NativeResult.Invalid
        : Answer(id, result == NativeResult.Ok ? AnswerKind.Done : null, new Reply(result, null));

    /// <summary>The andmu_answer_ functions of one kind of question each.</summary>
    public NativeResult Answer(ulong id, AnswerKind kind, CommandAnswer answer) => Answer(id, kind, new Reply(NativeResult.Ok, answer));

    private NativeResult Answer(ulong id, AnswerKind? kind, Reply reply) =>
        _pending.Find(id) is not { } pending ? NativeResult.State
        : kind is { } given && given != pending.Question ? NativeResult.Invalid
        : pending.TryAnswer(reply) ? NativeResult.Ok
        : NativeResult.State;

    private void Do<TCommand>(CommandHandlers commands, bool isDone = false, bool hasAnswer = false)
        where TCommand : ControlCommand => commands.Handle<TCommand>(async (command, stop) =>
            await AskAsync(command, AnswerKind.Done, hasAnswer, isDone, stop));

    private void Ask<TCommand, TAnswer>(CommandHandlers commands, AnswerKind kind)
        where TCommand : ControlCommand, IQuery<TAnswer>
        where TAnswer : CommandAnswer => commands.Answer<TCommand, TAnswer>(async (command, stop) =>
            (TAnswer)(await AskAsync(command, kind, hasAnswer: true, isDone: false, stop))!);

    private async ValueTask<CommandAnswer?> AskAsync(ControlCommand command, AnswerKind kind, bool hasAnswer, bool isDone, CancellationToken stop)
    {
        using PendingTable<AnswerKind, Reply>.Pending pending = _pending.Open(kind);
        NativeResult result = Call(command, pending.Id, hasAnswer);
        if (result == NativeResult.Unsupported && isDone)
        {
            return null; // the device has done it: there is nothing that the host would have to support
        }

        if (result < 0)
        {
            throw new CommandRejectedException(ErrorText.Of(result));
        }

        if (result == NativeResult.Ok && !pending.Answer.IsCompleted)
        {
            return kind == AnswerKind.Done ? null : throw new CommandRejectedException("on_command returned ANDMU_OK without an answer");
        }

        Reply reply = await pending.Answer.WaitAsync(stop);
        return reply.Result == NativeResult.Ok ? reply.Answer : throw new CommandRejectedException(ErrorText.Of(reply.Result));
    }

    private unsafe NativeResult Call(ControlCommand command, ulong id, bool hasAnswer)
    {
        using var scope = new NativeScope();
        NativeCommand shape = CommandShape.Of(command, scope) with
        {
            StructSize = (uint)sizeof(NativeCommand),
            Id = id,
            HasAnswer = hasAnswer ? 1 : 0,
        };
        return host.Command(&shape);
    }

    /// <summary>What came from the host.</summary>
    private sealed record Reply(NativeResult Result, CommandAnswer? Answer);
}

/// <summary>Which function answers a command.</summary>
internal enum AnswerKind
{
    /// <summary>andmu_answer, or what on_command returns.</summary>
    Done,

    /// <summary>andmu_answer_wifi.</summary>
    Wifi,

    /// <summary>andmu_answer_card.</summary>
    Card,

    /// <summary>andmu_answer_ptz.</summary>
    Ptz,
}
