namespace Andmu.Pipeline.Spool.Storage;

/// <summary>What is mounted where, by <c>/proc/self/mountinfo</c> (proc(5)).</summary>
internal static class MountTable
{
    private const string Path = "/proc/self/mountinfo";
    private const int MountPointField = 4;

    /// <summary>Whether something is mounted at <paramref name="directory"/> itself.</summary>
    public static bool Contains(string directory)
    {
        try
        {
            return Contains(File.ReadLines(Path), directory);
        }
        catch (Exception error) when (ErrorNumber.IsStoreError(error))
        {
            return false;
        }
    }

    internal static bool Contains(IEnumerable<string> lines, string directory)
    {
        string wanted = Escape(System.IO.Path.TrimEndingDirectorySeparator(directory));
        foreach (string line in lines)
        {
            string[] fields = line.Split(' ', MountPointField + 2);
            if (fields.Length > MountPointField && fields[MountPointField] == wanted)
            {
                return true;
            }
        }

        return false;
    }

    // The kernel writes these four as octal numbers.
    private static string Escape(string path) => path.Replace("\\", "\\134", StringComparison.Ordinal)
        .Replace(" ", "\\040", StringComparison.Ordinal)
        .Replace("\t", "\\011", StringComparison.Ordinal)
        .Replace("\n", "\\012", StringComparison.Ordinal);
}
