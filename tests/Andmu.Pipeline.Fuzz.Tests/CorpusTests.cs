namespace Andmu.Pipeline.Fuzz.Tests;

/// <summary>Every input that is kept, and each cut off in the middle, holds its target's property: what was found once stays mended.</summary>
public sealed class CorpusTests
{
    private const int MaxCorpusBytes = 1024 * 1024;

    public static TheoryData<string> Targets() => [.. TargetList.Names];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Run_EveryInputOfTheCorpus_HoldsTheProperty(string name)
    {
        IFuzzTarget target = TargetList.Find(name)!;
        using (target as IDisposable)
        {
            Assert.All(Corpora.Files(name), file => target.Run(File.ReadAllBytes(file)));
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Run_InputsCutOff_HoldTheProperty(string name)
    {
        IFuzzTarget target = TargetList.Find(name)!;
        using (target as IDisposable)
        {
            foreach (string file in Corpora.Files(name))
            {
                byte[] bytes = File.ReadAllBytes(file);
                for (int part = 0; part < 4; part++)
                {
                    target.Run(bytes.AsSpan(0, bytes.Length * part / 4));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Target_HasItsNameItsPropertyAndACorpus(string name)
    {
        IFuzzTarget target = TargetList.Find(name)!;
        using (target as IDisposable)
        {
            Assert.Equal(name, target.Name);
            Assert.EndsWith(".", target.Property, StringComparison.Ordinal);
            Assert.True(target.Property.Length > 40, "A property is a sentence.");
            Assert.True(Corpora.Files(name).Count() >= 3, "A corpus has at least three inputs.");
        }
    }

    [Fact]
    public void Corpora_AreThoseOfTheTargetsAndSmall()
    {
        Assert.Equal(TargetList.Names.Order(StringComparer.Ordinal), Corpora.Targets);
        Assert.True(Corpora.Targets.SelectMany(Corpora.Files).Sum(static file => new FileInfo(file).Length) <= MaxCorpusBytes);
    }
}
