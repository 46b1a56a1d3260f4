using Andmu.Pipeline.Control.Parsing;

namespace Andmu.Pipeline.Control.Tests.Parsing;

/// <summary>
/// Every value of every example, spoilt in every way: a refusal with its reason, never half a command and never an exception.
/// </summary>
public sealed class CommandRefusalTests
{
    // What the specification shows and nothing depends on, or what may be left out.
    private static readonly string[] Ignored = ["msgVersion", "id", "sensitivity"];
    private static readonly string[] Optional = ["enable", "valueListNum", "subRequest"];

    public static TheoryData<string> Names => Examples.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_KeyMissing_MissingKey(string name) => ForEachKey(name, (node, leaf) =>
    {
        bool isPersonSwitch = name.StartsWith("5.2.9.19", StringComparison.Ordinal) && leaf.Length == 3;
        if (!Optional.Contains(leaf[^1]) && !isPersonSwitch)
        {
            AssertRefused(node.Without(leaf), RefusalReason.MissingKey, leaf);
            AssertRefused(node.With(leaf, "null"), RefusalReason.MissingKey, leaf);
        }
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_WrongType_WrongType(string name) => ForEachKey(name, (node, leaf) =>
    {
        AssertRefused(node.With(leaf, "{}"), RefusalReason.WrongType, leaf);
        AssertRefused(node.With(leaf, "[1]"), RefusalReason.WrongType, leaf);
        bool isText = node.Value(leaf).StartsWith('"');
        AssertRefused(node.With(leaf, isText ? "1" : "\"secret\""), RefusalReason.WrongType, leaf);
        AssertRefused(node.With(leaf, isText ? "true" : "1.5"), RefusalReason.WrongType, leaf);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_OutOfRange_Refused(string name) => ForEachKey(name, (node, leaf) =>
    {
        if (node.Value(leaf).StartsWith('"') || node.Value(leaf) is "true")
        {
            return;
        }

        foreach (string value in (string[])["2147483648", "-2", "-2147483649", "9223372036854775807"])
        {
            // As far down as that, pan and tilt are in range.
            if (value != "-2" || leaf[^1] is not ("pan" or "tilt"))
            {
                AssertRefused(node.With(leaf, value), RefusalReason.OutOfRange, leaf);
                AssertRefused(node.With(leaf, $"\"{value}\""), RefusalReason.OutOfRange, leaf);
            }
        }

        AssertRefused(node.With(leaf, new string('9', 400)), RefusalReason.WrongType, leaf);
        AssertRefused(node.With(leaf, "1e400"), RefusalReason.WrongType, leaf);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_TextOfTenMegabytes_TooLong(string name)
    {
        string huge = $"\"{new string('x', 10_000_000)}\"";
        var node = new ExampleNode(Examples.Named(name));
        string[] leaf = node.Leaves().Last();

        Assert.Equal(RefusalReason.TooLong, CommandParser.Parse(node.With(leaf, huge)).Refusal?.Reason);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_TextOfThousands_Refused(string name) => ForEachKey(name, (node, leaf) =>
    {
        bool isText = node.Value(leaf).StartsWith('"');
        AssertRefused(node.With(leaf, $"\"{new string('1', 2000)}\""), isText ? RefusalReason.TooLong : RefusalReason.WrongType, leaf);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_Deep_TooDeep(string name) => ForEachKey(name, (node, leaf) =>
    {
        string arrays = new string('[', 1000) + new string(']', 1000);
        string objects = string.Concat(Enumerable.Repeat("{\"a\":", 1000)) + "1" + new string('}', 1000);
        AssertRefused(node.With(leaf, arrays), RefusalReason.TooDeep);
        AssertRefused(node.With(leaf, objects), RefusalReason.TooDeep);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_NulOrHalfPair_Refused(string name) => ForEachKey(name, (node, leaf) =>
    {
        foreach (string text in (string[])["\\u0000", "1\\u0000", "\\ud800", "\\udc00\\ud800", "a\\ud83d"])
        {
            AssertRefused(node.With(leaf, $"\"{text}\""), RefusalReason.InvalidText);
        }

        AssertRefused(node.With(leaf, "\"\0\""), RefusalReason.Malformed);
        AssertRefused(node.With(leaf, "\"\ud800\""), RefusalReason.InvalidText);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_KeyTwice_DuplicateKey(string name) => ForEachKey(name, (node, leaf) =>
    {
        string value = node.Value(leaf);
        string key = leaf[^1].Trim();
        foreach (string twin in (string[])[leaf[^1], key.ToUpperInvariant(), $" {key} ", $"{key}\\t", $"\\u{(int)key[0]:x4}{key[1..]}"])
        {
            AssertRefused(node.With(leaf, $"{value},\"{twin}\":{value}"), RefusalReason.DuplicateKey);
        }
    });

    private static void ForEachKey(string name, Action<ExampleNode, string[]> check)
    {
        var node = new ExampleNode(Examples.Named(name));
        int checkedCount = 0;
        foreach (string[] leaf in node.Leaves().Where(leaf => !Ignored.Contains(leaf[^1])))
        {
            check(node, leaf);
            checkedCount++;
        }

        Assert.NotEqual(0, checkedCount);
    }

    private static void AssertRefused(string json, RefusalReason reason, string[]? leaf = null)
    {
        ReceivedCommand received = CommandParser.Parse(json);
        Assert.False(received.IsAccepted, json);
        bool isUnknown = leaf?[^1] is "request" or "subRequest" && received.Refusal!.Reason == RefusalReason.UnknownCommand;
        Assert.True(isUnknown || received.Refusal!.Reason == reason, $"{received.Refusal}: {json}");
        Assert.InRange(received.Refusal!.Message.Length, 1, 200);
        Assert.DoesNotContain("secret", received.Refusal.Message, StringComparison.Ordinal);
        if (leaf is not null && !isUnknown)
        {
            Assert.Contains(leaf[^1].Trim(), received.Refusal.Message, StringComparison.Ordinal);
        }
    }
}
