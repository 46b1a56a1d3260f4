using System.Text.RegularExpressions;

namespace Andmu.Pipeline.Native.Tests.Support;

/// <summary>include/andmu.h.</summary>
internal static class Header
{
    public static string Folder { get; } = Repository.PathOf("src", "Andmu.Pipeline.Native", "include");

    public static string Text { get; } = File.ReadAllText(Path.Combine(Folder, "andmu.h"));

    /// <summary>The functions that it declares.</summary>
    public static IEnumerable<string> Functions { get; } =
        [.. Regex.Matches(Text, @"^(?:const char \*|uint32_t |andmu_result )(andmu_\w+)\(", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)];
}
