using System.Buffers;
using System.Text;
using System.Text.Json;
using Andmu.Hedgw;
using Andmu.Pipeline.Protocol.Tests.Support;
using Google.Protobuf;

namespace Andmu.Pipeline.Protocol.Tests;

public sealed class PacketFormatterTests
{
    private const string Secret = "XgijVJq7eIp94Ax3cKvq";
    private const string Token = "token-of-the-device";

    private static HEDGWMessage Login => new()
    {
        MessageType = HEDGWMessage.Types.MessageType.DevLoginReq,
        DevLoginReq = new DevLoginReq
        {
            AccessKey = "Zhejian",
            AccessSecret = Secret,
            UserName = "user",
            DeviceToken = Token,
            UnifiedId = "unified",
            DeviceMac = "001122334455",
            ChannelId = 0,
            VideoWidth = 1920,
            VideoHeight = 1080,
            AudioType = 2,
            AudioKhz = 8,
            AudioChannel = 1,
        },
    };

    [Fact]
    public void ToLine_Login_ShowsNoSecret()
    {
        string line = Line(Login.ToByteArray());

        Assert.Equal(
            "DevLoginReq, 99 bytes: access_key=\"Zhejian\" access_secret=[redacted] user_name=\"user\" device_token=[redacted] "
                + "unified_id=\"unified\" device_mac=\"001122334455\" channel_id=0 video_width=1920 video_height=1080 audio_type=2 "
                + "audio_khz=8 audio_channel=1",
            line);
    }

    [Fact]
    public void WriteJson_Login_ShowsNoSecret()
    {
        string json = Json(Login.ToByteArray());

        Assert.DoesNotContain(Secret, json, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, json, StringComparison.Ordinal);
        JsonElement fields = JsonDocument.Parse(json).RootElement.GetProperty("fields");
        Assert.Equal("[redacted]", fields.GetProperty("access_secret").GetString());
        Assert.Equal("[redacted]", fields.GetProperty("device_token").GetString());
        Assert.Equal("Zhejian", fields.GetProperty("access_key").GetString());
    }

