using System.Runtime.Versioning;
using Andmu.Pipeline.Control.Reports;
using Andmu.Pipeline.Device.Firmware;

namespace Andmu.Pipeline.Device.Tests.Firmware;

/// <summary>What the disk does, and what somebody has put in the way.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StagingTests : IAsyncDisposable
{
    private readonly FirmwareWorld _world = new();

    private string Part => Path.Combine(_world.Staging, "firmware.part");

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Disk_Full_IsToldAndLeavesNothing()
    {
        // The kernel's own full disk: every write to it fails with ENOSPC.
        _world.Create = static _ => new StagedFile(new FileStream("/dev/full", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0));
        await _world.RunAsync();
        _world.AssertRefused("The package cannot be kept after 0 bytes: the disk is full");
        Assert.Single(_world.Server.Requests);
    }

    [Fact]
    public async Task Disk_ReadOnlyOrNoFolder_IsTold()
    {
        await File.WriteAllTextAsync(_world.Staging, "a file");
        await _world.RunAsync();
        Assert.Equal(FirmwareStage.DownloadFailed, _world.Last.Stage);
        Assert.Contains("cannot be kept", _world.Last.Comment, StringComparison.Ordinal);
        Assert.Empty(_world.Installed);
    }

    [Fact]
    public async Task Folder_New_IsForItsOwnerAlone()
    {
        UnixFileMode file = default;
        await _world.RunAsync(_world.Options with
        {
            Verifier = (image, _) =>
            {
                file = File.GetUnixFileMode(image.Path);
                return ValueTask.FromResult(true);
            },
        });
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_world.Staging));
    }

    [Theory]
    [InlineData(UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.GroupWrite)]
    public async Task Folder_OthersMayWrite_IsRefused(UnixFileMode more)
    {
        Directory.CreateDirectory(_world.Staging);
        File.SetUnixFileMode(_world.Staging, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | more);
        await _world.RunAsync();
        _world.AssertRefused("may be written to by others");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task Folder_Link_IsRefused(string end)
    {
        string target = Directory.CreateDirectory(Path.Combine(_world.Root, "elsewhere")).FullName;
        Directory.CreateSymbolicLink(_world.Staging, target);
        await _world.RunAsync(_world.Options with { StagingDirectory = _world.Staging + end });
        _world.AssertRefused("is a link");
    }

    [Fact]
    public async Task File_LinkPlanted_IsReplacedAndItsTargetUntouched()
    {
        string target = Path.Combine(_world.Root, "precious");
        await File.WriteAllTextAsync(target, "precious");
        FirmwareUpgrade upgrade = _world.Make();
        Directory.CreateDirectory(_world.Staging, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(Part, target); // after the cleaning at the start
        upgrade.TryStart(_world.Request);
        await FirmwareWorld.EndAsync(upgrade);

        _world.AssertInstalledRight();
        Assert.Equal("precious", await File.ReadAllTextAsync(target));
    }

    [Fact]
    public void Start_FileOfAnEarlierLife_IsRemoved()
    {
        Directory.CreateDirectory(_world.Staging);
        File.WriteAllText(Part, "half a package");
        _world.Make();
        _world.AssertNothingLeft();
    }

    [Fact]
    public async Task Start_FolderInPlaceOfTheFile_IsNoReasonNotToStart()
    {
        Directory.CreateDirectory(Part);
        File.SetUnixFileMode(_world.Staging, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await _world.RunAsync();
        Assert.Equal(FirmwareStage.DownloadFailed, _world.Last.Stage);
        Assert.Empty(_world.Installed);
    }
}
