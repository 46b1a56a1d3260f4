using System.Diagnostics;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Diagnostics;

/// <summary>The spans of the ActivitySource <c>Andmu.Pipeline</c>. README.md of this folder names them and their attributes; no secret is one of them.</summary>
/// <remarks>All are roots: an uplink goes on for ever, whatever the host was doing when it started it. Times are the device's, from the injected clock.
/// Nothing is made without a listener.</remarks>
internal static class UplinkTracing
{
    private static readonly ActivitySource Source = new(UplinkMeter.Name, UplinkMeter.Version);

    /// <summary>A gateway is going to be dialled. Becomes the parent of what name resolution, sockets and TLS trace.</summary>
    /// <returns>Null when nobody listens.</returns>
    public static Activity? StartConnect(HedgwEndpoint endpoint, string? channel, DateTimeOffset now)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        Activity.Current = null;
        Activity? span = Source.StartActivity("andmu.connect", ActivityKind.Client, parentContext: default, startTime: now);
        return span?.SetTag(UplinkMeter.ChannelAttribute, channel).SetTag("server.address", endpoint.Host).SetTag("server.port", endpoint.Port);
    }

    /// <summary>The login was answered, or it did not come so far. Only the first call for a span counts.</summary>
    /// <param name="span">Null for none.</param>
    /// <param name="fault">Null when the uplink is online.</param>
    /// <param name="now">The device's time.</param>
    public static void EndConnect(Activity? span, UplinkFault? fault, DateTimeOffset now)
    {
        if (span is null or { IsStopped: true })
        {
            return;
        }

        span.SetTag("andmu.result", fault is null ? "ok" : UplinkInstruments.ValueOf(fault.Kind));
        if (fault is { Kind: not UplinkFaultKind.Stopped })
        {
            span.SetTag("error.type", UplinkInstruments.ValueOf(fault.Kind)).SetTag("andmu.result.code", fault.Code).SetStatus(ActivityStatusCode.Error, fault.Message);
        }

        span.SetEndTime(now.UtcDateTime);
        span.Stop();
    }

    /// <summary>An event's clip has ended: one span from the event to here.</summary>
    /// <param name="clip">What became of it.</param>
    /// <param name="channel">Null for none.</param>
    /// <param name="clockOffset">What the platform's clock, by which the event is dated, is ahead of the device's.</param>
    /// <param name="now">The device's time.</param>
    public static void Clip(in EventClipReport clip, string? channel, TimeSpan clockOffset, DateTimeOffset now)
    {
        if (!Source.HasListeners())
        {
            return;
        }

        Activity? outer = Activity.Current;
        Activity.Current = null;
        using (Activity? span = Source.StartActivity("andmu.clip", ActivityKind.Internal, parentContext: default, startTime: Earlier(clip.EventTime, clockOffset)))
        {
            span?.SetTag(UplinkMeter.ChannelAttribute, channel)
                .SetTag("andmu.clip.outcome", UplinkInstruments.ValueOf(clip.Outcome))
                .SetTag("andmu.clip.whole", clip.IsWhole)
                .SetTag("andmu.clip.events", clip.Events)
                .SetTag("andmu.clip.pre_roll", clip.PreRoll.TotalSeconds)
                .SetTag("andmu.clip.post_roll", clip.PostRoll.TotalSeconds)
                .SetTag("andmu.clip.shortfall", (clip.MissingPreRoll + clip.MissingPostRoll).TotalSeconds)
                .SetTag("andmu.clip.lost.packages", clip.Lost.Packages)
                .SetEndTime(now.UtcDateTime);
        }

        Activity.Current = outer;
    }

    /// <summary>Both come from outside: no value of them makes this throw.</summary>
    private static DateTimeOffset Earlier(DateTimeOffset time, TimeSpan by) =>
        new((long)Int128.Clamp((Int128)time.UtcTicks - by.Ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
}
