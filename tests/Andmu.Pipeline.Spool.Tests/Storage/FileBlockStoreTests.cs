using Andmu.Pipeline.Spool.Card;
using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool.Tests.Storage;

public sealed class FileBlockStoreTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("andmu-spool-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Create_ThenOpen_GivesWhatWasWritten()
    {
        var store = new FileBlockStore(_directory, requireMountPoint: false);
        Assert.Equal(StoreFault.None, store.Create("A.MED", out IBlockFile? file));
        using (file)
        {
            Assert.Equal(StoreFault.None, file!.Write(0, "abc"u8));
            Assert.Equal(StoreFault.None, file.Sync());
        }

        Assert.Equal(StoreFault.None, store.SyncDirectory());
        Assert.Equal(StoreFault.Exists, store.Create("A.MED", out _));
        Assert.Equal(StoreFault.NotFound, store.Open("B.MED", writable: false, out _));
        Assert.Equal(StoreFault.None, store.Open("A.MED", writable: false, out IBlockFile? again));
        using (again)
        {
            byte[] read = new byte[8];
            Assert.Equal(StoreFault.None, again!.Read(0, read, out int count));
            Assert.Equal("abc"u8.ToArray(), read[..count]);
        }
    }

    [Fact]
    public void SyncDirectory_NoDirectory_ReportsIt()
    {
        var store = new FileBlockStore(Path.Combine(_directory, "none"), requireMountPoint: false);
        Assert.Equal(StoreFault.NotFound, store.SyncDirectory());
    }

    [Fact]
    public void Attach_NoMountPointWhereOneIsRequired_IsGone() =>
        Assert.Equal(StoreFault.Gone, new FileBlockStore(_directory, requireMountPoint: true).Attach());

    [Fact]
    public void Attach_NoDirectory_MakesItAndThoseAboveIt()
    {
        string directory = Path.Combine(_directory, "above", "journal");
        Assert.Equal(StoreFault.None, new FileBlockStore(directory, requireMountPoint: false).Attach());
        Assert.True(Directory.Exists(directory));
    }

    [Fact]
    public void Attach_AFileIsThere_ReportsIt()
    {
        string file = Path.Combine(_directory, "file");
        File.WriteAllText(file, "no directory");
        Assert.NotEqual(StoreFault.None, new FileBlockStore(Path.Combine(file, "journal"), requireMountPoint: false).Attach());
    }

    [Fact]
    public void MountTable_RootAndEscapedBlank_AreFound()
    {
        string[] lines = ["26 1 8:1 / / rw - ext4 /dev/root rw", @"31 26 8:17 / /mnt/sd\040card rw - vfat /dev/mmcblk0p1 rw"];
        Assert.True(MountTable.Contains(lines, "/mnt/sd card/"));
        Assert.False(MountTable.Contains(lines, "/mnt"));
    }

    [Fact]
    public void Volume_CreatedThenRead_IsTheSame()
    {
        var store = new FileBlockStore(_directory, requireMountPoint: false);
        Assert.Equal(StoreFault.NotFound, Volume.Read(store, out _));
        var id = new VolumeId(1, 2);
        Assert.Equal(StoreFault.None, Volume.Create(store, id));
        Assert.Equal(StoreFault.None, Volume.Read(store, out VolumeId read));
        Assert.Equal(id, read);
        Assert.Equal(StoreFault.None, Volume.Probe(store));
        Assert.False(File.Exists(Path.Combine(_directory, Layout.ProbeName)));
    }
}
