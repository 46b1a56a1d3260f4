using System.Runtime.InteropServices;

namespace Andmu.Pipeline.Native.Tests.Support;

/// <summary>The library as build.sh installs it: built once a run and machine, whatever the number of tests. What is there already, in a folder for
/// each machine below ANDMU_NATIVE_PREFIX, is taken from there.</summary>
internal sealed class NativeBuild
{
    private static readonly Lock Building = new();
    private static readonly Dictionary<string, Task<NativeBuild>> Builds = [];

    private readonly string _programs = NewFolder();

    private NativeBuild(string rid, string prefix)
    {
        Rid = rid;
        Prefix = prefix;
    }

    /// <summary>The runtime identifier of this machine.</summary>
    public static string Here => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";

    public string Rid { get; }

    public string Prefix { get; }

    public string Library => Path.Combine(Prefix, "lib", "libandmu.so.1");

    /// <summary>What the tools of the target are called.</summary>
    public string Triplet => Rid == "linux-arm64" ? "aarch64-linux-gnu" : "x86_64-linux-gnu";

    /// <summary>Runs programs of the target on this machine; empty when it can itself.</summary>
    public string[] Emulator => Rid == Here ? [] : ["qemu-aarch64-static", "-L", $"/usr/{Triplet}"];

    /// <summary>What sanitizers need beside a runtime that takes SIGSEGV for its own and never frees its heap.</summary>
    public static (string, string) Sanitizers => ("ASAN_OPTIONS", "detect_leaks=0:handle_segv=0:allow_user_segv_handler=1");

    public static Task<NativeBuild> HereAsync() => GetAsync(Here);

    public static Task<NativeBuild> GetAsync(string rid)
    {
        Tool.Require("clang", "gcc", "objcopy");
        Assert.SkipUnless(File.Exists("/usr/include/zlib.h"), "zlib1g-dev is not installed: tests/native-prerequisites.sh installs it.");
        if (rid != Here)
        {
            Assert.SkipUnless(rid == "linux-arm64", "There is no cross build for this machine.");
            Tool.Require("aarch64-linux-gnu-gcc", "qemu-aarch64-static");
        }

        lock (Building)
        {
            return Builds.TryGetValue(rid, out Task<NativeBuild>? build) ? build : Builds[rid] = BuildAsync(rid);
        }
    }

    /// <summary>Compiles a program against what is installed.</summary>
    /// <returns>Its path.</returns>
    public async Task<string> CompileAsync(string source, string? compiler = null, params string[] options)
    {
        string program = Path.Combine(_programs, $"{Path.GetFileNameWithoutExtension(source)}-{Guid.NewGuid():N}");
        string[] all =
        [
            "-g", "-O1", "-Wall", "-Wextra", "-Werror", "-std=c99", $"-I{Prefix}/include", .. options, "-o", program, source,
            $"-L{Prefix}/lib", "-landmu", "-lpthread", "-ldl", $"-Wl,-rpath,{Prefix}/lib",
        ];
        await Tool.RunAsync(compiler ?? (Rid == Here ? "gcc" : $"{Triplet}-gcc"), all);
        return program;
    }

    /// <summary>Compiles a program of the folder C so that its own faults, and those of the library in its memory, end it with a message: to be run with
    /// <see cref="Sanitizers"/>.</summary>
    /// <returns>Its path.</returns>
    public Task<string> CompileCheckedAsync(string name) => CompileAsync(
        Repository.PathOf("tests", "Andmu.Pipeline.Native.Tests", "C", name), "gcc", "-fsanitize=address,undefined", "-fno-sanitize-recover");

    private static async Task<NativeBuild> BuildAsync(string rid)
    {
        if (Environment.GetEnvironmentVariable("ANDMU_NATIVE_PREFIX") is { Length: > 0 } made && Directory.Exists(Path.Combine(made, rid)))
        {
            return new NativeBuild(rid, Path.GetFullPath(Path.Combine(made, rid)));
        }

        string prefix = NewFolder();
        await Tool.RunAsync(Repository.PathOf("src", "Andmu.Pipeline.Native", "build.sh"), rid, prefix);
        return new NativeBuild(rid, prefix);
    }

    private static string NewFolder()
    {
        string folder = Directory.CreateTempSubdirectory("andmu-native-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
