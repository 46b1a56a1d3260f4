using System.Diagnostics;
using System.Globalization;

namespace Andmu.Pipeline.Spool.Tests.Crash;

/// <summary>A real process that writes to a real file system is killed: no record that it was told is kept is missing.</summary>
public sealed class KillTests
{
    /// <summary>How many kills, without a limit of time.</summary>
    private const string CyclesVariable = "ANDMU_SPOOL_KILLS";

    private const int DefaultCycles = 1000;
    private const int CyclesPerDirectory = 8;
    private const int MaxLines = 40;
    private static readonly TimeSpan DefaultTime = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Kill_AnyMoment_NoKeptRecordIsMissing()
    {
        bool isLong = int.TryParse(Environment.GetEnvironmentVariable(CyclesVariable), CultureInfo.InvariantCulture, out int cycles);
        cycles = isLong ? cycles : DefaultCycles;
        var clock = Stopwatch.StartNew();
        var random = new Random(1);
        int done = 0;
        while (done < cycles && (isLong || clock.Elapsed < DefaultTime))
        {
            using var disk = new JournalOnDisk();
            var kept = new Dictionary<SpoolLane, HashSet<(uint, uint)>> { [SpoolLane.Media] = [], [SpoolLane.Event] = [] };
            for (int i = 0; i < CyclesPerDirectory && done < cycles; i++)
            {
                using var writer = new WriterProcess(disk.Directory, ++done, records: 0);
                await writer.KillAfterAsync(random.Next(1, MaxLines), TestContext.Current.CancellationToken);
                Add(kept[SpoolLane.Media], (uint)done, writer.Kept['M']);
                Add(kept[SpoolLane.Event], (uint)done, writer.Kept['E']);
            }

            await CheckAsync(disk, SpoolLane.Media, kept[SpoolLane.Media]);
            await CheckAsync(disk, SpoolLane.Event, kept[SpoolLane.Event]);
        }

        Assert.True(done > 0);
        TestContext.Current.TestOutputHelper?.WriteLine($"{done} kills");
    }

    private static void Add(HashSet<(uint Run, uint Ticket)> kept, uint run, uint through)
    {
        for (uint ticket = 1; ticket <= through; ticket++)
        {
            kept.Add((run, ticket));
        }
    }

    private static async Task CheckAsync(JournalOnDisk disk, SpoolLane lane, HashSet<(uint Run, uint Ticket)> kept)
    {
        List<(uint Run, uint Ticket)> found = await disk.ReadAsync(lane);
        Assert.Empty(kept.Except(found));
        Assert.Equal(found.Distinct().Order(), found);
    }
}
