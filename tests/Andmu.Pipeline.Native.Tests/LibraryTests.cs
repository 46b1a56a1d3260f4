using System.Text.RegularExpressions;
using Andmu.Pipeline.Native.Tests.Support;

namespace Andmu.Pipeline.Native.Tests;

/// <summary>The library as it is installed: for every machine that it can be built for here.</summary>
public sealed class LibraryTests
{
    /// <summary>The aim, which the README states. What takes it away again is found by IlcGenerateMapFile; see Substitutions.xml, too.</summary>
    private const long MaxBytes = 7_000_000;

    /// <summary>Functions that the library takes from its host's C library, newest version: what the README says.</summary>
    private const string NewestGlibc = "2.34";

    [Theory]
    [InlineData("linux-x64")]
    [InlineData("linux-arm64")]
    public async Task Exports_AreTheHeadersFunctionsAndNoOther(string rid)
    {
        NativeBuild build = await NativeBuild.GetAsync(rid);
        string symbols = await Tool.RunAsync("nm", "-D", "--defined-only", build.Library);
        IEnumerable<string> exports = Regex.Matches(symbols, @" T (\w+)").Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);
        Assert.Equal(Header.Functions, exports);
        Assert.DoesNotMatch(@" [BDRVW] ", symbols);
    }

    [Theory]
    [InlineData("linux-x64")]
    [InlineData("linux-arm64")]
    public async Task Library_IsSmallAndNamedAndNeedsNoMoreThanTheReadmeSays(string rid)
    {
        NativeBuild build = await NativeBuild.GetAsync(rid);
        Assert.InRange(new FileInfo(build.Library).Length, 1 << 20, MaxBytes);
        string dynamic = await Tool.RunAsync("readelf", "-d", build.Library);
        Assert.Contains("[libandmu.so.1]", dynamic);
        Assert.All(
            Regex.Matches(dynamic, @"\(NEEDED\).*\[(.+?)\]").Select(match => match.Groups[1].Value),
            needed => Assert.Matches(@"^(libc|libm|libdl|libpthread|ld-linux-(x86-64|aarch64))\.so\.\d$", needed));
        string versions = await Tool.RunAsync("readelf", "-V", build.Library);
        Version newest = Regex.Matches(versions, @"GLIBC_(\d+\.\d+)").Select(match => Version.Parse(match.Groups[1].Value)).Max()!;
        Assert.True(newest <= Version.Parse(NewestGlibc), $"needs glibc {newest}");
    }

    [Fact]
    public async Task Install_HasALinkADebugFileAndDescriptionsForBuilds()
    {
        NativeBuild build = await NativeBuild.HereAsync();
        Assert.Equal("libandmu.so.1", new FileInfo(Path.Combine(build.Prefix, "lib", "libandmu.so")).LinkTarget);
        string sections = await Tool.RunAsync("readelf", "-S", "-W", Path.Combine(build.Prefix, "lib", "debug", "libandmu.so.1.debug"));
        Assert.Contains(".debug_info", sections);
        Assert.Contains("libandmu.so.1.debug", await Tool.RunAsync("readelf", "--string-dump=.gnu_debuglink", build.Library));
        string pc = await File.ReadAllTextAsync(Path.Combine(build.Prefix, "lib", "pkgconfig", "andmu.pc"));
        Assert.Contains($"prefix={build.Prefix}\n", pc);
        Assert.Matches(@"Version: \d+\.\d+\.\d+", pc);
        Assert.True(File.Exists(Path.Combine(build.Prefix, "lib", "cmake", "andmu", "andmu-config.cmake")));
        Assert.DoesNotContain("@", await File.ReadAllTextAsync(Path.Combine(build.Prefix, "lib", "cmake", "andmu", "andmu-config-version.cmake")));
    }

    [Fact]
    public async Task Misuse_OfEveryKind_IsAnErrorAndNotACrash() => await OkAsync("misuse.c");

    [Fact]
    public async Task Misuse_UnderAddressSanitizer_FindsNothing()
    {
        NativeBuild build = await NativeBuild.HereAsync();
        ToolResult result = await Tool.TryAsync(await build.CompileCheckedAsync("misuse.c"), [], NativeBuild.Sanitizers);
        Assert.Equal((0, "ok\n"), (result.ExitCode, result.Output));
        Assert.Empty(result.Errors);
    }

    [Theory]
    [InlineData("camera.c", "src", "Andmu.Pipeline.Native", "examples")]
    [InlineData("misuse.c", "tests", "Andmu.Pipeline.Native.Tests", "C")]
    [InlineData("card.c", "tests", "Andmu.Pipeline.Native.Tests", "C")]
    [InlineData("services.c", "tests", "Andmu.Pipeline.Native.Tests", "C")]
    public async Task Programs_ByTheCompilersAnalyzer_HaveNoFault(string name, params string[] folder)
    {
        Tool.Require("gcc");
        await Tool.RunAsync(
            "gcc", "-fanalyzer", "-O1", "-Wall", "-Wextra", "-Werror", "-std=c99", $"-I{Header.Folder}", "-c", "-o", "/dev/null",
            Repository.PathOf([.. folder, name]));
    }

    [Fact]
    public async Task Create_WithoutOpenSsl_IsAnError() => await OkAsync("nossl.c", "-rdynamic");

    private static string Source(string name) => Repository.PathOf("tests", "Andmu.Pipeline.Native.Tests", "C", name);

    private static async Task OkAsync(string source, params string[] options)
    {
        NativeBuild build = await NativeBuild.HereAsync();
        Assert.Equal("ok\n", await Tool.RunAsync(await build.CompileAsync(Source(source), null, options)));
    }
}
