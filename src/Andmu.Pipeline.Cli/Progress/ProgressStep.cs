namespace Andmu.Pipeline.Cli.Progress;

/// <summary>A milestone that is reached, missed, or still to come.</summary>
/// <param name="Title">What it is.</param>
/// <param name="State">How it stands.</param>
/// <param name="Detail">Particulars, or empty.</param>
internal sealed record ProgressStep(string Title, ProgressState State = ProgressState.Waiting, string Detail = "");

/// <summary>How a step stands.</summary>
internal enum ProgressState
{
    /// <summary>Still to come.</summary>
    Waiting,

    /// <summary>Reached.</summary>
    Done,

    /// <summary>Missed.</summary>
    Failed,
}
