namespace Andmu.Pipeline.Device.Services;

/// <summary>How many persons the host has counted since it was asked last (specification 5.2.6).</summary>
/// <param name="BottomToTop">Through the region, upwards in the picture; not below 0.</param>
/// <param name="TopToBottom">Downwards; not below 0.</param>
public readonly record struct PersonCounts(int BottomToTop, int TopToBottom)
{
    /// <summary>What 16 bits hold: the platform takes no more of each.</summary>
    private const int Max = ushort.MaxValue;

    /// <summary>Sum, member by member, of what is not below 0, and not above what the platform takes.</summary>
    internal PersonCounts Plus(PersonCounts more) => new(Add(BottomToTop, more.BottomToTop), Add(TopToBottom, more.TopToBottom));

    private static int Add(int sum, int more) => (int)Math.Min((long)sum + Math.Max(0, more), Max);
}
