using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Tests.Session;

public sealed class ReconnectPolicyTests
{
    private static readonly int[] Ceilings = [1, 2, 4, 8, 16, 32, 32, 32, 32, 32];

    [Fact]
    public void Next_FailureAfterFailure_DrawsFromADoublingCeiling()
    {
        TimeSpan[] longest = new TimeSpan[Ceilings.Length];
        for (int seed = 0; seed < 300; seed++)
        {
            var policy = new ReconnectPolicy(new Random(seed));
            for (int i = 0; i < Ceilings.Length; i++)
            {
                TimeSpan wait = policy.Next(UplinkFaultKind.ConnectFailed, TimeSpan.Zero)!.Value;
                Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(Ceilings[i]));
                longest[i] = wait > longest[i] ? wait : longest[i];
            }
        }

        // Full jitter, not a part of it: over 300 cameras the draws come close to each ceiling.
        Assert.All(longest.Zip(Ceilings), pair => Assert.True(pair.First > TimeSpan.FromSeconds(0.9 * pair.Second)));
    }

    [Fact]
    public void Next_ThousandCamerasLoseTheSameGateway_TheyComeBackSpread()
    {
        int[] tenths = new int[10];
        for (int seed = 0; seed < 1000; seed++)
        {
            TimeSpan wait = new ReconnectPolicy(new Random(seed)).Next(UplinkFaultKind.PeerClosed, TimeSpan.FromHours(1))!.Value;
            tenths[Math.Min((int)(wait.TotalSeconds * 10), 9)]++;
        }

        Assert.All(tenths, count => Assert.InRange(count, 50, 170));
    }

    [Theory]
    [InlineData(89.999, 32)]
    [InlineData(90, 1)]
    [InlineData(3600, 1)]
    public void Next_AfterTimeOnline_CeilingFallsBackOnlyIfItWasHealthy(double online, int ceiling)
    {
        TimeSpan longest = TimeSpan.Zero;
        for (int seed = 0; seed < 300; seed++)
        {
            var policy = new ReconnectPolicy(new Random(seed));
            for (int i = 0; i < 8; i++)
            {
                policy.Next(UplinkFaultKind.ConnectFailed, TimeSpan.Zero);
            }

            TimeSpan wait = policy.Next(UplinkFaultKind.PeerClosed, TimeSpan.FromSeconds(online))!.Value;
            longest = wait > longest ? wait : longest;
        }

        Assert.InRange(longest, TimeSpan.FromSeconds(0.9 * ceiling), TimeSpan.FromSeconds(ceiling));
    }

    [Fact]
    public void Next_NotAdmitted_WaitsAtLeastNinetySeconds()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            var policy = new ReconnectPolicy(new Random(seed));
            for (int i = 0; i < 5; i++)
            {
                Assert.InRange(policy.Next(UplinkFaultKind.NotAdmitted, TimeSpan.Zero)!.Value, TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(91));
            }
        }
    }

    [Theory]
    [InlineData(UplinkFaultKind.DeviceDeleted)]
    [InlineData(UplinkFaultKind.Stopped)]
    public void Next_TerminalFault_IsNull(UplinkFaultKind fault)
    {
        Assert.Null(new ReconnectPolicy(new Random(1)).Next(fault, TimeSpan.Zero));
        Assert.Null(new ReconnectPolicy(new Random(1)).Next(fault, TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Next_EveryOtherFault_IsTriedAgainForEver()
    {
        foreach (UplinkFaultKind fault in Enum.GetValues<UplinkFaultKind>())
        {
            if (fault is UplinkFaultKind.DeviceDeleted or UplinkFaultKind.Stopped or UplinkFaultKind.LoginRefused)
            {
                continue;
            }

            var policy = new ReconnectPolicy(new Random(1));
            Assert.All(Enumerable.Range(0, 1000), _ => Assert.NotNull(policy.Next(fault, TimeSpan.Zero)));
        }
    }

    [Fact]
    public void Next_SecondRefusal_IsTerminal()
    {
        var policy = new ReconnectPolicy(new Random(1));
        Assert.NotNull(policy.Next(UplinkFaultKind.LoginRefused, TimeSpan.Zero));
        Assert.NotNull(policy.Next(UplinkFaultKind.ConnectFailed, TimeSpan.Zero)); // between them: does not count as a success
        Assert.Null(policy.Next(UplinkFaultKind.LoginRefused, TimeSpan.Zero));
    }

    [Fact]
    public void Next_RefusalAfterTimeOnline_IsAFirstOneAgain()
    {
        var policy = new ReconnectPolicy(new Random(1));
        policy.Next(UplinkFaultKind.LoginRefused, TimeSpan.Zero);
        policy.Next(UplinkFaultKind.PeerClosed, TimeSpan.FromSeconds(10));
        Assert.NotNull(policy.Next(UplinkFaultKind.LoginRefused, TimeSpan.Zero));
        Assert.Null(policy.Next(UplinkFaultKind.LoginRefused, TimeSpan.Zero));
    }
}
