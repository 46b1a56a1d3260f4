using System.Text;
using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Parsing;

namespace Andmu.Pipeline.Control.Tests.Parsing;

/// <summary>The specification's own examples are read as what they say.</summary>
public sealed class CommandExampleTests
{
    private const int CommandCount = 26;

    public static TheoryData<string> Names => Examples.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_Example_Command(string name)
    {
        Example example = Examples.Named(name);

        ReceivedCommand received = CommandParser.Parse(example.Json);

        Assert.Null(received.Refusal);
        Assert.Equal(example.Command, received.Command);
        Assert.Equal(received.Command!.Code.Request, received.Code!.Value.Request);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_ExampleAsUtf8_SameCommand(string name)
    {
        Example example = Examples.Named(name);

        Assert.Equal(example.Command, CommandParser.Parse(Encoding.UTF8.GetBytes(example.Json)).Command);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_NumbersInQuotes_SameCommand(string name)
    {
        Example example = Examples.Named(name);
        var node = new ExampleNode(example);
        foreach (string[] leaf in node.Leaves().Where(leaf => !node.Value(leaf).StartsWith('"')))
        {
            Assert.Equal(example.Command, CommandParser.Parse(node.With(leaf, $"\"{node.Value(leaf)}\"")).Command);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_KeysInOtherCaseWithBlanks_SameCommand(string name)
    {
        Example example = Examples.Named(name);
        string[] keys =
        [
            "msgContent", "requestParams", "subRequest", "request", "value", "pan", "tilt", "valueList", "valueListNum", "left", "top", "right",
            "bottom", "enable", "serviceType", "url", "newServiceVersion", "checkSum", "encryption", "ssid", "bssid", "key", "repeat", "startTime ",
            "endTime", "status", "index", "x", "y", "width", "height", "angle", "stand",
        ];
        string json = keys.Aggregate(
            example.Json, (text, key) => text.Replace($"\"{key}\"", $"\" {key.ToUpperInvariant()} \"", StringComparison.Ordinal));

        Assert.Equal(example.Command, CommandParser.Parse(json).Command);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_UnknownKeys_PassedOver(string name)
    {
        Example example = Examples.Named(name);
        string json = example.Json.Replace("\"request\"", "\"later\": { \"list\": [null, 1.5e3, [{}]] }, \"request\"", StringComparison.Ordinal);

        Assert.Equal(example.Command, CommandParser.Parse(json).Command);
    }

    [Fact]
    public void Examples_All_EveryCommandHasOne()
    {
        Type[] commands = [.. typeof(ControlCommand).Assembly.GetTypes().Where(type => type.BaseType == typeof(ControlCommand))];

        Assert.Equal(CommandCount, commands.Length);
        Assert.Equal(commands.ToHashSet(), Examples.All.Select(example => example.Command.GetType()).ToHashSet());
        Assert.Equal(CommandCount, Examples.All.Select(example => example.Command.Code).Distinct().Count());
    }

    [Fact]
    public void HasResponse_EveryCommand_WhereItIsAQuery()
    {
        foreach (Example example in Examples.All)
        {
            bool isQuery = example.Command.GetType().GetInterfaces().Any(type => type.Name.StartsWith("IQuery", StringComparison.Ordinal));
            Assert.Equal(isQuery, CommandParser.Parse(example.Json).HasResponse);
        }
    }
}
