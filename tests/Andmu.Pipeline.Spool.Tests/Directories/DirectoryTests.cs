using Andmu.Pipeline.Spool.Tests.Crash;
using Andmu.Pipeline.Spool.Tests.Fakes;

namespace Andmu.Pipeline.Spool.Tests.Directories;

/// <summary>What others do to a journal's directory: it is shared, deleted, exchanged, strewn with files, or not to be had at all.</summary>
public sealed class DirectoryTests : IDisposable
{
    private const string SetPriv = "/usr/bin/setpriv";
    private const string Nobody = "65534";

    private static readonly SpoolOptions Options = SpoolRig.Small with
    {
        SyncInterval = TimeSpan.FromMilliseconds(10),
        ProbeInterval = TimeSpan.FromMilliseconds(100),
        CursorInterval = TimeSpan.FromMilliseconds(100),
    };

    private readonly string _root = Directory.CreateTempSubdirectory("andmu-directory-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task TwoJournals_TheSecondTakesNothingAwayAndTakesOverWhenTheFirstEnds()
    {
        await using var second = new SpoolJournal(_root, Options);
        await using (var first = new SpoolJournal(_root, Options))
        {
            first.Start();
            await KeepAsync(first, 1);
            second.Start();
            await Progress.WaitForAsync(second, () => second.Status.State == SpoolState.InUse);
            Append(second, 100);
            Assert.False(second.Media.HasBacklog); // or it would deliver, and remove, what the first one is writing
            Assert.False(await second.EraseAsync());
            await KeepAsync(first, 2);
            Assert.Equal((SpoolState.Ready, 0L), (first.Status.State, second.KeptThrough(SpoolLane.Media)));
        }

        await Progress.WaitForAsync(second, () => second.KeptThrough(SpoolLane.Media) == 1);
        Assert.Equal([1u, 2u, 100u], await ReadAsync(second, 3));
    }

    [Fact]
    public async Task Deleted_WhileItRuns_IsMadeAgainAndUsed()
    {
        string directory = Path.Combine(_root, "journal");
        await using var journal = new SpoolJournal(directory, Options);
        journal.Start();
        await KeepAsync(journal, 1);
        Directory.Delete(directory, recursive: true);
        await Progress.WaitForAsync(journal, () => journal.Status.CardChanges == 1);
        await KeepAsync(journal, 2);
        await KeepAsync(journal, 3);
        Assert.Equal([2u, 3u], await ReadAsync(journal, 2));
        Assert.Equal(SpoolState.Ready, journal.Status.State);
    }

    [Fact]
    public async Task Exchanged_BetweenStarts_EachKeepsItsOwn()
    {
        (string slot, string first, string second) = (Path.Combine(_root, "slot"), Path.Combine(_root, "first"), Path.Combine(_root, "second"));
        await WriteAsync(slot, 1);
        Directory.Move(slot, first);
        await WriteAsync(slot, 2);
        Directory.Move(slot, second);
        Directory.Move(first, slot);
        await WriteAsync(slot, 3);

        await using (var journal = new SpoolJournal(slot, Options))
        {
            journal.Start();
            Assert.Equal([1u, 3u], await ReadAsync(journal, 2));
        }

        await using var other = new SpoolJournal(second, Options);
        other.Start();
        Assert.Equal([2u], await ReadAsync(other, 1));
    }

    [Fact]
    public async Task ThousandsOfForeignFiles_AndWhatLooksLikeASegment_AreLeftAlone()
    {
        await WriteAsync(_root, 1);
        for (int i = 0; i < 3000; i++)
        {
            await File.WriteAllBytesAsync(Path.Combine(_root, $"IMG_{i:D4}.JPG"), [], TestContext.Current.CancellationToken);
        }

        // The names that the next segments would have.
        Directory.CreateDirectory(Path.Combine(_root, "00000002.MED"));
        File.CreateSymbolicLink(Path.Combine(_root, "00000003.MED"), Path.Combine(_root, "nowhere"));
        await File.WriteAllTextAsync(Path.Combine(_root, "0000000G.MED"), "no number", TestContext.Current.CancellationToken);
        await using var journal = new SpoolJournal(_root, Options);
        journal.Start();
        await KeepAsync(journal, 2);

        Assert.Equal([1u, 2u], await ReadAsync(journal, 2));
        Assert.Equal(3000, Directory.GetFiles(_root, "*.JPG").Length);
        Assert.True(Directory.Exists(Path.Combine(_root, "00000002.MED")) && File.Exists(Path.Combine(_root, "0000000G.MED")));
        Assert.False(File.Exists(Path.Combine(_root, "nowhere"))); // nothing is made through a link
    }

    [Fact]
    public async Task SegmentsOfNothing_AreNoBacklogAndHarmNobody()
    {
        await WriteAsync(_root, 1);
        string[] empty = ["00000002.MED", "00000003.EVT", "FFFFFFF0.MED"];
        Array.ForEach(empty, name => File.WriteAllBytes(Path.Combine(_root, name), []));
        await using var journal = new SpoolJournal(_root, Options);
        journal.Start();
        await KeepAsync(journal, 2);

        Assert.Equal([1u, 2u], await ReadAsync(journal, 2));
        await Progress.WaitForAsync(journal, () => !journal.Events.TryRead(out _) && !empty.Any(name => File.Exists(Path.Combine(_root, name))));
        Assert.False(journal.Events.HasBacklog);
    }

    [Fact]
    public async Task ClockJumpsBack_OrderIsThatOfCapture()
    {
        await using var journal = new SpoolJournal(_root, Options);
        journal.Start();
        for (uint number = 1; number <= 50; number++)
        {
            var media = new SpoolMedia(2, number % 10 == 1, number, number, 2_000_000_000_000 - (number * 3_600_000UL));
            Assert.Equal(SpoolAppendResult.Accepted, journal.TryAppend(media, SpoolRig.Data(number, 100), out _));
        }

        Assert.Equal(Enumerable.Range(1, 50).Select(static number => (uint)number), await ReadAsync(journal, 50));
    }

    [Fact]
    public async Task NoRightToWrite_NothingIsKeptAndNothingHangs()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists(SetPriv), "Only root can be somebody else, by setpriv.");
        using var disk = new JournalOnDisk(); // its directory is its owner's alone
        using var writer = new WriterProcess(disk.Directory, 1, 50, 0, SetPriv, "--reuid", Nobody, "--regid", Nobody, "--clear-groups");
        await writer.EndAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen(writer.LastWord.Length == 0, "Nobody may not run the tests' program.");

