using Andmu.Pipeline.Protocol;

namespace Andmu.Pipeline.Tests.Upload;

/// <summary>The platform's end of one connection: says whether what comes can be decoded, and knows what it has read and recorded of it.</summary>
/// <remarks>It knows packages by their position in the buffer. It records what has flag 1, and what it has cached in one piece before it (specification 5.2.3,
/// point 3); on a continuous plan everything.</remarks>
internal sealed class FarEnd(CaptureLog log)
{
    private readonly List<Package> _packages = new(4096);
    private long _last = -1;
    private bool _awaitsKey;      // the random access picture after a cut is to come
    private bool _leadingIsBroken; // and its leading pictures cannot be decoded
    private int _sentCache;
    private int _readCache;

    public int Count => _packages.Count;

    public int Read { get; private set; }

    internal readonly record struct Package(long Position, uint? Flag, bool IsContinuous, bool GoesOn, long EndByte, TimeSpan At);

    public Package this[int index] => _packages[index];

    /// <summary>A package goes onto the wire.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? OnSent(long position, uint? flag, bool isContinuous, long endByte, TimeSpan now)
    {
        bool goesOn = _last >= 0 && GoesOnAt(position);
        if (!goesOn && !log.IsStart(position))
        {
            return $"position {position} comes after {_last}: it does not go on, and is not the start of a GOP ({log[position].GopStart})";
        }

        if (!goesOn)
        {
            _awaitsKey = true;
            bool goesOnFromConnectionBefore = _last < 0 && position > 0 && log[position - 1].HasArrived;
            _leadingIsBroken = !goesOnFromConnectionBefore;
        }

        string? fault = Decode(position);
        _last = position;
        _packages.Add(new Package(position, flag, isContinuous, goesOn, endByte, now));
        log[position].WasSent = true;
        Record(_packages.Count - 1, ref _sentCache, arrived: false, isKnown: false);
        return fault;
    }

    /// <summary>The platform has read so many packages.</summary>
    /// <param name="count">Since the connection's start.</param>
    /// <param name="isKnown">The device gets proof of it; not so for what comes in just before the connection breaks.</param>
    public void OnRead(int count, bool isKnown)
    {
        for (; Read < count; Read++)
        {
            log[_packages[Read].Position].HasArrived = true;
            Record(Read, ref _readCache, arrived: true, isKnown);
        }
    }

    private bool GoesOnAt(long position)
    {
        for (long p = _last + 1; p < position; p++)
        {
            if (!log[p].IsLeading)
            {
                return false;
            }
        }

        return position > _last;
    }

    private string? Decode(long position)
    {
        Captured entry = log[position];
        if (entry.Type != PackageType.Video)
        {
            return null;
        }

        if (entry.IsRandomAccess)
        {
            if (_last != position - 1)
            {
                return $"key frame {position} comes without its parameter sets, after {_last}";
            }

            _leadingIsBroken &= _awaitsKey;
            _awaitsKey = false;
        }
        else if (!entry.IsLeading)
        {
            _leadingIsBroken = false;
        }

        return _leadingIsBroken && entry.IsLeading ? $"leading picture {position} comes after a cut" : null;
    }

    private void Record(int index, ref int cache, bool arrived, bool isKnown)
    {
        Package package = _packages[index];
        if (!package.GoesOn)
        {
            cache = index;
        }

        if (package.Flag is null && !package.IsContinuous)
        {
            cache = index + 1; // nobody keeps it
        }
        else if (package.Flag == 1)
        {
            for (; cache <= index; cache++)
            {
                Mark(_packages[cache].Position, arrived, isKnown);
            }
        }
        else if (package.Flag is null)
        {
            Mark(package.Position, arrived, isKnown);
        }
    }

    private void Mark(long position, bool arrived, bool isKnown)
    {
        ref Captured entry = ref log[position];
        entry.SentToRecord |= !arrived;
        entry.IsRecorded |= arrived;
        entry.IsKnownRecorded |= isKnown;
    }
}
