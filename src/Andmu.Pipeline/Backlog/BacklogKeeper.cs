namespace Andmu.Pipeline.Backlog;

/// <summary>The backlog's part of an uplink: what is captured offline goes to the store, and from there to the platform when it is online again. Without a
/// store it does nothing.</summary>
/// <param name="store">The store; null for none.</param>
/// <param name="writer">Null for none.</param>
/// <param name="uplink">Null for none.</param>
internal sealed class BacklogKeeper(IBacklogStore? store, BacklogWriter? writer, BacklogUplink? uplink)
{
    /// <summary>Whether nothing of it is left to be delivered.</summary>
    public bool IsEmpty => store is null || (store.IsKnown && !store.HasBacklog);

    public void Start() => uplink?.Start();

    /// <summary>There is no connection.</summary>
    public void OnOffline()
    {
        writer?.Begin();
        uplink?.OnChanged();
    }

    /// <summary>There is a connection: the live stream goes on from what is not safe in the store.</summary>
    public async Task OnOnlineAsync(HedgwEndpoint endpoint)
    {
        if (writer is not null)
        {
            await writer.EndAsync();
            uplink!.OnOnline(endpoint);
        }
    }

    /// <summary>Keeps an event, if there is no connection to tell it by.</summary>
    /// <returns>False when it is to be told over the live connection.</returns>
    public bool TryKeep(DeviceEventType type, bool started, DateTimeOffset time, string? message) =>
        writer is { IsAtWork: true } && store!.IsWritable && store.TryKeep(new BacklogEvent(type, started, time), message);

    /// <summary>Ends it; what is kept stays kept.</summary>
    /// <param name="keepRest">Whether what waits in the buffer is kept for the next start.</param>
    public async Task StopAsync(bool keepRest)
    {
        if (uplink is null)
        {
            return;
        }

        await uplink.DisposeAsync();
        if (keepRest)
        {
            writer!.Begin();
        }

        await writer!.EndAsync(isLast: keepRest);
    }
}
