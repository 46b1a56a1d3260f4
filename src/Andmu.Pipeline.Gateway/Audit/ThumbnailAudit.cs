namespace Andmu.Pipeline.Gateway.Audit;

/// <summary>
/// Holds thumbnails against what the platform asked for (specification 5.2.7 and 5.2.8). It outlives connections, for a device goes on
/// with them after a reconnect. The device's time counts where it is told: a slow network makes them late and bunched. Safe for any thread.
/// </summary>
internal sealed class ThumbnailAudit
{
    // Longer than a round trip and a device's reaction.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private TimeSpan? _span;
    private DateTimeOffset _askedAt;
    private DateTimeOffset? _last;

    /// <summary>The platform asks for a thumbnail each span; zero ends them.</summary>
    public void Ask(TimeSpan span, DateTimeOffset now)
    {
        lock (_gate)
        {
            _span = span;
            _askedAt = now;
            _last = null;
        }
    }

    /// <summary>The device has logged in: how long it was away says nothing.</summary>
    public void Reconnected()
    {
        lock (_gate)
        {
            _last = null;
        }
    }

    /// <summary>What is wrong with a thumbnail, each fault in words.</summary>
    /// <param name="jpeg">Its data.</param>
    /// <param name="taken">When the device took it, or when it arrived.</param>
    /// <param name="now">When it arrived.</param>
    /// <param name="isHeld">Whether the platform held reads back since the one before: then its time of arrival says nothing.</param>
    public IReadOnlyList<string> Check(ReadOnlySpan<byte> jpeg, DateTimeOffset taken, DateTimeOffset now, bool isHeld)
    {
        var problems = new List<string>();
        if (!Jpeg.IsWhole(jpeg))
        {
            problems.Add("thumbnail: it is no JPEG from its start to its end (specification 5.2.7)");
        }

        lock (_gate)
        {
            if (_span is not { } span)
            {
                problems.Add("thumbnail: none was asked for (specification 5.2.7)");
            }
            else if (span == TimeSpan.Zero)
            {
                if (now - _askedAt > Grace && taken - _askedAt > Grace && !isHeld)
                {
                    problems.Add("thumbnail: no more were asked for (specification 5.2.8)");
                }
            }
            else if (!isHeld && _last is { } last && (taken - last < span / 2 || taken - last > (span * 2) + Grace))
            {
                problems.Add($"thumbnail: {(taken - last).TotalSeconds:0.0} s after the one before, every {span.TotalSeconds:0} s one was asked for (specification 5.2.8)");
            }

            _last = taken;
        }

        return problems;
    }
}
