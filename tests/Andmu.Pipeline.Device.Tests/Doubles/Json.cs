namespace Andmu.Pipeline.Device.Tests.Doubles;

/// <summary>Commands as an app sends them.</summary>
internal static class Json
{
    public const int Session = 2005123456;

    public static string Command(int request, int subRequest, string parameters = "{}") => $$"""
        {"msgSession":{{Session}},"msgSequence":0,"msgTimeStamp":1500000000,"msgCategory":"camera",
        "msgContent":{"request":{{request}},"subRequest":{{subRequest}},"requestParams":{{parameters}} } }
        """;

    public static string Value(int subRequest, int value) => Command(1793, subRequest, $$"""{"value":{{value}} }""");
}
