using System.Text.Json;
using System.Text.Json.Nodes;

namespace Andmu.Pipeline.Control.Tests.Parsing;

/// <summary>An example taken apart, so that single values in it can be changed, doubled and taken away.</summary>
internal sealed class ExampleNode
{
    private const string Mark = "@@mark@@";

    private readonly string _json;

    public ExampleNode(Example example) => _json = example.Json;

    /// <summary>Every path to a value that is neither an object nor an array, below <c>msgContent</c>.</summary>
    public IEnumerable<string[]> Leaves() => Leaves(Parse()["msgContent"]!, ["msgContent"]);

    /// <summary>The value at a path, as JSON.</summary>
    public string Value(string[] path) => Parent(Parse(), path)[path[^1]]!.ToJsonString();

    /// <summary>The message with other JSON at a path, well-formed or not.</summary>
    public string With(string[] path, string json)
    {
        JsonNode root = Parse();
        Parent(root, path)[path[^1]] = Mark;
        return root.ToJsonString().Replace($"\"{Mark}\"", json, StringComparison.Ordinal);
    }

    public string Without(string[] path)
    {
        JsonNode root = Parse();
        Parent(root, path).Remove(path[^1]);
        return root.ToJsonString();
    }

    private JsonNode Parse() => JsonNode.Parse(_json, documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true })!;

    private static JsonObject Parent(JsonNode root, string[] path)
    {
        JsonNode node = root;
        foreach (string step in path[..^1])
        {
            node = node is JsonArray array ? array[int.Parse(step, null)]! : node[step]!;
        }

        return node.AsObject();
    }

    private static IEnumerable<string[]> Leaves(JsonNode node, string[] path) => node switch
    {
        JsonObject members => members.SelectMany(member => Leaves(member.Value!, [.. path, member.Key])),
        JsonArray items => items.SelectMany((item, index) => Leaves(item!, [.. path, index.ToString(null as IFormatProvider)])),
        _ => [path],
    };
}
