namespace Andmu.Pipeline.Fuzz.Seeds;

/// <summary>Writes the seeds of binary formats into the corpora; seeds that are text are the specification's examples and stand there as they are.</summary>
internal sealed class SeedFolder(string corpora)
{
    /// <summary>Makes all of them anew. Findings, and whatever else is in the corpora, stay.</summary>
    public static void Write(string corpora, string clip)
    {
        SeedFolder folder = new(corpora);
        PacketSeeds.Write(folder);
        MediaSeeds.Write(folder, clip);
        TalkBackSeeds.Write(folder);
        SpoolSeeds.Write(folder);
    }

    public void Add(string target, string name, ReadOnlySpan<byte> content)
    {
        string folder = Path.Combine(corpora, target);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, name), content);
    }
}
