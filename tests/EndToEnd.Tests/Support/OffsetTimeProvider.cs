namespace EndToEnd.Tests.Support;

/// <summary>A clock that is wrong by a constant; its timers are right.</summary>
internal sealed class OffsetTimeProvider(TimeSpan offset) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + offset;
}
