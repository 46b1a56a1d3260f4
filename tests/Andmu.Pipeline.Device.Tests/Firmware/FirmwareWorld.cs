using System.Collections.Concurrent;
using System.Security.Cryptography;
using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Control.Reports;
using Andmu.Pipeline.Device.Firmware;
using Andmu.Pipeline.Device.Tests.Doubles;

namespace Andmu.Pipeline.Device.Tests.Firmware;

/// <summary>A server of packages, a disk and a clock, and a device that upgrades; the disk outlives it.</summary>
internal sealed class FirmwareWorld : IAsyncDisposable
{
    public const string NewVersion = "1.0.0.526";
    public const string OldFirmware = "1.0.0.525";
    public const string OldApp = "2.15.301";
    public const string Secret = "CANARY-signature";

    public static readonly MessageSession Session = MessageSession.FromNumber(914570390);

    // More than one read and more than one TLS record, and not a multiple of either.
    public static readonly byte[] Package = Bytes(300_007, seed: 1);

    private readonly List<FirmwareUpgrade> _upgrades = [];
    private readonly HttpClient _http = new(FirmwareHttp.CreateHandler(PackageServer.Roots)) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Signal _progressed = new();

    public FirmwareWorld(bool plain = false) => Server = new PackageServer(Package, plain);

    public VirtualTime Time { get; } = new();

    public PackageServer Server { get; }

    public RecordingLoggers Log { get; } = new();

    public ConcurrentQueue<UpgradeReport> Reports { get; } = new();

    public IEnumerable<FirmwareProgress> Progress => Reports.Select(static report => report.Progress);

    /// <summary>What the installer got.</summary>
    public ConcurrentQueue<byte[]> Installed { get; } = new();

    public string Root { get; } = Directory.CreateTempSubdirectory("andmu-firmware-").FullName;

    public string Staging => Path.Combine(Root, "staging");

    public string State => Path.Combine(Root, "state");

    /// <summary>Null for the staging folder.</summary>
    public Func<long, StagedFile>? Create { get; set; }

    public string Url => $"https://127.0.0.1:{Server.Port}/Device/1.0.0.526/x.enc?sign={Secret}";

    public FirmwareRequest Request => new(Session, FirmwareKind.Firmware, Url, NewVersion, Md5(Package));

    public FirmwareOptions Options => new()
    {
        StagingDirectory = Staging,
        HttpClient = _http,
        Verifier = static (_, _) => ValueTask.FromResult(true),
        Installer = InstallAsync,
    };

    public IEnumerable<FirmwareStage> Stages => Progress.Select(static progress => progress.Stage);

    public FirmwareProgress Last => Progress.Last();

    public static byte[] Bytes(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));

    public async ValueTask InstallAsync(FirmwareImage image, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        await using Stream content = image.OpenRead();
        await content.CopyToAsync(copy, cancellationToken);
        Installed.Enqueue(copy.ToArray());
    }

    public FirmwareUpgrade Make(FirmwareOptions? options = null, string firmware = OldFirmware, string app = OldApp)
    {
        var upgrade = new FirmwareUpgrade(options ?? Options, firmware, app, State, Time, new HalfRandom(), Log, Create);
        upgrade.Progress += report =>
        {
            Reports.Enqueue(report);
            _progressed.Set();
        };
        _upgrades.Add(upgrade);
        return upgrade;
    }

    /// <summary>An upgrade from its start to its end; so many pauses between tries pass.</summary>
    public async Task<FirmwareUpgrade> RunAsync(FirmwareOptions? options = null, FirmwareRequest? request = null, int pauses = 0)
    {
        FirmwareUpgrade upgrade = Make(options);
        Assert.True(upgrade.TryStart(request ?? Request));
        await PassPausesAsync(pauses);
        await EndAsync(upgrade);
        return upgrade;
    }

    /// <summary>0.5 s, 1 s, 2 s, ... 16 s, 16 s: what half of each ceiling is.</summary>
    public async Task PassPausesAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Time.PassAsync(TimeSpan.FromSeconds(Math.Min(0.5 * (1 << i), 16)), Math.Max(1, i - 4));
        }
    }

    public static Task EndAsync(FirmwareUpgrade upgrade) => upgrade.Running.WaitAsync(Signal.Patience);

    public Task WhenAsync(FirmwareStage stage) => _progressed.WhenAsync(() => Stages.Contains(stage));

    /// <summary>It failed as it should: the installer was not called, nothing is left on the disk, and the comment says why.</summary>
    public void AssertRefused(string why, FirmwareStage stage = FirmwareStage.DownloadFailed)
    {
        Assert.Equal(stage, Last.Stage);
        Assert.Contains(why, Last.Comment, StringComparison.Ordinal);
        Assert.Empty(Installed);
        AssertNothingLeft();
    }

    public void AssertInstalledRight()
    {
        Assert.Equal(FirmwareStage.Installing, Last.Stage);
        Assert.Equal(Server.Package, Assert.Single(Installed));
        AssertNothingLeft();
    }

    public void AssertNothingLeft()
    {
        if (Directory.Exists(Staging))
        {
            Assert.Empty(Directory.GetFileSystemEntries(Staging));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (FirmwareUpgrade upgrade in _upgrades)
        {
            await upgrade.DisposeAsync();
        }

        await Server.DisposeAsync();
        _http.Dispose();
        Directory.Delete(Root, recursive: true);
        Assert.DoesNotContain(Log.Lines, static line => line.Text.Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(Reports, static report => $"{report} {report.Progress}".Contains(Secret, StringComparison.Ordinal));
    }
}
