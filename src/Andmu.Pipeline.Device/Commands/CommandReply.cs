using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Control.Responses;

namespace Andmu.Pipeline.Device.Commands;

/// <summary>What a command that succeeded is answered with, whatever its kind.</summary>
internal interface ICommandReply
{
    /// <summary>What it says.</summary>
    CommandAnswer Answer { get; }

    /// <summary>The message to its sender.</summary>
    string ToJson(ReceivedCommand received, MessageStamp stamp);
}

/// <summary>An answer and the command that it belongs to.</summary>
internal sealed record CommandReply<TAnswer>(IQuery<TAnswer> Query, TAnswer Answer) : ICommandReply
    where TAnswer : CommandAnswer
{
    CommandAnswer ICommandReply.Answer => Answer;

    /// <inheritdoc />
    public string ToJson(ReceivedCommand received, MessageStamp stamp) => CommandResponse.Succeeded(received, Query, Answer, stamp);
}
