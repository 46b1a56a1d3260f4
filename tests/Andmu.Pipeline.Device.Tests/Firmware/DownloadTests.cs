using System.Text;
using Andmu.Pipeline.Control.Reports;
using Andmu.Pipeline.Device.Firmware;

namespace Andmu.Pipeline.Device.Tests.Firmware;

/// <summary>The way of a package over real sockets and real TLS. The installer gets exactly the package, or nothing.</summary>
public sealed class DownloadTests : IAsyncDisposable
{
    private readonly FirmwareWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Download_Whole_IsInstalled()
    {
        await _world.RunAsync();

        _world.AssertInstalledRight();
        Assert.Equal(
            [FirmwareStage.DownloadStarted, FirmwareStage.Downloaded, FirmwareStage.InstallStarted, FirmwareStage.Installing], _world.Stages);
        Assert.Equal(FirmwareWorld.Package.Length, _world.Last.TotalBytes);
        Assert.DoesNotContain("Range", Assert.Single(_world.Server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_WhileTimePasses_IsReportedOnceForTheStep()
    {
        _world.Server.Script(async (_, _, stream) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 300007\r\n\r\n"u8.ToArray());
            await stream.WriteAsync(FirmwareWorld.Package.AsMemory(0, 100_000));
            _world.Time.Advance(_world.Options.ProgressInterval);
            await stream.WriteAsync(FirmwareWorld.Package.AsMemory(100_000));
        });
        await _world.RunAsync();

        FirmwareProgress report = Assert.Single(_world.Progress, static progress => progress.Stage == FirmwareStage.Downloading);
        Assert.InRange(report.CurrentBytes, 15_001, FirmwareWorld.Package.Length);
        Assert.Equal(FirmwareWorld.Package.Length, report.TotalBytes);
        _world.AssertInstalledRight();
    }

    [Fact]
    public async Task Download_ChecksumInCapitals_IsInstalled()
    {
        await _world.RunAsync(request: _world.Request with { CheckSum = FirmwareWorld.Md5(FirmwareWorld.Package).ToUpperInvariant() });
        _world.AssertInstalledRight();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public async Task Download_CutAtATenth_GoesOnWhereItWas(int tenths)
    {
        int cut = FirmwareWorld.Package.Length * tenths / 10;
        _world.Server.Script(PackageServer.Cut(cut));
        await _world.RunAsync(pauses: 1);

        _world.AssertInstalledRight();
        string[] requests = [.. _world.Server.Requests];
        Assert.Equal(2, requests.Length);
        Assert.Equal(cut == 0 ? null : cut, PackageServer.Offset(requests[1]));
        Assert.Equal(cut > 0, requests[1].Contains("If-Range: \"one\"\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Download_CutAgainAndAgain_GoesOnEachTime()
    {
        _world.Server.Script([.. Enumerable.Repeat(PackageServer.Cut(30_000), 6)]);
        await _world.RunAsync(pauses: 6);

        _world.AssertInstalledRight();
        Assert.Equal([null, 30_000, 60_000, 90_000, 120_000, 150_000, 180_000], _world.Server.Requests.Select(PackageServer.Offset));
    }

    [Fact]
    public async Task Download_CutWithoutEntityTag_GoesOnByLengthAndChecksum()
    {
        _world.Server.Tag = null;
        _world.Server.Script(PackageServer.Cut(100_000));
        await _world.RunAsync(pauses: 1);

        _world.AssertInstalledRight();
        Assert.Equal(100_000, PackageServer.Offset(_world.Server.Requests.Last()));
    }

    [Fact]
    public async Task Download_WeakEntityTag_IsNotReliedOn()
    {
        _world.Server.Script(PackageServer.Raw("HTTP/1.1 200 OK\r\nETag: W/\"one\"\r\nContent-Length: 300007", FirmwareWorld.Package[..1000]));
        await _world.RunAsync(pauses: 1);

        Assert.DoesNotContain("If-Range", _world.Server.Requests.Last(), StringComparison.Ordinal);
        _world.AssertInstalledRight();
    }

    [Fact]
    public async Task Download_EntityTagChanged_StartsFromZero()
    {
        // What was fetched first is another package of the same length: one byte of it in the file would be wrong.
        byte[] old = FirmwareWorld.Bytes(FirmwareWorld.Package.Length, seed: 2);
        _world.Server.Package = old;
        _world.Server.Script(PackageServer.Cut(200_000), PackageServer.After(
            static server => (server.Package, server.Tag) = (FirmwareWorld.Package, "\"two\""), PackageServer.Honest));
        await _world.RunAsync(pauses: 1);

        _world.AssertInstalledRight();
        Assert.Equal(2, _world.Server.Requests.Count); // the 200 was used, not asked for again
    }

    [Theory]
    [InlineData("ETag: \"two\"\r\nContent-Range: bytes 1000-300006/300007")]
    [InlineData("ETag: \"one\"\r\nContent-Range: bytes 1000-300007/300008")]
    [InlineData("ETag: \"one\"\r\nContent-Range: bytes 999-300006/300007")]
    [InlineData("ETag: \"one\"\r\nContent-Range: bytes 1000-300006/*")]
    [InlineData("ETag: \"one\"\r\nContent-Range: lines 1000-300006/300007")]
    [InlineData("ETag: \"one\"")]
    public async Task Download_PartOfSomethingElse_StartsFromZero(string headers)
    {
        _world.Server.Script(
            PackageServer.Cut(1000), PackageServer.Raw($"HTTP/1.1 206 Partial Content\r\n{headers}\r\nContent-Length: 299007", new byte[299_007]));
        await _world.RunAsync(pauses: 2);

        _world.AssertInstalledRight();
        Assert.Equal([null, 1000, null], _world.Server.Requests.Select(PackageServer.Offset));
    }

    [Fact]
    public async Task Download_RangeNotSatisfiable_StartsFromZero()
    {
        _world.Server.Script(PackageServer.Cut(1000), PackageServer.Status("416 Range Not Satisfiable"));
        await _world.RunAsync(pauses: 2);
        _world.AssertInstalledRight();
    }

    [Fact]
    public async Task Download_ServerBeginsAgainAndAgain_IsGivenUp()
    {
        _world.Server.Script([.. Enumerable.Range(0, 7).Select(static i =>
            PackageServer.After(server => server.Tag = $"\"{i}\"", PackageServer.Cut(1000)))]);
        await _world.RunAsync(pauses: 4);
        _world.AssertRefused("began with the package again");
    }

    [Fact]
    public async Task Download_PartNotAskedFor_IsRefused()
    {
        _world.Server.Script(PackageServer.Raw("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-9/10\r\nContent-Length: 10", new byte[10]));
        await _world.RunAsync();
        _world.AssertRefused("206");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(150_000)]
    [InlineData(300_006)]
    public async Task Download_OneBitFlipped_IsRefused(int at)
    {
        byte[] flipped = [.. FirmwareWorld.Package];
        flipped[at] ^= 0x10;
        _world.Server.Package = flipped;
        await _world.RunAsync();
        _world.AssertRefused("The checksum of the package is");
    }

    [Theory]
    [InlineData("404 Not Found")]
    [InlineData("403 Forbidden")]
    [InlineData("204 No Content")]
    [InlineData("300 Multiple Choices")]
    public async Task Download_ServerHasNoPackage_IsRefusedAtOnce(string status)
    {
        _world.Server.Script(PackageServer.Status(status));
        await _world.RunAsync();
        _world.AssertRefused($"The server answers {status[..3]}.");
        Assert.Single(_world.Server.Requests);
    }

    [Theory]
    [InlineData("503 Service Unavailable")]
    [InlineData("500 Internal Server Error")]
    [InlineData("429 Too Many Requests")]
    public async Task Download_ServerIsBusy_IsTriedAgain(string status)
    {
        _world.Server.Script(PackageServer.Status(status));
        await _world.RunAsync(pauses: 1);
        _world.AssertInstalledRight();
    }

    [Fact]
    public async Task Download_ServerStaysBusy_IsGivenUp()
    {
        _world.Server.Script([.. Enumerable.Repeat(PackageServer.Status("503 Service Unavailable"), 20)]);
        await _world.RunAsync(pauses: 7);
        _world.AssertRefused("8 tries in a row");
        Assert.Equal(8, _world.Server.Requests.Count);
    }

    [Fact]
    public async Task Download_Empty_IsRefused()
    {
        _world.Server.Script(PackageServer.Status("200 OK"));
        await _world.RunAsync();
        _world.AssertRefused("empty");
    }

    [Fact]
    public async Task Download_LengthBeyondTheLimit_IsRefusedBeforeAnythingIsWritten()
    {
        bool created = false;
        _world.Create = _ =>
        {
            created = true;
            throw new InvalidOperationException();
        };
        await _world.RunAsync(_world.Options with { MaxBytes = FirmwareWorld.Package.Length - 1 });
        _world.AssertRefused("longer than 300006 bytes");
        Assert.False(created);
    }

    [Fact]
    public async Task Download_LengthAtTheLimit_IsInstalled()
    {
        await _world.RunAsync(_world.Options with { MaxBytes = FirmwareWorld.Package.Length });
        _world.AssertInstalledRight();
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "10000\r\n")]
    [InlineData("HTTP/1.0 200 OK\r\n\r\n", "")]
    public async Task Download_EndlessBody_IsRefusedAndHungUpOn(string head, string beforeEach)
    {
        // What sockets and TLS may hold between the two is bounded, the body is not: it ends only when the client hangs up.
        var hungUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.Server.Script(async (_, _, stream) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
            byte[] chunk = Encoding.ASCII.GetBytes(beforeEach + new string(' ', 0x10000) + (beforeEach.Length > 0 ? "\r\n" : ""));
            try
            {
                while (true)
                {
                    await stream.WriteAsync(chunk);
                }
            }
            catch (IOException)
            {
                hungUp.SetResult();
            }
        });
        await _world.RunAsync(_world.Options with { MaxBytes = 1 << 20 });
        _world.AssertRefused("longer than 1048576 bytes");
        await hungUp.Task;
    }

    [Fact]
    public async Task Download_NoLengthAnnounced_IsInstalledByChecksum()
    {
        _world.Server.Script(PackageServer.Raw("HTTP/1.0 200 OK", FirmwareWorld.Package));
        await _world.RunAsync();
        _world.AssertInstalledRight();
    }

    [Fact]
    public async Task Download_MoreThanThePartAnnounced_IsRefused()
    {
        string size = (FirmwareWorld.Package.Length - 1000 + 1).ToString("x", System.Globalization.CultureInfo.InvariantCulture);
        _world.Server.Script(PackageServer.Cut(1000), PackageServer.Raw(
            "HTTP/1.1 206 Partial Content\r\nETag: \"one\"\r\nContent-Range: bytes 1000-300006/300007\r\nTransfer-Encoding: chunked",
            Encoding.ASCII.GetBytes(size + "\r\n"), FirmwareWorld.Package[1000..], [0], "\r\n0\r\n\r\n"u8.ToArray()));
        await _world.RunAsync(pauses: 1);
        _world.AssertRefused("more than the 300007 bytes that it announced");
    }

    [Fact]
    public async Task Download_LengthUnderstated_IsRefusedByChecksum()
    {
        _world.Server.Script(PackageServer.Raw("HTTP/1.1 200 OK\r\nContent-Length: 300000", FirmwareWorld.Package));
        await _world.RunAsync();
        _world.AssertRefused("The checksum of the package is");
    }

    [Fact]
    public async Task Download_LengthOverstated_IsAskedForAndRefused()
    {
        byte[] package = FirmwareWorld.Package[..1000];
        _world.Server.Script([.. Enumerable.Repeat(PackageServer.Raw("HTTP/1.1 200 OK\r\nContent-Length: 1001", package), 9)]);
        await _world.RunAsync(request: _world.Request with { CheckSum = FirmwareWorld.Md5(package) }, pauses: 4);
        _world.AssertRefused("began with the package again");
    }

    [Fact]
    public async Task Download_CertificateOfAnUnknownCa_IsRefusedBeforeAnythingIsSent()
    {
        await using var upgrade = new FirmwareUpgrade(_world.Options with { HttpClient = null }, "1", "2"); // its own client trusts the system's CAs
        var last = new TaskCompletionSource<FirmwareProgress>();
        upgrade.Progress += report => _ = report.Progress.Stage == FirmwareStage.DownloadFailed && last.TrySetResult(report.Progress);
        upgrade.TryStart(_world.Request);
        await FirmwareWorld.EndAsync(upgrade);

        Assert.Contains("No connection to a verified server", (await last.Task).Comment, StringComparison.Ordinal);
        Assert.Empty(_world.Server.Requests);
        Assert.Empty(_world.Installed);
    }

    [Fact]
    public async Task Download_ManyCutsAndFlips_NeverInstallAnythingElse()
    {
        // Whatever mix of faults a server comes with, what is installed is the package or nothing.
        var random = new Random(7);
        for (int run = 0; run < 20; run++)
        {
            await using var world = new FirmwareWorld();
            world.Server.Script([.. Enumerable.Range(0, 3).Select(_ => Fault(random))]);
            FirmwareUpgrade upgrade = world.Make();
            upgrade.TryStart(world.Request);
            await Task.WhenAny(upgrade.Running, world.PassPausesAsync(3));
            await FirmwareWorld.EndAsync(upgrade);

            Assert.All(world.Installed, static bytes => Assert.Equal(FirmwareWorld.Package, bytes));
            Assert.Equal(world.Installed.IsEmpty ? FirmwareStage.DownloadFailed : FirmwareStage.Installing, world.Last.Stage);
            world.AssertNothingLeft();
        }
    }

    // Less than what makes a connection worth having, so that the pauses double.
    private static PackageServer.Answer Fault(Random random)
    {
        PackageServer.Answer cut = PackageServer.Cut(random.Next(60_000));
        int at = random.Next(FirmwareWorld.Package.Length);
        return random.Next(4) switch
        {
            0 => PackageServer.Status("503 Service Unavailable"),
            1 => PackageServer.After(server => server.Tag = $"\"{at}\"", cut),
            2 => PackageServer.After(server => server.Package = [.. server.Package[..at], (byte)(server.Package[at] ^ 1), .. server.Package[(at + 1)..]], cut),
            _ => cut,
        };
    }
}
