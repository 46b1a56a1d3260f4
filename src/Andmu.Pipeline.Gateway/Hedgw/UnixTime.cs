namespace Andmu.Pipeline.Gateway.Hedgw;

/// <summary>Times as devices send them: UTC, milliseconds since 1970.</summary>
internal static class UnixTime
{
    /// <summary>The time, or <paramref name="otherwise"/> when no calendar has it.</summary>
    public static DateTimeOffset FromMilliseconds(ulong milliseconds, DateTimeOffset otherwise) =>
        milliseconds <= (ulong)DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds)
            : otherwise;
}
