namespace Andmu.Pipeline.Spool.Tests.Fakes;

/// <summary>What a store is asked for.</summary>
internal enum StoreCall
{
    Attach,
    List,
    Create,
    Open,
    Delete,
    SyncDirectory,
    Measure,
    Write,
    Read,
    Sync,
}
