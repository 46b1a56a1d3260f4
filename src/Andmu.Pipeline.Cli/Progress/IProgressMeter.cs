namespace Andmu.Pipeline.Cli.Progress;

/// <summary>Says how far something has come.</summary>
internal interface IProgressMeter
{
    /// <summary>One line, as of now.</summary>
    string Line();
}
