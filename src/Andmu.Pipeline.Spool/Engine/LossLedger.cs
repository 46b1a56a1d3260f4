namespace Andmu.Pipeline.Spool.Engine;

/// <summary>All losses, by reason. Any thread.</summary>
internal sealed class LossLedger
{
    private static readonly int Reasons = Enum.GetValues<SpoolLossReason>().Length;
    private readonly Lock _lock = new();
    private readonly SpoolLoss[] _losses = new SpoolLoss[Reasons];

    public SpoolLoss this[SpoolLossReason reason]
    {
        get
        {
            lock (_lock)
            {
                return _losses[(int)reason];
            }
        }
    }

    public void Add(SpoolLossReason reason, long count, long bytes)
    {
        lock (_lock)
        {
            SpoolLoss old = _losses[(int)reason];
            _losses[(int)reason] = new SpoolLoss(old.Count + count, old.Bytes + bytes);
        }
    }
}
