using Andmu.Pipeline.Cli.Sources;
using Andmu.Pipeline.Cli.Tests.Support;

namespace Andmu.Pipeline.Cli.Tests.Sources;

public sealed class ALawFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Take_PastTheEnd_SilenceAndTimeGoesOn()
    {
        using ALawFile audio = Open(480);

        Assert.All(audio.Take().ToArray(), static sample => Assert.Equal(1, sample));
        byte[] half = audio.Take().ToArray();
        Assert.Equal([1, 0xD5], [half[159], half[160]]);
        Assert.All(audio.Take().ToArray(), static sample => Assert.Equal(0xD5, sample));
        Assert.Equal(TimeSpan.FromMilliseconds(120), audio.NextTime);
    }

    [Fact]
    public void Rewind_AfterTheEnd_SamplesAgainAndTimeGoesOn()
    {
        using ALawFile audio = Open(320);
        audio.Take();
        audio.Take();

        audio.Rewind();

        Assert.Equal(TimeSpan.FromMilliseconds(80), audio.NextTime);
        Assert.Equal(1, audio.Take().Span[0]);
    }

    public void Dispose() => _folder.Dispose();

    private ALawFile Open(int samples)
    {
        byte[] content = new byte[samples];
        content.AsSpan().Fill(1);
        return new ALawFile(InputFile.Open(_folder.Write("audio.alaw", content), "--audio"));
    }
}
