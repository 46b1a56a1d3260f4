namespace Andmu.Pipeline.Cli.Progress;

/// <summary>What a view shows: steps, and how far the media has come. Any thread.</summary>
internal sealed class ProgressBoard
{
    private readonly Lock _lock = new();
    private readonly ProgressStep[] _steps;

    /// <summary>A board.</summary>
    /// <param name="meter">How far the media has come; null until there is any.</param>
    /// <param name="titles">The steps in the order in which they are to come.</param>
    public ProgressBoard(IProgressMeter? meter, params ReadOnlySpan<string> titles)
    {
        Meter = meter;
        _steps = new ProgressStep[titles.Length];
        for (int i = 0; i < titles.Length; i++)
        {
            _steps[i] = new ProgressStep(titles[i]);
        }
    }

    /// <summary>Raised when a step has changed, on the thread that changed it.</summary>
    public event Action<ProgressStep>? Changed;

    public IProgressMeter? Meter { get; set; }

    public bool AllDone => Steps().All(step => step.State == ProgressState.Done);

    public ProgressStep[] Steps()
    {
        lock (_lock)
        {
            return [.. _steps];
        }
    }

    /// <summary>A step is reached or missed. The first word counts: later ones are not heard.</summary>
    public void Set(string title, bool done, string detail = "")
    {
        ProgressStep? changed = null;
        lock (_lock)
        {
            int index = Array.FindIndex(_steps, step => step.Title == title);
            if (_steps[index].State == ProgressState.Waiting)
            {
                changed = _steps[index] = new ProgressStep(title, done ? ProgressState.Done : ProgressState.Failed, detail);
            }
        }

        if (changed is not null)
        {
            Changed?.Invoke(changed);
        }
    }

    /// <summary>Whatever has not been reached by now is missed.</summary>
    public void Close()
    {
        foreach (ProgressStep step in Steps())
        {
            Set(step.Title, done: false, "did not happen");
        }
    }
}
