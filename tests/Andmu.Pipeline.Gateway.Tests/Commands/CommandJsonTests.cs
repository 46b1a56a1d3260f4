using System.Text.Json;
using System.Text.Json.Nodes;
using Andmu.Pipeline.Gateway.Commands;

namespace Andmu.Pipeline.Gateway.Tests.Commands;

/// <summary>Each command against the text of the specification's own example (5.2.9.2 to 5.2.10.3).</summary>
public sealed class CommandJsonTests
{
    // Name, parameters, msgSession, msgTimeStamp, and msgContent as the specification prints it.
    public static TheoryData<string, string, string> Examples => new()
    {
        { "motion-sensitivity", "value=30", """{"requestParams":{"value":30},"subRequest":15,"request":1793}""" },
        { "sound-sensitivity", "value=90", """{"requestParams":{"value":90},"subRequest":29,"request":1793}""" },
        { "microphone", "value=off", """{"requestParams":{"value":0},"subRequest":37,"request":1793}""" },
        { "resolution", "value=sd", """{"requestParams":{"value":0},"subRequest":30,"request":1793}""" },
        { "rotation", "value=180", """{"requestParams":{"value":180},"subRequest":23,"request":1793}""" },
        { "status-light", "value=0", """{"requestParams":{"value":0},"subRequest":19,"request":1793}""" },
        { "night-vision", "value=auto", """{"requestParams":{"value":2},"subRequest":21,"request":1793}""" },
        { "anti-flicker", "value=60", """{"requestParams":{"value":60},"subRequest":36,"request":1793}""" },
        { "power", "value=on", """{"requestParams":{"value":1},"subRequest":-1,"request":1815}""" },
        { "power", "value=off", """{"requestParams":{"value":4},"subRequest":-1,"request":1815}""" },
        { "ptz-step", "direction=left", """{"request":1793,"subRequest":5,"requestParams":{"value":1}}""" },
        { "ptz-move", "direction=stop", """{"request":1793,"subRequest":82,"requestParams":{"value":0}}""" },
        { "ptz-to", "pan=50 tilt=-5", """{"request":1793,"subRequest":81,"requestParams":{"pan":50,"tilt":-5}}""" },
        {
            "motion-regions", "regions=3,2,4,3;3,3,4,4",
            """{"msgVersion":1,"request":1793,"subRequest":56,"requestParams":{"valueListNum":2,"valueList":[{"id":0,"left":3,"top":2,"right":4,"bottom":3,"sensitivity":0,"enable":1},{"id":1,"left":3,"top":3,"right":4,"bottom":4,"sensitivity":0,"enable":1}]}}"""
        },
        { "motion-regions", "regions=", """{"msgVersion":1,"request":1793,"subRequest":56,"requestParams":{"valueListNum":0,"valueList":[]}}""" },
        {
            "firmware",
            "type=firmware url=http://xxxx.com/Device/1.0.0.526/xxx.enc version=1.0.0.526 md5=ec5fd1e4b7e6d3a31f821203a19ccf43",
            """{"requestParams":{"serviceType":1,"url":"http://xxxx.com/Device/1.0.0.526/xxx.enc","newServiceVersion":"1.0.0.526","checkSum":"ec5fd1e4b7e6d3a31f821203a19ccf43"},"request":4097}"""
        },
        {
            "wifi", "encryption=WPA/WPA2 ssid=20d28 bssid=14:E6:E4:80:08:D key=12345678",
            """{"requestParams":{"encryption":"WPA/WPA2","ssid":"20d28","bssid":"14:E6:E4:80:08:D","key":"12345678"},"subRequest":17,"request":1793}"""
        },
        {
            "off-schedule", "schedule=127,21:00,10:00",
            """{"requestParams":{"valueList":[{"repeat":127,"startTime ":"21:00","endTime":"10:00","status":true,"index":0}],"valueListNum":1},"subRequest":26,"request":1793}"""
        },
        {
            "person-regions", "regions=0,3,2,4;3,7,2,4",
            """{"msgVersion":1,"request":1793,"subRequest":94,"requestParams":{"valueListNum":2,"valueList":[{"x":0,"y":3,"width":2,"height":4},{"x":3,"y":7,"width":2,"height":4}]}}"""
        },
        { "person-count", "value=on", """{"requestParams":{"value":1},"msgVersion":1,"subRequest":92,"request":1793}""" },
        {
            "person-schedule", "schedule=127,21:00,10:00 status=on",
            """{"requestParams":{"valueList":[{"repeat":127,"startTime ":"21:00","endTime":"10:00","status":true,"index":0}],"valueListNum":1,"status":1},"msgVersion":1,"subRequest":93,"request":1793}"""
        },
        { "format-card", "", """{"requestParams":{},"msgVersion":1,"subRequest":87,"request":1793}""" },
        { "motion-track", "value=1", """{"requestParams":{"value":1},"msgVersion":1,"subRequest":109,"request":1793}""" },
        { "track-return", "seconds=30", """{"requestParams":{"value":30},"msgVersion":1,"subRequest":116,"request":1793}""" },
        { "panorama", "value=start angle=30 stand=upright", """{"requestParams":{"value":1,"angle":30,"stand":1},"msgVersion":1,"subRequest":153,"request":1793}""" },
        { "list-wifi", "", """{"requestParams":{},"subRequest":16,"request":1792}""" },
        { "card-info", "", """{"requestParams":{},"msgVersion":1,"subRequest":85,"request":1792}""" },
        { "ptz-position", "", """{"request":1792,"subRequest":81,"requestParams":{}}""" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void Write_Command_IsTheSpecificationsExample(string name, string parameters, string content)
    {
        string json = CommandJson.Write(Make(name, parameters), 1377903621, 1403494504362);

        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Equal(content, document.RootElement.GetProperty("msgContent").GetRawText());
        JsonObject envelope = JsonNode.Parse(json)!.AsObject();
        envelope.Remove("msgContent");
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"msgSession":1377903621,"msgSequence":0,"msgTimeStamp":1403494504362,"msgCategory":"camera"}"""), envelope));
    }

    [Fact]
    public void Examples_LeaveNoCommandOfAppsOut() => Assert.Equal(
        CommandCatalog.All.Where(static command => command.Request is not null).Select(static command => command.Name).Order(),
        Examples.Select(static row => row.Data.Item1).Distinct().Order());

    [Fact]
    public void All_HasTheSpecificationsCommands()
    {
        Assert.Equal(26, CommandCatalog.All.Count(static command => command.Request is not null));
        Assert.Equal(
            ["view-start", "view-end", "view-count", "plan", "thumbnails"],
            CommandCatalog.All.Where(static command => command.Request is null).Select(static command => command.Name));
        Assert.Equal(CommandCatalog.All.Count, CommandCatalog.All.Select(static command => command.Name).Distinct().Count());
    }

    [Fact]
    public void Write_NameOfANetwork_IsUtf8AsItIs() => Assert.Contains(
        "\"ssid\":\"和目 \\\"1\\\"\"",
        CommandJson.Write(PlatformCommand.Create("wifi", ("ssid", "和目 \"1\"")), 1, 2),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("sing", "", "There is no such command. The commands are motion-sensitivity,")]
    [InlineData("rotation", "", "rotation needs value=0|180.")]
    [InlineData("rotation", "value=90", "rotation cannot have that value: use 0|180.")]
    [InlineData("rotation", "value=180 speed=1", "rotation has no such parameter. Its parameters are value.")]
    [InlineData("format-card", "now=1", "format-card takes no parameters.")]
    [InlineData("ptz-to", "pan=1000001 tilt=0", "ptz-to cannot have that pan: use -1000000..1000000.")]
    [InlineData("ptz-to", "pan=1.5 tilt=0", "ptz-to cannot have that pan")]
    [InlineData("motion-regions", "regions=4,0,4,1", "motion-regions cannot have that regions")]
    [InlineData("motion-regions", "regions=0,0,1,1;", "motion-regions cannot have that regions")]
    [InlineData("motion-regions", "regions=0,0,6,1", "motion-regions cannot have that regions")]
    [InlineData("off-schedule", "schedule=128,21:00,10:00", "off-schedule cannot have that schedule")]
    [InlineData("off-schedule", "schedule=1,24:00,10:00", "off-schedule cannot have that schedule")]
    [InlineData("off-schedule", "schedule=1,9:00,10:00", "off-schedule cannot have that schedule")]
    [InlineData("off-schedule", "schedule=1,09:00,10:00,maybe", "off-schedule cannot have that schedule")]
    [InlineData("person-regions", "regions=0,0,1001,1", "person-regions cannot have that regions")]
    [InlineData("firmware", "url=here version=1 md5=ec5fd1e4b7e6d3a31f821203a19ccf43", "firmware cannot have that url")]
    [InlineData("firmware", "url=http://a/b version=1 md5=ec5f", "firmware cannot have that md5")]
    [InlineData("wifi", "key=secret123", "wifi needs ssid=NAME.")]
    [InlineData("plan", "value=golden", "plan cannot have that value: use trial|cloud|expired|event|deleted.")]
    [InlineData("thumbnails", "span=-1", "thumbnails cannot have that span: use 0..86400.")]
    public void TryCreate_Mistake_SaysWhatWouldBeRight(string name, string parameters, string says)
    {
        Assert.False(PlatformCommand.TryCreate(name, Split(parameters), out _, out string problem));
        Assert.StartsWith(says, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret123", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryCreate_TooManyItems_Refused()
    {
        string period = string.Join(';', Enumerable.Repeat("1,00:00,01:00", 8));
        string region = string.Join(';', Enumerable.Repeat("0,0,1,1", 26));

        Assert.False(PlatformCommand.TryCreate("off-schedule", Split("schedule=" + period), out _, out _));
        Assert.False(PlatformCommand.TryCreate("motion-regions", Split("regions=" + region), out _, out _));
        Assert.True(PlatformCommand.TryCreate("off-schedule", Split("schedule=" + period[14..]), out _, out _));
        Assert.True(PlatformCommand.TryCreate("motion-regions", Split("regions=" + region[8..]), out _, out _));
    }

    [Fact]
    public void Create_Secret_IsNotPrinted()
    {
        PlatformCommand command = PlatformCommand.Create("wifi", ("ssid", "a"), ("key", "secret123"));

        Assert.Equal("wifi", command.ToString());
        Assert.Throws<ArgumentException>(() => PlatformCommand.Create("wifi", ("ssid", "a"), ("ssid", "b")));
    }

    private static PlatformCommand Make(string name, string parameters)
    {
        Assert.True(PlatformCommand.TryCreate(name, Split(parameters), out PlatformCommand? command, out string problem), problem);
        return command;
    }

    private static Dictionary<string, string> Split(string parameters) => parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(static part => part.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => pair[1]);
}
