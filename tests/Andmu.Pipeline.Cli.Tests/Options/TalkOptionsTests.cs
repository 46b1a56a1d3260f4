using System.CommandLine;
using Andmu.Pipeline.Cli.Camera;
using Andmu.Pipeline.Cli.Options;
using Andmu.Pipeline.Cli.Tests.Support;

namespace Andmu.Pipeline.Cli.Tests.Options;

public sealed class TalkOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Create_File_WavThere()
    {
        string path = _folder.PathOf("talk.wav");

        Create("--talk", path)?.Dispose();

        Assert.Equal("RIFF"u8, File.ReadAllBytes(path).AsSpan(0, 4));
    }

    [Fact]
    public void Create_NotAskedFor_Null() => Assert.Null(Create());

    [Fact]
    public void Create_CannotBeWritten_UsageErrorThatNamesTheOption()
    {
        CliException error = Assert.Throws<CliException>(() => Create("--talk", _folder.PathOf("no/such/folder.wav")));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.StartsWith("--talk: '", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static WavFile? Create(params string[] args)
    {
        var options = new TalkOptions();
        var verb = new Command("verb");
        options.AddTo(verb);
        return options.Create(verb.Parse(args));
    }
}
