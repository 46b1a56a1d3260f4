using System.Globalization;
using Andmu.Pipeline.Fuzz;
using Andmu.Pipeline.Fuzz.Seeds;
using Microsoft.Win32.SafeHandles;
using SharpFuzz;

// Inputs beyond it tell nothing that shorter ones do not: afl-fuzz makes none by default.
const int MaxInputBytes = 1024 * 1024;
const int UsageError = 2;

return args switch
{
    ["--list"] => List(),
    ["--seeds", var corpora, var clip] => Seed(corpora, clip),
    ["--instrument", .. var assemblies] => Instrument(assemblies),
    [var name] when TargetList.Names.Contains(name) => Fuzz(name),
    [var name, .. var paths] when TargetList.Find(name) is { } target => Replay(target, paths),
    _ => Usage(),
};

static int List()
{
    foreach (string name in TargetList.Names)
    {
        Console.WriteLine($"{name,-20} {TargetList.Find(name)!.Property}");
    }

    return 0;
}

static int Seed(string corpora, string clip)
{
    SeedFolder.Write(corpora, clip);
    return 0;
}

// Puts into the product's code what tells afl-fuzz which way an input took. The code runs under afl-fuzz alone from then on.
static int Instrument(string[] assemblies)
{
    foreach (string assembly in assemblies)
    {
        Fuzzer.Instrument(assembly, static _ => true, Options.Value);
    }

    return 0;
}

// In one process, input after input. The target is made in the first call: its code reports to afl-fuzz, which is not there before. Standard input is a file that afl-fuzz writes anew for
// each input, and is read from its start, not from where it stands: SharpFuzz makes a call of its own first, while afl-fuzz writes the first input, and would leave nothing of it.
static int Fuzz(string name)
{
    byte[] buffer = new byte[MaxInputBytes];
    IFuzzTarget? target = null;
    using SafeFileHandle input = File.OpenHandle("/dev/stdin", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
    Fuzzer.Run(_ =>
    {
        target ??= TargetList.Find(name)!;
        target.Run(buffer.AsSpan(0, RandomAccess.Read(input, buffer, fileOffset: 0)));
    });
    return 0;
}

static int Replay(IFuzzTarget target, string[] paths)
{
    int findings = 0;
    int inputs = 0;
    foreach (string file in paths.SelectMany(FilesOf))
    {
        inputs++;
        try
        {
            target.Run(File.ReadAllBytes(file));
        }
#pragma warning disable CA1031 // Whatever a target throws is a finding.
        catch (Exception error)
#pragma warning restore CA1031
        {
            findings++;
            Console.WriteLine($"{file}\n{error}\n");
        }
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target.Name}: {inputs} inputs, {findings} findings"));
    return findings == 0 ? 0 : 1;
}

static IEnumerable<string> FilesOf(string path) => Directory.Exists(path) ? Directory.GetFiles(path).Order(StringComparer.Ordinal) : [path];

static int Usage()
{
    Console.Error.WriteLine("Usage: --list | TARGET FILE-OR-FOLDER... | TARGET (under afl-fuzz: see run.sh)");
    return UsageError;
}
