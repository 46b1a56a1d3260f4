using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Audit;

namespace Andmu.Pipeline.Gateway.Recording;

/// <summary>
/// What a viewer lately watched on the event plan. It is not recorded; but when an event turns the flag from 2 to 1 it is put in front
/// as its pre-roll (specification 5.2.3, point 3). A device that sends its own pre-roll again goes back in its numbers: then this is
/// not needed.
/// </summary>
internal sealed class ViewerCache
{
    // 5.2.1: at least 4 to 5 s before the event, from a key frame.
    private const uint PreRollMs = 5000;

    // What is further apart in media time does not belong together: another viewer, or long ago.
    private const int MaxGapMs = 3000;

    // A picture may be shown before one that was sent before it, and sound lags: that is no step back.
    private const int MaxReorderMs = 1000;
    private const long MaxBytes = 32 * 1024 * 1024;

    private readonly LinkedList<TDMediaPackage> _packages = new();
    private long _bytes;
    private uint? _lastVideo;
    private uint? _lastAudio;
    private uint _lastTime;

    public bool IsEmpty => _packages.Count == 0;

    public void Add(TDMediaPackage package)
    {
        if (!IsEmpty && !IsNear(package))
        {
            Clear();
        }

        _lastTime = package.StartTime;
        _packages.AddLast(package);
        _bytes += package.Data.Length;
        if (package.PackageType == PackageType.Video)
        {
            _lastVideo = package.SeqNum;
        }
        else if (package.PackageType == PackageType.Audio)
        {
            _lastAudio = package.SeqNum;
        }

        if (package.PackageType == PackageType.Video && package.Sync == 1)
        {
            DropBefore(package.StartTime - PreRollMs);
        }

        if (_bytes > MaxBytes)
        {
            Clear();
        }
    }

    /// <summary>Whether a package carries on what was watched, rather than going back before it.</summary>
    public bool IsContinuedBy(TDMediaPackage package)
    {
        uint? last = package.PackageType == PackageType.Video ? _lastVideo : _lastAudio;
        return IsNear(package) && (last is null || (int)(package.SeqNum - last.Value) > 0);
    }

    public List<TDMediaPackage> Take()
    {
        List<TDMediaPackage> taken = [.. _packages];
        Clear();
        return taken;
    }

    public void Clear()
    {
        _packages.Clear();
        _bytes = 0;
        _lastVideo = _lastAudio = null;
    }

    private bool IsNear(TDMediaPackage package) => (int)(package.StartTime - _lastTime) is >= -MaxReorderMs and <= MaxGapMs;

    // Keeps the newest key frame at or before the time, with the parameter sets in front of it, and all behind.
    private void DropBefore(uint time)
    {
        LinkedListNode<TDMediaPackage>? keep = null;
        for (LinkedListNode<TDMediaPackage>? node = _packages.First; node is not null; node = node.Next)
        {
            if (node.Value.PackageType == PackageType.Video && node.Value.Sync == 1 && (int)(node.Value.StartTime - time) <= 0)
            {
                keep = node;
            }
        }

        while (keep?.Previous is { Value.PackageType: PackageType.ParameterSets } sets)
        {
            keep = sets;
        }

        while (keep is not null && _packages.First != keep)
        {
            _bytes -= _packages.First!.Value.Data.Length;
            _packages.RemoveFirst();
        }
    }
}
