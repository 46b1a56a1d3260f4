namespace Andmu.Pipeline.Upload;

/// <summary>A few clips in the order of their start, changed in place. Its owner's lock guards it, but for <see cref="IsEmpty"/>.</summary>
/// <remarks>Its memory is taken with the second clip: most channels never have two at a time, and a recorder has hundreds of channels.</remarks>
internal sealed class ClipList
{
    /// <summary>Clips that may wait: more than a minute of buffer holds, as none is shorter than four seconds.</summary>
    private const int Capacity = 32;

    private EventClip[] _clips = new EventClip[1];
    private int _count;

    public delegate bool Which(in EventClip clip, long argument);

    /// <summary>May be read without the lock: every entry asks, and mostly there is none.</summary>
    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    public bool IsFull => _count == Capacity;

    /// <summary>All of them.</summary>
    public Span<EventClip> All => _clips.AsSpan(0, _count);

    /// <summary>The newest. Not to be looked at when there is none.</summary>
    public ref EventClip Last => ref _clips[Math.Max(_count - 1, 0)];

    public ref EventClip Add(in EventClip clip)
    {
        if (_count == _clips.Length)
        {
            Array.Resize(ref _clips, Capacity);
        }

        _clips[_count] = clip;
        return ref _clips[_count++];
    }

    /// <summary>Index in <see cref="All"/>, or -1.</summary>
    public int Find(long id) => Find(static (in clip, id) => clip.Id == id, id);

    /// <summary>Index in <see cref="All"/> of the oldest for which it is true, or -1.</summary>
    public int Find(Which which, long argument)
    {
        for (int i = 0; i < _count; i++)
        {
            if (which(_clips[i], argument))
            {
                return i;
            }
        }

        return -1;
    }

    public EventClip RemoveAt(int index)
    {
        EventClip clip = _clips[index];
        All[(index + 1)..].CopyTo(All[index..]);
        _clips[--_count] = default;
        return clip;
    }
}
