namespace Andmu.Pipeline.Spool.Tests.Crash;

/// <summary>A directory with a journal that others have written, for as long as it is wanted.</summary>
internal sealed class JournalOnDisk : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("andmu-crash-").FullName;

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);

    /// <summary>All records of a lane, in order, as (run, ticket). They are confirmed: it reads once.</summary>
    public async Task<List<(uint Run, uint Ticket)>> ReadAsync(SpoolLane lane)
    {
        var progressed = new SemaphoreSlim(0);
        await using var journal = new SpoolJournal(Directory, new SpoolOptions { FreeSpaceFloorBytes = 0 });
        journal.Progressed += () => progressed.Release();
        journal.Start();
        SpoolReader reader = lane == SpoolLane.Media ? journal.Media : journal.Events;
        var found = new List<(uint, uint)>();
        do
        {
            Assert.True(await progressed.WaitAsync(Patience), "nothing happens");
            while (reader.TryRead(out SpoolRecord record))
            {
                (uint run, uint of, uint ticket) = RecordData.Read(record.Data.Span) ?? throw new InvalidDataException("not as it was written");
                Assert.Equal((uint)lane, of);
                found.Add((run, ticket));
                reader.Confirm(record.Position);
            }
        }
        while (journal.Status.State != SpoolState.Ready || reader.HasBacklog);

        return found;
    }
}
