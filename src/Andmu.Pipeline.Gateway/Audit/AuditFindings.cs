namespace Andmu.Pipeline.Gateway.Audit;

/// <summary>The violations of one connection in words: the first ones, for a device that breaks a rule once breaks it with every package.</summary>
internal sealed class AuditFindings
{
    public const int MaxKept = 100;

    private readonly List<string> _texts = [];
    private int _taken;

    public IReadOnlyList<string> All => [.. _texts];

    public void Add(string text)
    {
        if (_texts.Count < MaxKept)
        {
            _texts.Add(text);
        }
    }

    /// <summary>What was added since the last call.</summary>
    public IReadOnlyList<string> TakeNew()
    {
        if (_taken == _texts.Count)
        {
            return [];
        }

        string[] taken = [.. _texts[_taken..]];
        _taken = _texts.Count;
        return taken;
    }
}
