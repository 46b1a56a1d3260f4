using System.Xml.Linq;
using EndToEnd.Tests.Support;

namespace EndToEnd.Tests.House;

/// <summary>Who may know whom. A new arrow is a decision about the architecture: it is taken here, not in passing in a project file.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Andmu.Pipeline.Protocol"] = [],
        ["Andmu.Pipeline.Media"] = [],
        ["Andmu.Pipeline.Control"] = [],
        ["Andmu.Pipeline.OpenApi"] = [],
        ["Andmu.Pipeline"] = ["Andmu.Pipeline.Protocol", "Andmu.Pipeline.Media"],
        ["Andmu.Pipeline.Transport.OpenSsl"] = ["Andmu.Pipeline"],
        ["Andmu.Pipeline.Spool"] = ["Andmu.Pipeline"],
        ["Andmu.Pipeline.Device"] = ["Andmu.Pipeline", "Andmu.Pipeline.Spool", "Andmu.Pipeline.Control", "Andmu.Pipeline.OpenApi"],
        ["Andmu.Pipeline.Gateway"] = ["Andmu.Pipeline.Media"], // never Protocol: it frames by itself, so that a codec fault cannot cancel itself out
        ["Andmu.Pipeline.Native"] = ["Andmu.Pipeline.Device"],
        ["Andmu.Pipeline.Cli"] =
            ["Andmu.Pipeline.Device", "Andmu.Pipeline.Control", "Andmu.Pipeline.Spool", "Andmu.Pipeline.Gateway", "Andmu.Pipeline.Transport.OpenSsl"], // a host is given typed commands; cards are looked at
    };

    private static readonly string[] CoreRooms =
        ["Andmu.Pipeline.Protocol", "Andmu.Pipeline.Media", "Andmu.Pipeline", "Andmu.Pipeline.Control", "Andmu.Pipeline.Spool", "Andmu.Pipeline.Transport.OpenSsl"];

    public static TheoryData<string> Projects() => [.. Directory.GetDirectories(Repository.PathOf("src")).Select(folder => Path.GetFileName(folder)!).Order()];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_References_OnlyWhatTheHouseAllows(string project)
    {
        Assert.True(Allowed.ContainsKey(project), $"{project} is not a room of the house.");
        IEnumerable<string> references = Elements(project, "ProjectReference").Select(e => Path.GetFileNameWithoutExtension((string)e.Attribute("Include")!));
        Assert.All(references, reference => Assert.Contains(reference, Allowed[project]));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void CoreRoom_IsHeldToTheBannedSymbols(string project)
    {
        bool core = Elements(project, "AndmuCore").Any(e => (string)e == "true");
        Assert.Equal(CoreRooms.Contains(project), core);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_HasItsPageAndItsPublicSurfaceWrittenDown(string project)
    {
        string folder = Repository.PathOf("src", project);
        Assert.True(File.Exists(Path.Combine(folder, "README.md")), $"{project} has no README.md.");
        Assert.True(File.Exists(Path.Combine(folder, "PublicAPI.Unshipped.txt")), $"{project} has no PublicAPI.Unshipped.txt.");
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_HasNoPackageVersionOfItsOwn(string project) =>
        Assert.All(Elements(project, "PackageReference"), e => Assert.Null(e.Attribute("Version")));

    [Fact]
    public void TopLevel_HasNoOtherFolder()
    {
        string[] known = ["src", "benchmarks", "tests", "protos", "fuzz"];
        string[] madeByTools = ["TestResults", "BenchmarkDotNet.Artifacts", "artifacts", "andmu-demo"]; // not in version control
        IEnumerable<string> folders = Directory.GetDirectories(Repository.Root).Select(d => Path.GetFileName(d)!).Where(d => !d.StartsWith('.'));
        Assert.All(folders, folder => Assert.Contains(folder, known.Concat(madeByTools)));
    }

    private static IEnumerable<XElement> Elements(string project, string name) =>
        XDocument.Load(Repository.PathOf("src", project, project + ".csproj")).Descendants(name);
}
