using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Control.Responses;
using Andmu.Pipeline.Device.Diagnostics;
using Andmu.Pipeline.Device.Services;
using Andmu.Pipeline.Messages;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Commands;

/// <summary>Answers commands: to their sender, once, where the protocol has an answer (specification 5.2.11). Thread-safe.</summary>
/// <param name="send">Sends a message; false when too much waits already.</param>
/// <param name="platformTime">Now, by the platform's clock.</param>
/// <param name="upgrades">Where a refused upgrade goes, which is answered with its progress.</param>
/// <param name="tally">Where an answer that is lost is counted.</param>
/// <param name="logger">Where it is noted.</param>
internal sealed class CommandAnswers(
    Func<DeviceMessage, bool> send, Func<DateTimeOffset> platformTime, FirmwareReports upgrades, CommandTally tally, ILogger logger)
{
    private const int UpgradeRequest = 4097;

    private uint _sequence;

    private MessageStamp NextStamp => new(Interlocked.Increment(ref _sequence), platformTime());

    /// <summary>Tells the sender what came of a command, unless it was told before.</summary>
    public void Send(PendingCommand pending, in CommandResult result)
    {
        if (result.Outcome != CommandOutcome.Done && pending.Received.Code is { Request: UpgradeRequest })
        {
            upgrades.Refuse(pending.Received.Session, result.Reason);
        }

        if (pending.TakeAnswer())
        {
            Answer(pending, result);
        }
    }

    private void Answer(PendingCommand pending, in CommandResult result)
    {

        ReceivedCommand received = pending.Received;
        bool sent;
        try
        {
            sent = send(To(pending.Sender, result.Reply?.ToJson(received, NextStamp) ?? CommandResponse.Failed(received, NextStamp)));
        }
        catch (ArgumentException)
        {
            sent = send(To(pending.Sender, CommandResponse.Failed(received, NextStamp))); // the host's answer is longer than any message
        }

        if (!sent)
        {
            tally.AddAnswerLost();
            Log.AnswerLost(logger, pending.Name);
        }
    }

    private static DeviceMessage To(string sender, string json) => new(DeviceMessageType.Response) { Destination = sender, Message = json };
}