        Assert.Equal((0u, 0u, 0), (writer.Kept['M'], writer.Kept['E'], writer.ExitCode));
        Assert.StartsWith("S Closed ", writer.LastWord, StringComparison.Ordinal);
        Assert.DoesNotContain(" 0", writer.LastWord, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Directory));
    }

    private static void Append(SpoolJournal journal, uint number) => Assert.Equal(
        SpoolAppendResult.Accepted, journal.TryAppend(new SpoolMedia(2, true, number, number, number), SpoolRig.Data(number, 2000), out _));

    private static async Task KeepAsync(SpoolJournal journal, uint number)
    {
        Append(journal, number);
        await Progress.WaitForAsync(journal, () => journal.Status.PendingRecords == 0);
    }

    private static async Task WriteAsync(string directory, uint number)
    {
        await using var journal = new SpoolJournal(directory, Options);
        journal.Start();
        await KeepAsync(journal, number);
    }

    private static async Task<List<uint>> ReadAsync(SpoolJournal journal, int count)
    {
        var found = new List<uint>();
        await Progress.WaitForAsync(journal, () =>
        {
            while (journal.Media.TryRead(out SpoolRecord record))
            {
                found.Add(SpoolRig.Check(record.Data.Span));
            }

            return found.Count >= count;
        });
        return found;
    }
}
