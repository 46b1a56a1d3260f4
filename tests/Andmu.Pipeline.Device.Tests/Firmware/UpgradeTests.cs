using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Control.Reports;
using Andmu.Pipeline.Device.Firmware;
using Andmu.Pipeline.Device.Tests.Doubles;

namespace Andmu.Pipeline.Device.Tests.Firmware;

/// <summary>From the command to the installer: who is asked, who is called, what is told.</summary>
public sealed class UpgradeTests : IAsyncDisposable
{
    private readonly FirmwareWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Start_NoVerifier_IsRefusedAndSaysWhatToDo()
    {
        await _world.RunAsync(_world.Options with { Verifier = null });
        _world.AssertRefused("FirmwareOptions.Verifier");
        Assert.Empty(_world.Server.Requests);
    }

    [Fact]
    public async Task Start_NoVerifierAllowedByName_IsInstalled()
    {
        await _world.RunAsync(_world.Options with { Verifier = null, AllowUnverified = true });
        _world.AssertInstalledRight();
    }

    [Theory]
    [InlineData("")]
    [InlineData("ec5fd1e4b7e6d3a31f821203a19ccf4")]
    [InlineData("ec5fd1e4b7e6d3a31f821203a19ccf433")]
    [InlineData("gc5fd1e4b7e6d3a31f821203a19ccf43")]
    [InlineData(null)]
    public async Task Start_ChecksumThatIsNone_IsRefused(string? checkSum)
    {
        await _world.RunAsync(request: _world.Request with { CheckSum = checkSum! });
        _world.AssertRefused("not an MD5");
        Assert.Empty(_world.Server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.0\n2.0")]
    [InlineData("1.0 2.0")]
    [InlineData("1.0\u00e9")]
    [InlineData(null)]
    public async Task Start_VersionThatIsNone_IsRefusedAndNotRepeated(string? version)
    {
        await _world.RunAsync(request: _world.Request with { NewVersion = version! });
        _world.AssertRefused("new version");
        Assert.Equal("", _world.Last.FirmwareVersion);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Start_ServiceTypeThatIsNone_IsRefused(int serviceType)
    {
        await _world.RunAsync(request: _world.Request with { Kind = (FirmwareKind)serviceType });
        _world.AssertRefused("service type");
    }

    [Theory]
    [InlineData(FirmwareKind.Firmware, FirmwareWorld.NewVersion, FirmwareWorld.OldApp)]
    [InlineData(FirmwareKind.CameraApp, FirmwareWorld.OldFirmware, FirmwareWorld.NewVersion)]
    public async Task Progress_Versions_AreTheNewOneAndTheOtherThatRuns(FirmwareKind kind, string firmware, string app)
    {
        await _world.RunAsync(request: _world.Request with { Kind = kind });
        Assert.All(_world.Reports, report => Assert.Equal(
            (FirmwareWorld.Session, kind, firmware, app),
            (report.Session, report.Kind, report.Progress.FirmwareVersion, report.Progress.CameraAppVersion)));
    }

    [Fact]
    public async Task Verifier_SeesTheVeryBytes_ByStreamAndByPath()
    {
        byte[]? byPath = null;
        var byStream = new MemoryStream();
        await _world.RunAsync(_world.Options with
        {
            Verifier = async (image, token) =>
            {
                byPath = await File.ReadAllBytesAsync(image.Path, token);
                await using Stream content = image.OpenRead();
                await content.CopyToAsync(byStream, token);
                return image is { NewVersion: FirmwareWorld.NewVersion, Kind: FirmwareKind.Firmware } &&
                    image.Length == content.Length;
            },
        });

        Assert.Equal(FirmwareWorld.Package, byPath);
        Assert.Equal(FirmwareWorld.Package, byStream.ToArray());
        _world.AssertInstalledRight();
    }

    [Fact]
    public async Task Verifier_WhileItReads_TheFolderHoldsNoNameToSwap()
    {
        string[]? names = null;
        await _world.RunAsync(_world.Options with
        {
            Verifier = (_, _) =>
            {
                names = Directory.GetFileSystemEntries(_world.Staging);
                File.WriteAllBytes(Path.Combine(_world.Staging, "firmware.part"), [1, 2, 3]); // what somebody puts there is not installed
                return ValueTask.FromResult(true);
            },
        });

        Assert.Equal([], names!);
        Assert.Equal(FirmwareWorld.Package, Assert.Single(_world.Installed));
    }

    [Fact]
    public async Task Verifier_SaysNo_IsNotInstalled()
    {
        await _world.RunAsync(_world.Options with { Verifier = static (_, _) => ValueTask.FromResult(false) });
        _world.AssertRefused("verifier does not accept");
        Assert.DoesNotContain(FirmwareStage.Downloaded, _world.Stages);
    }

    [Fact]
    public async Task Verifier_Throws_IsNotInstalled()
    {
        await _world.RunAsync(_world.Options with { Verifier = static (_, _) => throw new InvalidDataException("No signature.") });
        _world.AssertRefused("verifier failed: InvalidDataException: No signature.");
    }

    [Fact]
    public async Task Verifier_IsNotAskedAboutAWrongChecksum()
    {
        bool asked = false;
        await _world.RunAsync(
            _world.Options with { Verifier = (_, _) => ValueTask.FromResult(asked = true) }, _world.Request with { CheckSum = new string('0', 32) });
        _world.AssertRefused("checksum");
        Assert.False(asked);
    }

    [Fact]
    public async Task Installer_Throws_IsAFailedInstallation()
    {
        await _world.RunAsync(_world.Options with { Installer = static (_, _) => throw new InvalidOperationException(new string('x', 5000)) });
        _world.AssertRefused("installer failed: InvalidOperationException", FirmwareStage.InstallFailed);
        Assert.Equal(FirmwareProgress.MaxCommentLength, _world.Last.Comment.Length);
        Assert.Null(_world.Make().PreviousOutcome);
    }

    [Fact]
    public async Task Installer_Returned_ImageIsClosed()
    {
        FirmwareImage? kept = null;
        await _world.RunAsync(_world.Options with
        {
            Installer = (image, _) =>
            {
                kept = image;
                return ValueTask.CompletedTask;
            },
        });
        Assert.Throws<ObjectDisposedException>(kept!.OpenRead);
    }

    [Fact]
    public async Task Image_Stream_ReadsSeeksAndDoesNotWrite()
    {
        await _world.RunAsync(_world.Options with
        {
            Installer = static (image, _) =>
            {
                using Stream content = image.OpenRead();
                Assert.False(content.CanWrite);
                Assert.Throws<NotSupportedException>(() => content.Write([1]));
                Assert.Throws<NotSupportedException>(() => content.SetLength(0));
                Assert.Equal(image.Length - 2, content.Seek(-2, SeekOrigin.End));
                Assert.Equal(2, content.Read(new byte[10]));
                Assert.Equal(0, content.Read(new byte[10]));
                content.Position = image.Length + 5;
                Assert.Equal(-1, content.ReadByte());
                content.Position = 7;
                Assert.Equal(FirmwareWorld.Package[7], content.ReadByte());
                return ValueTask.CompletedTask;
            },
        });
        Assert.Equal(FirmwareStage.Installing, _world.Last.Stage);
    }

    [Fact]
    public async Task Cancel_InTheMiddleOfTheDownload_IsToldAndLeavesNothing()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.Server.Script(PackageServer.After(_ => asked.SetResult(), PackageServer.Hang(100_000)));
        FirmwareUpgrade upgrade = _world.Make();
        upgrade.TryStart(_world.Request);
        await asked.Task.WaitAsync(Signal.Patience);
        Assert.True(upgrade.IsRunning);
        upgrade.Cancel();
        await FirmwareWorld.EndAsync(upgrade);

        _world.AssertRefused("Cancelled");
        Assert.False(upgrade.IsRunning);
        upgrade.Cancel();
        Assert.True(upgrade.TryStart(_world.Request));
        await FirmwareWorld.EndAsync(upgrade);
        _world.AssertInstalledRight();
    }

    [Theory]
    [InlineData(true, FirmwareStage.DownloadFailed)]
    [InlineData(false, FirmwareStage.InstallFailed)]
    public async Task Cancel_WhileTheHostWorks_IsHeeded(bool verifier, FirmwareStage stage)
    {
        FirmwareUpgrade? upgrade = null;
        async ValueTask<bool> Work(FirmwareImage image, CancellationToken token)
        {
            upgrade!.Cancel();
            await Task.Delay(Timeout.InfiniteTimeSpan, _world.Time, token);
            return true;
        }

        upgrade = _world.Make(verifier
            ? _world.Options with { Verifier = Work }
            : _world.Options with { Installer = async (image, token) => await Work(image, token) });
        upgrade.TryStart(_world.Request);
        await FirmwareWorld.EndAsync(upgrade);
        _world.AssertRefused("Cancelled", stage);
    }

    [Fact]
    public async Task Start_WhileAnotherRuns_IsRefusedAndDisturbsNothing()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        FirmwareUpgrade upgrade = _world.Make(_world.Options with
        {
            Verifier = async (_, token) =>
            {
                await go.Task.WaitAsync(token);
                return true;
            },
        });
        upgrade.TryStart(_world.Request);
        Assert.False(upgrade.TryStart(_world.Request)); // the same command, come twice
        Assert.False(upgrade.TryStart(_world.Request with { Session = MessageSession.FromNumber(7) }));
        UpgradeReport refused = Assert.Single(_world.Reports, static report => report.Progress.Stage == FirmwareStage.DownloadFailed);
        Assert.Equal(MessageSession.FromNumber(7), refused.Session);
        Assert.Contains("another upgrade", refused.Progress.Comment, StringComparison.Ordinal);
        go.SetResult();
        await FirmwareWorld.EndAsync(upgrade);
        _world.AssertInstalledRight();
    }

    [Fact]
    public async Task Start_WhileAnotherRunsAndNeitherHasASession_IsRefused()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        FirmwareUpgrade upgrade = _world.Make(_world.Options with
        {
            Verifier = async (_, token) =>
            {
                await go.Task.WaitAsync(token);
                return true;
            },
        });
        FirmwareRequest first = _world.Request with { Session = default };
        upgrade.TryStart(first);
        Assert.False(upgrade.TryStart(_world.Request with { Session = default })); // come twice
        Assert.False(upgrade.TryStart(first with { NewVersion = "1.0.0.527" }));
        UpgradeReport refused = Assert.Single(_world.Reports, static report => report.Progress.Stage == FirmwareStage.DownloadFailed);
        Assert.Equal("1.0.0.527", refused.Progress.FirmwareVersion);
        go.SetResult();
        await FirmwareWorld.EndAsync(upgrade);
        _world.AssertInstalledRight();
    }

    [Fact]
    public async Task Start_Disposed_Throws()
    {
        FirmwareUpgrade upgrade = _world.Make();
        await upgrade.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => upgrade.TryStart(_world.Request));
    }

    [Fact]
    public async Task Progress_HandlerThrows_UpgradeGoesOn()
    {
        FirmwareUpgrade upgrade = _world.Make();
        upgrade.Progress += static _ => throw new InvalidOperationException();
        upgrade.TryStart(_world.Request);
        await FirmwareWorld.EndAsync(upgrade);
        _world.AssertInstalledRight();
    }

    [Fact]
    public async Task Client_Throws_IsToldWithoutItsWords()
    {
        using var http = new HttpClient(new QuotingHandler());
        await using var upgrade = new FirmwareUpgrade(_world.Options with { HttpClient = http }, "1", "2", null, _world.Time, null, _world.Log);
        upgrade.Progress += _world.Reports.Enqueue;
        upgrade.TryStart(_world.Request);
        await FirmwareWorld.EndAsync(upgrade);
        _world.AssertRefused("A fault of the device: InvalidOperationException.");
    }

    private sealed class QuotingHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"{request.RequestUri}");
    }
}
