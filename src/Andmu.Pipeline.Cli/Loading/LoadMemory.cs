namespace Andmu.Pipeline.Cli.Loading;

/// <summary>What the process held when the devices had sent for a while.</summary>
/// <param name="ResidentBytes">Of the whole process.</param>
/// <param name="ManagedBytes">Of those, what the garbage collector has handed out.</param>
/// <param name="BaselineBytes">What was resident before there was a device.</param>
/// <param name="BufferBytes">What of the devices' buffers has been in use, rings and indexes.</param>
/// <param name="Threads">Of the operating system.</param>
internal readonly record struct LoadMemory(long ResidentBytes, long ManagedBytes, long BaselineBytes, long BufferBytes, int Threads)
{
    public static LoadMemory Of(LoadDevice[] devices, long baselineBytes)
    {
        long buffers = devices.Sum(static device => device.BufferBytes);
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        return new LoadMemory(Environment.WorkingSet, GC.GetTotalMemory(forceFullCollection: false), baselineBytes, buffers, self.Threads.Count);
    }
}
