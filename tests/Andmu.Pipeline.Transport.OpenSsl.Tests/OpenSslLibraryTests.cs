using Andmu.Pipeline.Transport.OpenSsl.Interop;

namespace Andmu.Pipeline.Transport.OpenSsl.Tests;

public sealed class OpenSslLibraryTests
{
    [Fact]
    public void Load_NoneIsThere_SaysWhatToInstall()
    {
        DllNotFoundException error = Assert.Throws<DllNotFoundException>(() => OpenSslLibrary.Load(["0.0", "999"]));
        Assert.Contains("libssl3", error.Message, StringComparison.Ordinal);
        Assert.Contains("libssl.so.1.1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TheFirstIsNotThere_TakesTheNext() => Assert.Equal(OpenSslLibrary.Current.Is3, OpenSslLibrary.Load(["0.0", "3", "1.1"]).Is3);
}
