using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Protocol;

namespace Andmu.Pipeline.Diagnostics;

/// <summary>How long each access unit of a batch took from the encoder to the network. Belongs to the send loop.</summary>
/// <remarks>Nobody listens: one comparison an access unit, and no memory. Somebody does: eight bytes for each access unit of the largest batch, and no
/// allocation once there was one of that size.</remarks>
internal sealed class SendDelays(UplinkMeter meter, string? channel)
{
    private List<long>? _written; // ticks

    /// <summary>An entry is part of the next flush.</summary>
    public void OnWritten(in MediaEntry entry)
    {
        if (meter.MeasuresDelay && entry.PackageType != PackageType.ParameterSets)
        {
            _written ??= [];
            _written.Add(entry.WrittenAt);
        }
    }

    /// <summary>The network has taken the batch.</summary>
    /// <param name="now">Ticks by the clock of the buffer.</param>
    public void OnFlushed(long now)
    {
        if (_written is not { Count: > 0 } written)
        {
            return;
        }

        foreach (long at in written)
        {
            meter.OnAccessUnitSent(channel, Math.Max(0, now - at) / (double)TimeSpan.TicksPerSecond);
        }

        written.Clear();
    }
}
