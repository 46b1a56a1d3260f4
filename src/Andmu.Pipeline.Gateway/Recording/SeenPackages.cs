namespace Andmu.Pipeline.Gateway.Recording;

/// <summary>
/// The latest packages of a track that were recorded, so that none is recorded twice. What came since the last mark can be forgotten
/// again, to be recorded anew.
/// </summary>
internal sealed class SeenPackages
{
    // Two minutes of video at 30 a second, 80 s of packs of 20 ms: more than a device's buffer sends again. 64 KiB and the set.
    public const int Capacity = 4096;

    private readonly HashSet<PackageIdentity> _set = [];
    private readonly PackageIdentity[] _ring = new PackageIdentity[Capacity];
    private long _first;
    private long _end;
    private long _mark;

    public bool Contains(in PackageIdentity package) => _set.Contains(package);

    public void Add(in PackageIdentity package)
    {
        if (!_set.Add(package))
        {
            return;
        }

        if (_end - _first == Capacity)
        {
            _set.Remove(_ring[_first++ % Capacity]);
        }

        _ring[_end++ % Capacity] = package;
    }

    /// <summary>What was noted so far stays.</summary>
    public void Mark() => _mark = _end;

    public void ForgetSinceMark()
    {
        while (_end > Math.Max(_mark, _first))
        {
            _set.Remove(_ring[--_end % Capacity]);
        }
    }
}
