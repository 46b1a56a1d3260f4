namespace Andmu.Pipeline.Cli.Progress;

/// <summary>Shows a board while something is done: live on a terminal, line by line in a pipe.</summary>
internal interface IProgressView
{
    /// <summary>Shows the board until the work is done, and gives its result.</summary>
    Task<T> ShowAsync<T>(ProgressBoard board, Task<T> work);
}
