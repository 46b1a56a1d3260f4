namespace Andmu.Pipeline.Tests.Upload;

/// <summary>Whatever an encoder, a host, a platform and a network do, and in whatever order: what is sent decodes and has the right flag, clips are whole or said not to
/// be, the books balance, memory is bounded, and nothing is allocated.</summary>
public sealed class UploadPropertyTests
{
    private const int RunsAPiece = 100;
    private const int Steps = 1800; // and some two hundred until it has settled

    /// <summary>Other worlds than those of every day: any number.</summary>
    private static readonly uint First = uint.Parse(Environment.GetEnvironmentVariable("ANDMU_SEED") ?? "0", System.Globalization.CultureInfo.InvariantCulture);

    public static TheoryData<int> Pieces => [.. Enumerable.Range(0, 10)];

    /// <summary>Two hundred thousand steps a piece. A failure names its seed, and shows the last steps before it.</summary>
    [Theory]
    [MemberData(nameof(Pieces))]
    public void Uplink_AnySequenceOfSteps_KeepsWhatMustHold(int piece)
    {
        int whole = 0;
        int reported = 0;
        for (uint seed = First + (uint)(piece * RunsAPiece); seed < First + ((piece + 1) * RunsAPiece); seed++)
        {
            UplinkSimulation run = Run(seed);
            whole += run.Whole;
            reported += run.Reported;
        }

        Assert.True(whole * 6 > reported, $"Only {whole} of {reported} clips were whole: the world is too hostile to tell anything.");
        Assert.True(whole * 2 < reported, $"Only {reported - whole} of {reported} clips were short: the world is too friendly.");
    }

    private static UplinkSimulation Run(uint seed)
    {
        long allocated = long.MaxValue;
        for (int i = 0; i < 3 && allocated > 0; i++) // what is allocated, and not made once for all, every run shows
        {
            var run = new UplinkSimulation(seed, trace: false);
            Guard(seed, run);
            allocated = Math.Min(allocated, run.Allocated);
            if (allocated == 0)
            {
                return run;
            }
        }

        Assert.Fail($"Seed {seed}: writing and reading allocated {allocated} bytes.");
        return null;
    }

    private static void Guard(uint seed, UplinkSimulation run)
    {
        try
        {
            run.Run(Steps);
        }
        catch (Exception error)
        {
            Assert.Fail($"Seed {seed}. {error.Message}\n{string.Join('\n', LastSteps(seed))}\n{error}");
        }
    }

    private static IEnumerable<string> LastSteps(uint seed)
    {
        var again = new UplinkSimulation(seed, trace: true);
        try
        {
            again.Run(Steps);
        }
        catch (InvalidOperationException)
        {
            // it has failed before
        }

        return again.Trace.TakeLast(80);
    }
}