    [Fact]
    public void Exception_MalformedLogin_ShowsNoSecret()
    {
        byte[] body = Login.DevLoginReq.ToByteArray();
        for (int length = 0; length < body.Length; length++)
        {
            byte[] message = [0x08, 1, 0x12, (byte)length, .. body.AsSpan(0, length)];
            ProtocolException error = Assert.Throws<ProtocolException>(() => Line(message));

            Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(Token, error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Both_Media_ShowTheSizeOfTheDataOnly()
    {
        MediaPackageHeader header = new(PackageType.Video, true, 40, 7, ulong.MaxValue, 1);
        byte[] message = Reference.Message(header, new byte[5]).ToByteArray();

        Assert.Equal(
            "TDMediaPackage, 34 bytes: package_type=2 sync=1 data=[5 bytes] data_size=5 start_time=40 seq_num=7 "
                + "ipcam_time=18446744073709551615 control_flag=1",
            Line(message));
        Assert.Equal(
            """{"type":"TDMediaPackage","message_type":10,"bytes":34,"fields":{"package_type":2,"sync":1,"data":{"bytes":5},"data_size":5"""
                + ""","start_time":40,"seq_num":7,"ipcam_time":18446744073709551615,"control_flag":1},"unknown_fields":0}""",
            Json(message));
    }

    [Fact]
    public void ToLine_TextOfAPeer_CannotBreakTheLine()
    {
        HEDGWMessage message = new()
        {
            MessageType = HEDGWMessage.Types.MessageType.DevAppCmd,
            DevAppCmd = new DevAppCmd { Type = 33, SrcDeviceId = "a\r\nb\u001b[2J\u0085\u2028\"\u202e", Msg = "和目\\" },
        };

        string line = Line(message.ToByteArray());

        Assert.EndsWith(
            @"type=33 src_device_id=""a\u{000D}\u{000A}b\u{001B}[2J\u{0085}\u{2028}\""\u{202E}"" msg=""和目\\""",
            line,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ToLine_LongText_IsCut()
    {
        string line = Line([0x08, 7, 0x42, 0x8B, 0x08, 0x08, 1, 0x12, 0x86, 0x08, .. Enumerable.Repeat((byte)'x', 1030)]);

        Assert.EndsWith(new string('x', 1024) + "\"(and 6 more characters)", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        """{"msgContent":{"requestParams":{"ssid":"home","key":"hunter22"}}}""",
        """{"msgContent":{"requestParams":{"ssid":"home","key":"[redacted]"}}}""")]
    [InlineData("""{ " Key " : {"a":["hunter22"]}, "KEY":"hunter22" }""", """{ " Key " : "[redacted]", "KEY":"[redacted]" }""")]
    [InlineData("""{"k\u0065y":"hunter22"}""", """{"k\u0065y":"[redacted]"}""")]
    [InlineData("""{"key":"hunter22",""", "[redacted]")]
    [InlineData("""{"k\u0065y":"hunter22",""", "[redacted]")]
    [InlineData("""{"k\u0065y":"hunter22",}""", """{"k\u0065y":"[redacted]",}""")]
    [InlineData("""{"value":1}""", """{"value":1}""")]
    [InlineData("1280x720", "1280x720")]
    public void WriteJson_CommandWithAWiFiKey_ShowsAllButTheKey(string command, string shown)
    {
        HEDGWMessage message = new()
        {
            MessageType = HEDGWMessage.Types.MessageType.DevAppCmd,
            DevAppCmd = new DevAppCmd { Type = 33, SrcDeviceId = "app", Msg = command },
        };

        JsonElement fields = JsonDocument.Parse(Json(message.ToByteArray())).RootElement.GetProperty("fields");

        Assert.Equal(shown, fields.GetProperty("msg").GetString());
        Assert.DoesNotContain("hunter22", Line(message.ToByteArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Both_TextThatIsNotUtf8_IsShownReplaced()
    {
        byte[] message = [0x08, 7, 0x42, 6, 0x08, 1, 0x12, 2, 0xFF, 0xC0];

        Assert.Equal("DevIpCamCmd, 10 bytes: type=1 src_device_id=\"\uFFFD\uFFFD\"", Line(message));
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(Json(message)).RootElement.ValueKind);
    }

    [Fact]
    public void Both_TypeOfANewerPeer_IsShownByItsNumber()
    {
        byte[] message = [0x08, 0x63, 0xA2, 0x06, 0x00];

        Assert.Equal("message type 99, 5 bytes: (1 unknown fields)", Line(message));
        Assert.Equal("""{"type":"message type 99","message_type":99,"bytes":5,"fields":{},"unknown_fields":1}""", Json(message));
    }

    [Theory]
    [InlineData(ProtocolErrorCode.DataSizeMismatch, new byte[] { 8, 10, 0x5A, 13, 8, 1, 0x10, 0, 0x1A, 1, 9, 0x20, 2, 0x28, 0, 0x30, 0 })]
    [InlineData(ProtocolErrorCode.MissingField, new byte[] { 8, 2, 0x1A, 0 })]
    [InlineData(ProtocolErrorCode.WrongWireType, new byte[] { 8, 2, 0x1A, 2, 0x0A, 0 })]
    [InlineData(ProtocolErrorCode.MissingMessageType, new byte[] { })]
    public void Both_MalformedMessage_IsNamed(ProtocolErrorCode code, byte[] message)
    {
        Assert.Equal(code, Assert.Throws<ProtocolException>(() => Line(message)).Code);
        Assert.Equal(code, Assert.Throws<ProtocolException>(() => Json(message)).Code);
    }

    [Fact]
    public void Both_AnyMessage_ShowWhatProtobufShows() => Generators.AnyMessage.ForEach(500, message =>
    {
        byte[] bytes = message.ToByteArray();
        JsonElement json = JsonDocument.Parse(Json(bytes)).RootElement;

        Assert.Equal((int)message.MessageType, json.GetProperty("message_type").GetInt32());
        Assert.Equal(bytes.Length, json.GetProperty("bytes").GetInt32());
        Assert.StartsWith(json.GetProperty("type").GetString()!, Line(bytes), StringComparison.Ordinal);
    });

    private static string Line(byte[] message)
    {
        string[] lines = [.. Layouts.Of(message).Select(layout => PacketFormatter.ToLine(layout)).Distinct()];
        return Assert.Single(lines);
    }

    private static string Json(byte[] message)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            PacketFormatter.WriteJson(writer, new ReadOnlySequence<byte>(message));
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
