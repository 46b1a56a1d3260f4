using Spectre.Console;
using Spectre.Console.Rendering;

namespace Andmu.Pipeline.Cli.Progress;

/// <summary>The whole board, drawn anew four times a second in place.</summary>
internal sealed class LiveView(IAnsiConsole console, TimeProvider time) : IProgressView
{
    // Fast enough for the eye to see a figure move, slow enough to read it.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    public Task<T> ShowAsync<T>(ProgressBoard board, Task<T> work) =>
        console.Live(Draw(board)).StartAsync(async live =>
        {
            using var timer = new PeriodicTimer(Interval, time);
            while (!work.IsCompleted)
            {
                live.UpdateTarget(Draw(board));
                await Task.WhenAny(work, timer.WaitForNextTickAsync().AsTask());
            }

            live.UpdateTarget(Draw(board));
            return await work;
        });

    private static Rows Draw(ProgressBoard board)
    {
        var rows = new List<IRenderable>();
        foreach (ProgressStep step in board.Steps())
        {
            rows.Add(new Columns(Mark(step.State), new Text(step.Title), new Text(step.Detail, new Style(Color.Grey))) { Expand = false });
        }

        if (board.Meter is { } meter)
        {
            rows.Add(new Text(meter.Line(), new Style(Color.Aqua)));
        }

        return new Rows(rows);
    }

    private static Text Mark(ProgressState state) => state switch
    {
        ProgressState.Done => new Text("✓", new Style(Color.Green)),
        ProgressState.Failed => new Text("✗", new Style(Color.Red)),
        _ => new Text("·", new Style(Color.Grey)),
    };
}
