using System.Diagnostics.CodeAnalysis;

namespace Andmu.Pipeline.Fuzz.Support;

/// <summary>What targets say their properties with.</summary>
internal static class Expect
{
    public static void Holds([DoesNotReturnIf(false)] bool condition, string broken)
    {
        if (!condition)
        {
            throw new PropertyException(broken);
        }
    }

    public static void Same<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new PropertyException($"{what}: {actual} where {expected} was expected");
        }
    }

    public static void SameBytes(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, string what)
    {
        if (!expected.SequenceEqual(actual))
        {
            int at = expected.CommonPrefixLength(actual);
            throw new PropertyException($"{what}: {actual.Length} bytes where {expected.Length} were expected, the same up to byte {at}");
        }
    }

    public static void SameItems<T>(IReadOnlyList<T> expected, IReadOnlyList<T> actual, string what)
    {
        for (int i = 0; i < Math.Min(expected.Count, actual.Count); i++)
        {
            Same(expected[i], actual[i], $"{what} {i}");
        }

        Same(expected.Count, actual.Count, $"number of {what}s");
    }
}
