namespace Andmu.Pipeline.Control.Tests;

/// <summary>Lets a long line of JSON be written over several.</summary>
internal static class OneLine
{
    /// <summary>The lines one behind the other, without their breaks.</summary>
    public static string Of(string lines) => lines.ReplaceLineEndings("");
}
