using Andmu.Pipeline.Cli.Camera;
using Andmu.Pipeline.Cli.Tests.Support;

namespace Andmu.Pipeline.Cli.Tests.Camera;

public sealed class FirmwareStagingTests
{
    [Fact]
    public void In_NoState_FolderForItsOwnerThatGoesWithIt()
    {
        using var staging = FirmwareStaging.In(null);
        File.WriteAllText(Path.Combine(staging.Directory, "left"), "");

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(staging.Directory));
        }

        staging.Dispose();
        Assert.False(Directory.Exists(staging.Directory)); // and a second time does no harm
    }

    [Fact]
    public void In_State_FolderInItThatStays()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.PathOf("firmware"));

        FirmwareStaging.In(folder.Root).Dispose();

        Assert.Equal(folder.PathOf("firmware"), FirmwareStaging.In(folder.Root).Directory);
        Assert.True(Directory.Exists(folder.PathOf("firmware")));
    }
}
