namespace Andmu.Pipeline.Session;

/// <summary>Which gateway to try next: every known one in turn, then the source is asked anew. The one that worked last comes first.</summary>
internal sealed class EndpointRotation(IEndpointSource source)
{
    private readonly Queue<HedgwEndpoint> _untried = new();
    private HedgwEndpoint? _lastGood;
    private bool _refresh;

    public async ValueTask<HedgwEndpoint> NextAsync(CancellationToken cancellationToken)
    {
        if (_lastGood is { } good)
        {
            _lastGood = null; // once: if it does not connect, the others follow
            return good;
        }

        if (_untried.Count == 0)
        {
            IReadOnlyList<HedgwEndpoint> endpoints = await source.GetAsync(_refresh, cancellationToken);
            _refresh = true; // when these are used up
            foreach (HedgwEndpoint endpoint in endpoints)
            {
                _untried.Enqueue(endpoint);
            }
        }

        return _untried.TryDequeue(out HedgwEndpoint next)
            ? next
            : throw new UplinkException(UplinkFaultKind.NoEndpoint, "The platform gave no gateway address.");
    }

    public void OnOnline(HedgwEndpoint endpoint)
    {
        _lastGood = endpoint;
        _untried.Clear();
        _refresh = false;
    }

    /// <summary>After a failed login the address is asked for again (specification 5.2.1).</summary>
    public void OnLoginFailed()
    {
        _lastGood = null;
        _untried.Clear();
        _refresh = true;
    }
}
