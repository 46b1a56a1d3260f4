namespace Andmu.Pipeline.Session;

/// <summary>How much media is written before a flush. Pure.</summary>
/// <remarks>Much, so that one send carries many small packages. Little on a network on which a batch takes long: what comes behind it waits for it, and what
/// is in it can no more be given up for something newer. One access unit may exceed either; it is never cut.</remarks>
internal struct BatchSize
{
    /// <summary>On a network that takes what it is given.</summary>
    public const int Full = 256 * 1024;

    /// <summary>On a slow one.</summary>
    public const int Small = 32 * 1024;

    /// <summary>A flush that takes as long shows a slow network.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(100);

    /// <summary>A small batch that has waited for less shows that it is slow no more: 3 MB/s and above.</summary>
    private static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(10);

    private bool _slow;

    /// <summary>Bytes of media for the next batch.</summary>
    public readonly int Bytes => _slow ? Small : Full;

    /// <summary>A flush had to wait. One that is taken at once says nothing: it went into room that an earlier one has waited for.</summary>
    /// <param name="took">For how long.</param>
    public void OnBlocked(TimeSpan took) => _slow = took >= (_slow ? Fast : Slow);

    /// <summary>The network has taken all there was.</summary>
    public void OnIdle() => _slow = false;
}
