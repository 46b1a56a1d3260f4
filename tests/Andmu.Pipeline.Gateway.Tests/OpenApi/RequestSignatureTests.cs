using Andmu.Pipeline.Gateway.OpenApi;

namespace Andmu.Pipeline.Gateway.Tests.OpenApi;

public sealed class RequestSignatureTests
{
    [Fact]
    public void Compute_SampleOfTheSpecification_MatchesIt() => Assert.Equal(
        "1661d0fa85d325c27030af5783f63998",
        RequestSignature.Compute("ADtuchbM8TBPhQdSi8U4", "5e2abe86-6aa", "{a:1,b:2,c:3}"));
}
