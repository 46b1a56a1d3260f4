using Andmu.Pipeline.OpenApi.Authentication;

namespace Andmu.Pipeline.OpenApi.Tests.Authentication;

public sealed class RequestSignatureTests
{
    [Fact]
    public void Compute_SpecificationSection5_GivesItsSignature() => Assert.Equal(
        "1661d0fa85d325c27030af5783f63998", RequestSignature.Compute("ADtuchbM8TBPhQdSi8U4", "5e2abe86-6aa", "{a:1,b:2,c:3}"));

    [Fact]
    public void Compute_TextBeyondAscii_SignsUtf8() =>
        // printf 'saccessKey=kjsonObject={"t":"和目"}' | md5sum
        Assert.Equal("e6d6f90e0065a4b2c72c8e0a6f0563d2", RequestSignature.Compute("s", "k", "{\"t\":\"和目\"}"));
}
