namespace Andmu.Pipeline.Fuzz.Tests;

/// <summary>Where the corpora are: beside the solution file, which is above the test assembly.</summary>
internal static class Corpora
{
    private static readonly string Folder = Path.Combine(Root(), "fuzz", "Corpora");

    public static IEnumerable<string> Targets => Directory.GetDirectories(Folder).Select(static folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    public static IEnumerable<string> Files(string target)
    {
        string folder = Path.Combine(Folder, target);
        return Directory.Exists(folder) ? Directory.GetFiles(folder).Order(StringComparer.Ordinal) : [];
    }

    public static byte[] Read(string target, string name) => File.ReadAllBytes(Path.Combine(Folder, target, name));

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Andmu.Pipeline.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("There is no solution file above the test assembly.");
        }

        return folder;
    }
}
