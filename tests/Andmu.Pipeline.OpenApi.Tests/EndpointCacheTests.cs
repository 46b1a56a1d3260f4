using System.Runtime.Versioning;
using System.Text;
using Andmu.Pipeline.OpenApi.Tests.Doubles;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.OpenApi.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class EndpointCacheTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("andmu-endpoints-").FullName;
    private readonly FakeTimeProvider _clock = Sample.Clock();
    private readonly RecordingLogger _logger = new();

    private string FilePath => Path.Combine(_folder, "hedgw");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void GetAddresses_NoFile_IsEmptyWithoutAWarning()
    {
        Assert.Empty(Open().GetAddresses());
        Assert.Empty(_logger.Lines);
    }

    [Fact]
    public void GetAddresses_FourAdded_AreTheLastThreeNewestFirst()
    {
        EndpointCache cache = Open();
        Add(cache, 1, 2, 3, 4);
        Assert.Equal(Hosts(4, 3, 2), cache.GetAddresses());
        Assert.Equal(Hosts(4, 3, 2), Open().GetAddresses());
    }

    [Fact]
    public void Add_KnownAddress_MovesToTheFrontAndLivesAnew()
    {
        EndpointCache cache = Open();
        Add(cache, 1, 2);
        _clock.Advance(TimeSpan.FromHours(11));
        Add(cache, 1);
        Assert.Equal(Hosts(1, 2), cache.GetAddresses());
        _clock.Advance(TimeSpan.FromHours(11));
        Assert.Equal(Hosts(1), cache.GetAddresses());
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void GetAddresses_TwelveHoursOld_IsNoLongerGood(int secondsAfter, bool good)
    {
        EndpointCache cache = Open();
        Add(cache, 1);
        _clock.Advance(TimeSpan.FromHours(12) + TimeSpan.FromSeconds(secondsAfter));
        Assert.Equal(good ? 1 : 0, cache.GetAddresses().Count);
        Assert.Equal(good ? 1 : 0, Open().GetAddresses().Count);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    [InlineData(60 * 24 * 365 * 40, false)]
    public void GetAddresses_ClockJumpedBack_EntryFromTheFutureIsGoodForMinutesOnly(int minutes, bool good)
    {
        Add(Open(), 1);
        var earlier = new EndpointCache(FilePath, new FakeTimeProvider(Sample.Now - TimeSpan.FromMinutes(minutes)), _logger);
        Assert.Equal(good ? 1 : 0, earlier.GetAddresses().Count);
    }

    [Fact]
    public void Clear_Any_ForgetsInMemoryAndFile()
    {
        EndpointCache cache = Open();
        Add(cache, 1, 2);
        Assert.True(cache.Clear());
        Assert.Empty(cache.GetAddresses());
        Assert.Empty(Open().GetAddresses());
        Assert.Empty(_logger.Lines);
    }

    [Fact]
    public void Add_NoFile_KeepsItInMemory()
    {
        var cache = new EndpointCache(null, _clock, _logger);
        Assert.True(cache.Add(Host(1)));
        Assert.Equal(Hosts(1), cache.GetAddresses());
    }

    [Fact]
    public void Add_LongestHosts_FitTheFile()
    {
        EndpointCache cache = Open();
        HedgwAddress[] longest = [.. Enumerable.Range(0, 3).Select(i => new HedgwAddress($"{i}" + string.Concat(Enumerable.Repeat(".abcdefghi", 25)), 65535))];
        Assert.All(longest, address => cache.Add(address));
        Assert.Equal(longest.Reverse(), Open().GetAddresses());
    }

    [Fact]
    public void Add_File_IsPrivateAndLeavesNothingBeside()
    {
        Add(Open(), 1);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        Assert.Equal([FilePath], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Add_TemporaryFileLeftByAPowerCut_IsReplaced()
    {
        File.WriteAllText(FilePath + ".tmp", "half a li");
        Add(Open(), 1);
        Assert.Equal(Hosts(1), Open().GetAddresses());
    }

    [Fact]
    public void Add_TemporaryFileIsALink_DoesNotWriteThroughIt()
    {
        string elsewhere = Path.Combine(_folder, "elsewhere");
        File.WriteAllText(elsewhere, "precious");
        File.CreateSymbolicLink(FilePath + ".tmp", elsewhere);
        Add(Open(), 1);
        Assert.Equal("precious", File.ReadAllText(elsewhere));
        Assert.Equal(Hosts(1), Open().GetAddresses());
    }

    [Fact]
    public void Add_FolderGone_IsFalseAndAWarningAndStillKnown()
    {
        string path = Path.Combine(_folder, "none", "hedgw");
        var cache = new EndpointCache(path, _clock, _logger);
        Assert.False(cache.Add(Host(1)));
        Assert.Equal(Hosts(1), cache.GetAddresses());
        Assert.Equal(LogLevel.Warning, Assert.Single(_logger.Lines).Level);
    }

    [Fact]
    public void Add_FolderInTheFilesPlace_IsFalseAndAWarning()
    {
        Directory.CreateDirectory(Path.Combine(FilePath, "inside"));
        EndpointCache cache = Open();
        Assert.Empty(cache.GetAddresses());
        Assert.False(cache.Add(Host(1)));
        Assert.Equal(2, _logger.Lines.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("andmu-endpoints 2\n")]
    [InlineData("{\"endpoints\":[]}")]
    [InlineData("andmu-endpoints 1\nrubbish\n")]
    [InlineData("andmu-endpoints 1\n2017-01-01T07:00:00Z 50922\n")]
    [InlineData("andmu-endpoints 1\n2017-01-01T07:00:00Z 70000 host\n")]
    [InlineData("andmu-endpoints 1\n2017-01-01T07:00:00Z 1 a/b\n")]
    [InlineData("andmu-endpoints 1\n2017-01-01T07:00:00Z 1 \n")]
    [InlineData("andmu-endpoints 1\n2017-99-01T07:00:00Z 1 host\n")]
    [InlineData("andmu-endpoints 1\n2017-01-01T07:00:00Z 1 h1\n2017-01-01T07:00:00Z 1 h2\n2017-01-01T07:00:00Z 1 h3\n2017-01-01T07:00:00Z 1 h4\n")]
    public void Open_FileNotOurs_IsEmptyWithAWarningAndIsReplaced(string content)
    {
        File.WriteAllText(FilePath, content);
        EndpointCache cache = Open();
        Assert.Empty(cache.GetAddresses());
        Assert.Equal(LogLevel.Warning, Assert.Single(_logger.Lines).Level);
        Assert.True(cache.Add(Host(1)));
        Assert.Equal(Hosts(1), Open().GetAddresses());
    }

    [Theory]
    [InlineData("andmu-endpoints 1\n2017-01-01T07:00:00Z 1 host1\n")]
    [InlineData("andmu-endpoints 1\n2017-01-01T07:00:00Z 1 host1")]
    public void Open_FileByHand_IsRead(string content)
    {
        File.WriteAllText(FilePath, content);
        Assert.Equal([new HedgwAddress("host1", 1)], Open().GetAddresses());
    }

    [Fact]
    public void Open_OversizedFile_IsEmptyWithAWarning()
    {
        File.WriteAllText(FilePath, "andmu-endpoints 1\n" + new string('\n', 1 << 20));
        Assert.Empty(Open().GetAddresses());
        Assert.Single(_logger.Lines);
    }

    [Fact]
    public void Open_EndlessDevice_IsEmptyWithAWarning()
    {
        File.CreateSymbolicLink(FilePath, "/dev/zero");
        Assert.Empty(Open().GetAddresses());
        Assert.Single(_logger.Lines);
    }

    [Fact]
    public void Open_RandomBytes_NeverThrows()
    {
        var random = new Random(20170103);
        byte[] good = Encoding.ASCII.GetBytes("andmu-endpoints 1\n2017-01-01T07:00:00Z 50922 hedgw.example\n");
        for (int round = 0; round < 500; round++)
        {
            byte[] content = [.. good];
            for (int changes = random.Next(1, 6); changes > 0; changes--)
            {
                content[random.Next(content.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(FilePath, content);
            Assert.InRange(Open().GetAddresses().Count, 0, 1);
        }
    }

    [Fact]
    public async Task Add_ManyThreads_LeavesAWholeFile()
    {
        EndpointCache cache = Open();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => Assert.True(cache.Add(Host(i))))));
        Assert.Equal(3, cache.GetAddresses().Count);
        Assert.Equal(cache.GetAddresses(), Open().GetAddresses());
    }

    private EndpointCache Open() => new(FilePath, _clock, _logger);

    private static HedgwAddress Host(int number) => new($"hedgw{number}.example", 50922);

    private static IEnumerable<HedgwAddress> Hosts(params int[] numbers) => numbers.Select(Host);

    private static void Add(EndpointCache cache, params int[] numbers) => Assert.All(numbers, number => Assert.True(cache.Add(Host(number))));
}
