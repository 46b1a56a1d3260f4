using System.Runtime.Versioning;
using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Control.Reports;
using Andmu.Pipeline.Device.Firmware;
using Andmu.Pipeline.Device.Tests.Doubles;

namespace Andmu.Pipeline.Device.Tests.Firmware;

/// <summary>What the next start tells of an upgrade, once.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class RestartTests : IAsyncDisposable
{
    private readonly FirmwareWorld _world = new();

    private string Kept => Path.Combine(_world.State, "upgrade.json");

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(FirmwareKind.Firmware, FirmwareWorld.NewVersion, FirmwareWorld.OldApp, FirmwareStage.Installed)]
    [InlineData(FirmwareKind.Firmware, FirmwareWorld.OldFirmware, FirmwareWorld.NewVersion, FirmwareStage.InstallFailed)]
    [InlineData(FirmwareKind.CameraApp, FirmwareWorld.OldFirmware, FirmwareWorld.NewVersion, FirmwareStage.Installed)]
    [InlineData(FirmwareKind.CameraApp, FirmwareWorld.NewVersion, FirmwareWorld.OldApp, FirmwareStage.InstallFailed)]
    public async Task Restart_AfterTheInstaller_TellsByTheRunningVersion(FirmwareKind kind, string firmware, string app, FirmwareStage stage)
    {
        await (await _world.RunAsync(request: _world.Request with { Kind = kind })).DisposeAsync();
        UpgradeReport outcome = _world.Make(firmware: firmware, app: app).PreviousOutcome!;

        Assert.Equal((FirmwareWorld.Session, kind, stage), (outcome.Session, outcome.Kind, outcome.Progress.Stage));
        Assert.Equal(stage == FirmwareStage.InstallFailed, outcome.Progress.Comment.Contains("the device runs", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("914570390")]
    [InlineData("-1.50e3")]
    [InlineData("\"\\u00e4\\\"\\\\\"")]
    [InlineData(null)]
    public async Task Restart_AnySession_IsToldInTheTokenThatCame(string? token)
    {
        Assert.True(MessageSession.TryParse(token, out MessageSession session));
        await (await _world.RunAsync(request: _world.Request with { Session = session })).DisposeAsync();
        UpgradeReport outcome = _world.Make(firmware: FirmwareWorld.NewVersion).PreviousOutcome!;

        Assert.Equal((token, FirmwareStage.Installed), (outcome.Session.RawJson, outcome.Progress.Stage));
        Assert.All(_world.Reports, report => Assert.Equal(token, report.Session.RawJson));
    }

    [Fact]
    public async Task Restart_LongestSession_IsToldAgain()
    {
        Assert.True(MessageSession.TryParse($"\"{new string('x', MessageSession.MaxBytes - 2)}\"", out MessageSession session));
        await (await _world.RunAsync(request: _world.Request with { Session = session })).DisposeAsync();
        Assert.Equal(session, _world.Make().PreviousOutcome!.Session);
    }

    [Fact]
    public async Task Restart_UntilForgotten_TellsAgain()
    {
        await (await _world.RunAsync()).DisposeAsync();
        Assert.NotNull(_world.Make().PreviousOutcome);
        FirmwareUpgrade upgrade = _world.Make();
        Assert.NotNull(upgrade.PreviousOutcome);
        upgrade.ForgetPrevious();
        Assert.Null(upgrade.PreviousOutcome);
        Assert.Null(_world.Make().PreviousOutcome);
    }

    [Fact]
    public async Task Forget_AfterANewUpgrade_LeavesTheNewOne()
    {
        await (await _world.RunAsync()).DisposeAsync();
        FirmwareUpgrade upgrade = await _world.RunAsync(request: _world.Request with { Session = MessageSession.FromNumber(8) });
        upgrade.ForgetPrevious();
        Assert.Equal(MessageSession.FromNumber(8), _world.Make().PreviousOutcome!.Session);
    }

    [Fact]
    public async Task Restart_InTheInstaller_IsNoFailureYet()
    {
        // The installer restarts the device: it does not return, but is told to stop.
        FirmwareUpgrade upgrade = _world.Make(_world.Options with
        {
            Installer = async (_, token) => await Task.Delay(Timeout.InfiniteTimeSpan, _world.Time, token),
        });
        upgrade.TryStart(_world.Request);
        await _world.WhenAsync(FirmwareStage.Installing);
        await upgrade.DisposeAsync();

        Assert.Equal(FirmwareStage.Installing, _world.Last.Stage);
        Assert.Equal(FirmwareStage.Installed, _world.Make(firmware: FirmwareWorld.NewVersion).PreviousOutcome!.Progress.Stage);
    }

    [Fact]
    public async Task Restart_InTheDownload_IsAFailedDownload()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.Server.Script(PackageServer.After(_ => asked.SetResult(), PackageServer.Hang(1000)));
        FirmwareUpgrade upgrade = _world.Make();
        upgrade.TryStart(_world.Request);
        await asked.Task.WaitAsync(Signal.Patience);
        await upgrade.DisposeAsync();

        Assert.Equal([FirmwareStage.DownloadStarted], _world.Stages);
        _world.AssertNothingLeft();
        UpgradeReport outcome = _world.Make(firmware: FirmwareWorld.NewVersion).PreviousOutcome!;
        Assert.Equal(FirmwareStage.DownloadFailed, outcome.Progress.Stage);
        Assert.Contains("restarted", outcome.Progress.Comment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_AfterAFailure_HasNothingToTell()
    {
        _world.Server.Script(PackageServer.Status("404 Not Found"));
        await (await _world.RunAsync()).DisposeAsync();
        Assert.Null(_world.Make().PreviousOutcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"session":"1","kind":9,"newVersion":"1","stage":5}""")]
    [InlineData("""{"session":"1","kind":1,"newVersion":"1","stage":7}""")]
    [InlineData("""{"session":"1","kind":1,"newVersion":"a\nb","stage":5}""")]
    [InlineData("""{"session":"1","kind":1,"newVersion":null,"stage":5}""")]
    [InlineData("""{"session":1,"kind":1,"newVersion":"1","stage":5}""")]
    [InlineData("""{"session":"","kind":1,"newVersion":"1","stage":5}""")]
    [InlineData("""{"session":"{}","kind":1,"newVersion":"1","stage":5}""")]
    [InlineData("""{"session":"1,\"msgCategory\":\"x\"","kind":1,"newVersion":"1","stage":5}""")]
    [InlineData("""{"session":"12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890","kind":1,"newVersion":"1","stage":5}""")]
    [InlineData("""{"kind":1,"newVersion":"1","stage":5}""")]
    public async Task Restart_DamagedFile_IsAWarning(string kept)
    {
        Directory.CreateDirectory(_world.State);
        await File.WriteAllTextAsync(Kept, kept);
        Assert.Null(_world.Make().PreviousOutcome);
        Assert.Contains(_world.Log.Lines, static line => line.Text.Contains("cannot be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Kept_File_IsForItsOwnerAloneAndHoldsNoAddress()
    {
        await _world.RunAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Kept));
        Assert.DoesNotContain("127.0.0.1", await File.ReadAllTextAsync(Kept), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kept_NotWritable_UpgradesAllTheSame()
    {
        await File.WriteAllTextAsync(_world.State, "a file");
        await _world.RunAsync();
        _world.AssertInstalledRight();
    }
}
