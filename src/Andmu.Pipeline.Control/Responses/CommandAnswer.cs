using System.Text.Json;

namespace Andmu.Pipeline.Control.Responses;

/// <summary>
/// What a command was answered with, when it succeeded. The set is closed: each kind belongs to an <see cref="Commands.IQuery{TAnswer}"/>.
/// </summary>
public abstract record CommandAnswer
{
    private protected CommandAnswer()
    {
    }

    /// <summary>Writes <c>responseParams</c>, or nothing when there is none.</summary>
    internal abstract void Write(Utf8JsonWriter writer);
}
