using System.Numerics;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Diagnostics;

/// <summary>What one uplink says of itself when a listener collects.</summary>
/// <param name="Statistics">The snapshot.</param>
/// <param name="Drops">Every loss, by reason.</param>
/// <param name="CapacityBytes">What the buffer may hold.</param>
/// <param name="IsOnline">Whether it is logged in.</param>
internal readonly record struct UplinkReading(UplinkStatistics Statistics, DropLedger Drops, int CapacityBytes, bool IsOnline);

/// <summary>Takes one value out of a reading.</summary>
internal delegate T UplinkReader<T>(in UplinkReading reading);

/// <summary>One series of an instrument: a value and the attributes that it goes with.</summary>
/// <param name="Read">Takes the value out of a reading.</param>
/// <param name="OmitZero">A series of many of which most never happen, such as the reasons of drops: it begins with its first occurrence. Hundreds of
/// channels would else come near to what listeners keep apart (OpenTelemetry: 2000 series an instrument).</param>
/// <param name="Attributes">Other than the channel.</param>
internal sealed record UplinkSeries<T>(UplinkReader<T> Read, bool OmitZero, params KeyValuePair<string, object?>[] Attributes)
    where T : struct, INumber<T>;
