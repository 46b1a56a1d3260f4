using System.Diagnostics;
using System.Globalization;

namespace Andmu.Pipeline.Spool.Tests.Mounts;

/// <summary>A small file system of its own in memory, which can be filled up, made read-only and pulled out. Skips the test where nothing may be mounted.</summary>
internal sealed class TmpfsCard : IDisposable
{
    private const string Ballast = "ballast";
    private const int Block = 4096;

    private readonly string _size;
    private bool _isMounted;

    public TmpfsCard(int mebibytes)
    {
        _size = string.Create(CultureInfo.InvariantCulture, $"size={mebibytes}m");
        Directory = System.IO.Directory.CreateTempSubdirectory("andmu-tmpfs-").FullName;
        string error = Mount();
        if (error.Length > 0)
        {
            Dispose();
            Assert.Skip($"No file system may be mounted here, which takes root: {error}");
        }
    }

    public string Directory { get; }

    /// <summary>A new and empty one at the same place.</summary>
    /// <returns>Why not; empty when it is there.</returns>
    public string Mount()
    {
        string error = Run("mount", "-t", "tmpfs", "-o", _size, "tmpfs", Directory);
        _isMounted = error.Length == 0;
        return error;
    }

    /// <summary>Pulled out: what is open stays open, nothing more is found.</summary>
    public void Pull()
    {
        Assert.Equal(string.Empty, Run("umount", "-l", Directory));
        _isMounted = false;
    }

    /// <summary>The kernel allows it while no file is open for writing.</summary>
    public void Remount(bool isReadOnly) => Assert.Equal(string.Empty, Run("mount", "-o", isReadOnly ? "remount,ro" : "remount,rw", Directory));

    /// <summary>Somebody else takes all the room that is left.</summary>
    public void Fill()
    {
        using FileStream file = new FileStream(Path.Combine(Directory, Ballast), FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] block = new byte[Block];
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Full, as wanted.
        }
    }

    /// <summary>And gives so much of it back.</summary>
    public void Release(long bytes)
    {
        using FileStream file = File.Open(Path.Combine(Directory, Ballast), FileMode.Open);
        file.SetLength(Math.Max(0, file.Length - bytes));
    }

    public void Dispose()
    {
        if (_isMounted)
        {
            Run("umount", "-l", Directory);
        }

        System.IO.Directory.Delete(Directory);
    }

    private static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? string.Empty : $"{program}: {error}";
    }
}
