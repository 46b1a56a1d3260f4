namespace Andmu.Pipeline.Cli.Camera;

/// <summary>A simulated loudspeaker: it takes the audio of a talk-back (specification 5.2.5) and keeps account of it. Any thread.</summary>
/// <param name="time">The clock that it plays by.</param>
/// <param name="recording">Where everything played is kept too, or null. Its owner closes it.</param>
internal sealed class CameraSpeaker(TimeProvider time, WavFile? recording = null)
{
    // G.711 at 8 kHz: a byte a sample.
    private const int BytesPerMs = 8;

    // A loudspeaker's buffer bridges as much; what comes later than that is heard as a gap.
    private static readonly TimeSpan Buffer = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private long _packs;
    private long _bytes;
    private int _gaps;
    private long _lastPack;
    private TimeSpan _unplayed;

    /// <summary>What was played of the talk: since <see cref="Begin"/>, or since it was made.</summary>
    public SpeakerAccount Account
    {
        get
        {
            lock (_lock)
            {
                return new SpeakerAccount(_packs, _bytes / BytesPerMs, _gaps);
            }
        }
    }

    /// <summary>Why the recording has stopped, or null.</summary>
    public string? RecordingFault => recording?.Fault?.Message;

    /// <summary>Another talk begins: its account starts from nothing.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            (_packs, _bytes, _gaps, _unplayed) = (0, 0, 0, TimeSpan.Zero);
        }
    }

    /// <summary>Plays a pack. One without samples is none.</summary>
    /// <param name="aLaw">G.711 A-law, 8 kHz mono, without an RTP header.</param>
    public void Play(ReadOnlySpan<byte> aLaw)
    {
        if (aLaw.IsEmpty)
        {
            return;
        }

        lock (_lock)
        {
            Enter(aLaw.Length);
            recording?.Write(aLaw);
        }
    }

    private void Enter(int bytes)
    {
        long now = time.GetTimestamp();
        TimeSpan left = _unplayed - time.GetElapsedTime(_lastPack, now);
        if (_packs > 0 && left < -Buffer)
        {
            _gaps++;
        }

        _unplayed = (left > TimeSpan.Zero ? left : TimeSpan.Zero) + TimeSpan.FromSeconds(bytes / (1000.0 * BytesPerMs));
        _lastPack = now;
        _packs++;
        _bytes += bytes;
    }
}

/// <summary>What a loudspeaker has played of a talk.</summary>
/// <param name="Packs">Packs of audio.</param>
/// <param name="Ms">Milliseconds of it.</param>
/// <param name="Gaps">How often it ran dry between two packs.</param>
internal readonly record struct SpeakerAccount(long Packs, long Ms, int Gaps);
