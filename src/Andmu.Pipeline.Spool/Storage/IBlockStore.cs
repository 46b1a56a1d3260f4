namespace Andmu.Pipeline.Spool.Storage;

/// <summary>One flat directory of files on something that may stall, fill up, break or be pulled out. No call throws for what the card does.</summary>
internal interface IBlockStore
{
    /// <summary>Is there a card? Makes the directory if that is all that is missing.</summary>
    StoreFault Attach();

    /// <summary>Takes the card for this journal alone, until <see cref="Unlock"/> or the end of the process; what is taken already stays so.</summary>
    /// <returns><see cref="StoreFault.InUse"/> when another one has it.</returns>
    StoreFault Lock();

    /// <summary>Lets others have it.</summary>
    void Unlock();

    /// <summary>Adds the names of all files.</summary>
    StoreFault List(List<string> names);

    /// <summary>Makes a new file for reading and writing. It may be gone after a power cut until <see cref="SyncDirectory"/> has succeeded.</summary>
    StoreFault Create(string name, out IBlockFile? file);

    /// <summary>Opens a file.</summary>
    StoreFault Open(string name, bool writable, out IBlockFile? file);

    /// <summary>Removes a file. It may be back after a power cut until <see cref="SyncDirectory"/> has succeeded.</summary>
    StoreFault Delete(string name);

    /// <summary>Brings names to the card, as <see cref="IBlockFile.Sync"/> does content.</summary>
    StoreFault SyncDirectory();

    /// <summary>Asks for the card's size and what is free.</summary>
    StoreFault Measure(out StoreSpace space);
}
