namespace Andmu.Pipeline.Spool.Tests.Crash;

/// <summary>The system call itself fails, below the runtime: it is seen, and nothing is said to be kept that is not.</summary>
public sealed class InjectedErrorTests
{
    private const string Strace = "/usr/bin/strace";
    private const int Records = 120;

    [Theory]
    [InlineData("fsync", "EIO", "1+")]
    [InlineData("fsync", "EROFS", "1+")]
    [InlineData("pwrite64", "ENOSPC", "1+")]
    public async Task EveryCallFails_NothingIsKept(string call, string error, string when)
    {
        using var disk = new JournalOnDisk();
        using WriterProcess writer = await WriteAsync(disk, call, error, when);
        Assert.Equal(0u, writer.Kept['M'] + writer.Kept['E']);
        Assert.DoesNotContain(" 0", writer.LastWord, StringComparison.Ordinal); // no fault seen
    }

    [Theory]
    [InlineData("fsync", "EIO", 5)]
    [InlineData("fsync", "EIO", 6)]
    [InlineData("fsync", "EIO", 12)]
    [InlineData("fsync", "ENOSPC", 8)]
    [InlineData("pwrite64", "EIO", 6)]
    [InlineData("pwrite64", "ENOSPC", 9)]
    public async Task OneCallFails_AllIsKeptInTheEndAndOnce(string call, string error, int when)
    {
        using var disk = new JournalOnDisk();
        using WriterProcess writer = await WriteAsync(disk, call, error, $"{when}");
        Assert.Equal(((uint)Records, "S Closed 1"), (writer.Kept['M'], writer.LastWord));
        Assert.Equal(Tickets(Records), (await disk.ReadAsync(SpoolLane.Media)).Select(static record => record.Ticket));
        Assert.Equal(Tickets(writer.Kept['E']), (await disk.ReadAsync(SpoolLane.Event)).Select(static record => record.Ticket));
    }

    private static IEnumerable<uint> Tickets(uint count) => Enumerable.Range(1, (int)count).Select(static ticket => (uint)ticket);

    private static async Task<WriterProcess> WriteAsync(JournalOnDisk disk, string call, string error, string when)
    {
        Assert.SkipUnless(File.Exists(Strace), "strace is not installed: it makes the system call fail");
        var writer = new WriterProcess(
            disk.Directory, 1, Records, 0, Strace, "-f", "-qq", "-o", "/dev/null", "-e", $"trace={call}", "-e", $"inject={call}:error={error}:when={when}");
        await writer.EndAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen(writer.LastWord.Length == 0 && writer.ExitCode == 1, "strace may not trace here");
        Assert.Equal(0, writer.ExitCode);
        return writer;
    }
}
