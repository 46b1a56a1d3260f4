using Andmu.Pipeline.Device.State;
using Andmu.Pipeline.Fuzz.Support;
using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Fuzz.Targets;

/// <summary>
/// The first byte chooses which of a device's files the rest is: gateway addresses, registration, switches, schedules or statistics. Whatever a disk made of it, it is read, or refused by a
/// <see cref="FormatException"/> that quotes nothing of it; what was read and found usable, written and read again, is the same.
/// </summary>
internal sealed class KeptFilesTarget : IFuzzTarget, IDisposable
{
    private const int Kinds = 5;
    private const int MaxEndpoints = 3;
    private const int MaxMessageLength = 80;

    private readonly ScratchFile _file = new();

    public string Name => "kept-files";

    public string Property => "A device's own files are read or refused, whatever a disk made of them; what is kept is read again as it was.";

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return;
        }

        File.WriteAllBytes(_file.Path, input[1..]);
        try
        {
            Read(input[0] % Kinds);
        }
        catch (FormatException error)
        {
            Expect.Holds(error.InnerException is null && error.Message.Length <= MaxMessageLength, "a refusal may quote the file");
        }
    }

    public void Dispose() => _file.Dispose();

    private void Read(int kind)
    {
        switch (kind)
        {
            case 0:
                ReadEndpoints();
                break;
            case 1:
                Read(StateJson.Registration, static kept => kept.IsUsable, static (one, other) => one == other);
                break;
            case 2:
                Read(StateJson.Switches, static _ => true, static (one, other) => one == other);
                break;
            case 3:
                Read(StateJson.Schedules, static kept => kept.IsUsable, static (one, other) => one.IsSameAs(other));
                break;
            default:
                Read(StateJson.Statistics, static kept => kept.IsUsable, static (one, other) => one == other);
                break;
        }
    }

    private void ReadEndpoints()
    {
        EndpointFile file = new(_file.Path);
        List<CachedEndpoint> entries = file.Read(MaxEndpoints);
        Expect.Holds(entries.Count <= MaxEndpoints, "more addresses than are kept");
        file.Write(entries);
        Expect.SameItems(entries, file.Read(MaxEndpoints), "address");
    }

    private void Read<T>(StateForm<T> form, Predicate<T> isUsable, Func<T, T, bool> isSame)
        where T : class
    {
        StateFile<T> file = new(_file.Path, form);
        T kept = file.Read()!;
        if (isUsable(kept))
        {
            file.Write(kept);
            Expect.Holds(isSame(kept, file.Read()!), "what was written is read as something else");
        }
    }
}
