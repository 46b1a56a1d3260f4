using Andmu.Pipeline.Control.Responses;

namespace Andmu.Pipeline.Control.Commands;

/// <summary>
/// A command that the protocol answers in a DevIpCamCmd of type 2, and the type of what it is answered with. All others are carried out
/// without an answer.
/// </summary>
/// <typeparam name="TAnswer"><see cref="Done"/> where success or failure is all there is to say.</typeparam>
public interface IQuery<TAnswer>
    where TAnswer : CommandAnswer;
