using System.Collections.Concurrent;
using System.Globalization;
using Andmu.Pipeline.Spool.Tests.Fakes;

namespace Andmu.Pipeline.Spool.Tests.Crash;

/// <summary>A real process that writes to a real file system is killed by SIGKILL: no record that it was told is kept is missing.</summary>
/// <remarks>Half of them from outside, between two things that it says; half by themselves, at a call of the store, so that recovery and the
/// change of segments are met as well. Several live at a time, each on a directory of its own: a start takes longest.</remarks>
public sealed class KillTests
{
    /// <summary>How many kills instead of <see cref="DefaultKills"/>.</summary>
    private const string KillsVariable = "ANDMU_SPOOL_KILLS";

    private const int DefaultKills = 1000;
    private const int KillsPerDirectory = 10;
    private const int MaxLines = 25;
    private const int MaxRounds = 20_000; // about a millisecond
    private const int MaxRecoveryCall = 12;
    private const int MaxCall = 80;
    private const int LivesPerProcessor = 3; // they wait for the disk most of the time

    private readonly ConcurrentDictionary<string, int> _deaths = new();

    [Fact]
    public async Task Kill_AnyMoment_NoKeptRecordIsMissing()
    {
        bool isSet = int.TryParse(Environment.GetEnvironmentVariable(KillsVariable), CultureInfo.InvariantCulture, out int kills);
        kills = isSet ? kills : DefaultKills;
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = LivesPerProcessor * Environment.ProcessorCount,
            CancellationToken = TestContext.Current.CancellationToken,
        };
        int directories = (kills + KillsPerDirectory - 1) / KillsPerDirectory;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, directories),
            parallel,
            async (directory, token) => await KillAllAsync(directory, Math.Min(KillsPerDirectory, kills - (directory * KillsPerDirectory)), token));

        Assert.Equal(kills, _deaths.Values.Sum());
        string deaths = string.Join(", ", _deaths.OrderBy(static death => death.Key).Select(static death => $"{death.Key} {death.Value}"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills: {deaths}");
        if (kills >= DefaultKills)
        {
            // Recovery lists and reads, a new segment is created and its name synced: none of it was passed by.
            string[] wanted = [nameof(StoreCall.List), nameof(StoreCall.Read), nameof(StoreCall.Create), nameof(StoreCall.SyncDirectory), nameof(StoreCall.Write)];
            Assert.All(wanted, call => Assert.Contains(call, _deaths.Keys));
        }
    }

    private async Task KillAllAsync(int directory, int kills, CancellationToken cancellationToken)
    {
        var random = new Random(directory);
        using var disk = new JournalOnDisk();
        var kept = new Dictionary<SpoolLane, HashSet<(uint, uint)>> { [SpoolLane.Media] = [], [SpoolLane.Event] = [] };
        for (int run = 1; run <= kills; run++)
        {
            (uint media, uint events) = await KillOneAsync(disk, run, random, cancellationToken);
            Add(kept[SpoolLane.Media], (uint)run, media);
            Add(kept[SpoolLane.Event], (uint)run, events);
        }

        await CheckAsync(disk, SpoolLane.Media, kept[SpoolLane.Media]);
        await CheckAsync(disk, SpoolLane.Event, kept[SpoolLane.Event]);
    }

    private async Task<(uint Media, uint Events)> KillOneAsync(JournalOnDisk disk, int run, Random random, CancellationToken cancellationToken)
    {
        int deadlyCall = random.Next(4) switch
        {
            0 => random.Next(1, MaxRecoveryCall),
            1 => random.Next(1, MaxCall),
            _ => 0,
        };
        using var writer = new WriterProcess(disk.Directory, run, records: 0, deadlyCall);
        if (deadlyCall > 0)
        {
            await writer.EndAsync(cancellationToken);
        }
        else
        {
            await writer.KillAfterAsync(random.Next(0, MaxLines), random.Next(MaxRounds), cancellationToken);
        }

        Assert.Equal(WriterProcess.Killed, writer.ExitCode);
        string death = deadlyCall > 0 ? writer.LastWord[2..] : "from outside";
        _deaths.AddOrUpdate(death, 1, static (_, count) => count + 1);
        return (writer.Kept['M'], writer.Kept['E']);
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
