using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Tests.Session;

public sealed class EndpointRotationTests
{
    private static readonly HedgwEndpoint A = new("a", 1);
    private static readonly HedgwEndpoint B = new("b", 2);
    private static readonly HedgwEndpoint C = new("c", 3);

    private sealed class Source(params HedgwEndpoint[] endpoints) : IEndpointSource
    {
        public IReadOnlyList<HedgwEndpoint> Endpoints { get; set; } = endpoints;

        public List<bool> Refreshes { get; } = [];

        public ValueTask<IReadOnlyList<HedgwEndpoint>> GetAsync(bool refresh, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Refreshes.Add(refresh);
            return new(Endpoints);
        }
    }

    [Fact]
    public async Task NextAsync_NoneConnects_EveryOneInTurnThenAsksAnew()
    {
        var source = new Source(A, B);
        var rotation = new EndpointRotation(source);
        Assert.Equal([A, B], await TakeAsync(rotation, 2));
        Assert.Equal([false], source.Refreshes); // a cache will do
        source.Endpoints = [C];
        Assert.Equal([C, C], await TakeAsync(rotation, 2));
        Assert.Equal([false, true, true], source.Refreshes);
    }

    [Fact]
    public async Task NextAsync_AfterBeingOnline_TheSameOnceThenTheKnownOnes()
    {
        var source = new Source(A, B);
        var rotation = new EndpointRotation(source);
        await TakeAsync(rotation, 2);
        rotation.OnOnline(B);
        Assert.Equal([B, A, B], await TakeAsync(rotation, 3));
        Assert.Equal([false, false], source.Refreshes);
        await TakeAsync(rotation, 1);
        Assert.True(source.Refreshes[^1]);
    }

    [Fact]
    public async Task NextAsync_AfterAFailedLogin_AsksAnew()
    {
        var source = new Source(A, B);
        var rotation = new EndpointRotation(source);
        await TakeAsync(rotation, 1);
        rotation.OnLoginFailed();
        await TakeAsync(rotation, 1);
        Assert.Equal([false, true], source.Refreshes);
    }

    [Fact]
    public async Task NextAsync_SourceGivesNone_IsAFaultAndIsAskedAgain()
    {
        var source = new Source();
        var rotation = new EndpointRotation(source);
        UplinkException error = await Assert.ThrowsAsync<UplinkException>(async () => await TakeAsync(rotation, 1));
        Assert.Equal(UplinkFaultKind.NoEndpoint, error.Kind);
        source.Endpoints = [A];
        Assert.Equal([A], await TakeAsync(rotation, 1));
    }

    [Fact]
    public void FixedEndpoints_None_Throws() => Assert.Throws<ArgumentException>(() => new FixedEndpoints());

    [Fact]
    public void ToString_IPv6Address_HasBrackets()
    {
        Assert.Equal("[::1]:50922", new HedgwEndpoint("::1", 50922).ToString());
        Assert.Equal("gateway.example:1", new HedgwEndpoint("gateway.example", 1).ToString());
    }

    private static async Task<HedgwEndpoint[]> TakeAsync(EndpointRotation rotation, int count)
    {
        var taken = new HedgwEndpoint[count];
        for (int i = 0; i < count; i++)
        {
            taken[i] = await rotation.NextAsync(CancellationToken.None);
        }

        return taken;
    }
}
