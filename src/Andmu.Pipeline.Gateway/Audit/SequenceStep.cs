namespace Andmu.Pipeline.Gateway.Audit;

/// <summary>How a seq_num follows the one before it on its track.</summary>
internal enum SequenceStep
{
    /// <summary>There is none before it.</summary>
    First,

    /// <summary>Directly.</summary>
    Next,

    /// <summary>Numbers are missing between.</summary>
    Gap,

    /// <summary>It is the same, or goes back.</summary>
    Back,
}
