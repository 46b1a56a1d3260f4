namespace Andmu.Pipeline.Cli.Progress;

/// <summary>A line a step, when it changes, and a line a second.</summary>
internal sealed class LineView(TextWriter output, TimeProvider time) : IProgressView
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public async Task<T> ShowAsync<T>(ProgressBoard board, Task<T> work)
    {
        board.Changed += Write;
        try
        {
            // What was reached before anybody looked.
            foreach (ProgressStep step in board.Steps().Where(step => step.State != ProgressState.Waiting))
            {
                Write(step);
            }

            using var timer = new PeriodicTimer(Interval, time);
            while (!work.IsCompleted)
            {
                // Not WaitAsync with a timeout, which would throw once a second for nothing.
                await Task.WhenAny(work, timer.WaitForNextTickAsync().AsTask());
                if (!work.IsCompleted && board.Meter is { } meter)
                {
                    WriteLine(meter.Line());
                }
            }

            return await work;
        }
        finally
        {
            board.Changed -= Write;
        }
    }

    private void Write(ProgressStep step)
    {
        string mark = step.State == ProgressState.Done ? "ok    " : "FAILED";
        WriteLine($"{mark} {step.Title}{(step.Detail.Length > 0 ? $": {step.Detail}" : "")}");
    }

    private void WriteLine(string line)
    {
        output.WriteLine(line);
        output.Flush();
    }
}
