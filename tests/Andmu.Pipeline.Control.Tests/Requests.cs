namespace Andmu.Pipeline.Control.Tests;

/// <summary>Commands as an app sends them.</summary>
internal static class Requests
{
    public static ReceivedCommand Parse(int request, int subRequest, string requestParams) => CommandParser.Parse(
        $$"""{"msgContent":{"requestParams":{{requestParams}},"subRequest":{{subRequest}},"request":{{request}}},"msgSession":394728981,"msgCategory":"camera"}""");
}
