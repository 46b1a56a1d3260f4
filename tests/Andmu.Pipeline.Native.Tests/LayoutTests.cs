using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Andmu.Pipeline.Native.Interop;
using Andmu.Pipeline.Native.Tests.Support;

namespace Andmu.Pipeline.Native.Tests;

/// <summary>The structures and numbers of the header and those of the code are the same: asked of compilers, for each machine.</summary>
public sealed class LayoutTests
{
    private static readonly (string Name, Type Type)[] Structures =
    [
        ("andmu_config", typeof(NativeConfig)), ("andmu_state", typeof(NativeState)), ("andmu_clip", typeof(NativeClip)),
        ("andmu_firmware_progress", typeof(NativeFirmwareProgress)), ("andmu_firmware", typeof(NativeFirmware)),
        ("andmu_picture", typeof(NativePicture)), ("andmu_talk", typeof(NativeTalk)), ("andmu_command", typeof(NativeCommand)),
        ("andmu_region", typeof(NativeRegion)), ("andmu_schedule", typeof(NativeSchedule)), ("andmu_wifi", typeof(NativeWifi)),
        ("andmu_volume", typeof(NativeVolume)), ("andmu_stats", typeof(NativeStats)),
    ];

    [Theory]
    [InlineData("gcc")]
    [InlineData("clang")]
    [InlineData("aarch64-linux-gnu-gcc")]
    public async Task Header_AgainstTheCode_IsTheSame(string compiler)
    {
        Tool.Require(compiler);
        string source = await WriteAsync("layout.c", LayoutAssertions());
        await Tool.RunAsync(compiler, "-std=c11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", $"-I{Header.Folder}", source);
    }

    [Theory]
    [InlineData("gcc", "-std=c99", "-pedantic")]
    [InlineData("clang", "-std=c99", "-pedantic")]
    [InlineData("g++", "-x", "c++", "-std=c++98")]
    [InlineData("clang++", "-x", "c++", "-std=c++17")]
    public async Task Header_Alone_Compiles(string compiler, params string[] options)
    {
        Tool.Require(compiler);
        string source = await WriteAsync("alone.c", "#include <andmu.h>\nint alone;\n");
        await Tool.RunAsync(compiler, [.. options, "-Wall", "-Wextra", "-Werror", "-fsyntax-only", $"-I{Header.Folder}", source]);
    }

    [Fact]
    public void Header_Structures_AreAllKnown() =>
        Assert.Equal(
            Structures.Select(structure => structure.Name).Order(),
            Regex.Matches(Header.Text, @"typedef struct (\w+) \{").Select(match => match.Groups[1].Value).Order());

    [Fact]
    public void Header_Includes_NothingOfAPlatform() =>
        Assert.Equal(["stddef.h", "stdint.h"], Regex.Matches(Header.Text, @"#include <(.+)>").Select(match => match.Groups[1].Value).Order());

    private static string LayoutAssertions()
    {
        var text = new StringBuilder("#include <andmu.h>\n");
        foreach ((string name, Type type) in Structures)
        {
            FieldInfo[] fields = type.GetFields(BindingFlags.Public | BindingFlags.Instance);
            text.AppendLine($"_Static_assert(sizeof({name}) == {Marshal.SizeOf(type)}, \"size of {name}\");");
            foreach (FieldInfo field in fields)
            {
                string member = Snake(field.Name);
                text.AppendLine($"_Static_assert(offsetof({name}, {member}) == {Marshal.OffsetOf(type, field.Name)}, \"{name}.{member}\");");
            }
        }

        AppendNumbers<NativeResult>(text, value => value switch
        {
            NativeResult.Ok => "ANDMU_OK",
            NativeResult.Pending => "ANDMU_PENDING",
            _ => $"ANDMU_E_{Snake(value.ToString()).ToUpperInvariant()}",
        });
        AppendNumbers<NativeCommandCode>(text, value => $"ANDMU_CMD_{Snake(value.ToString()).ToUpperInvariant()}");
        AppendNumbers<NativeFlags>(text, value => value == NativeFlags.None ? "0" : $"ANDMU_{Snake(value.ToString()).ToUpperInvariant()}");
        AppendNumbers<NativeFeatures>(text, value => value == NativeFeatures.None ? "0" : $"ANDMU_HAS_{Snake(value.ToString()).ToUpperInvariant()}");
        return text.ToString();
    }

    private static void AppendNumbers<T>(StringBuilder text, Func<T, string> name)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            text.AppendLine($"_Static_assert({name(value)} == {value:D}, \"{name(value)}\");");
        }
    }

    private static string Snake(string name) => Regex.Replace(name, "(?<=.)([A-Z])", "_$1").ToLowerInvariant();

    private static async Task<string> WriteAsync(string name, string text)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("andmu-native-").FullName, name);
        await File.WriteAllTextAsync(path, text);
        return path;
    }
}
