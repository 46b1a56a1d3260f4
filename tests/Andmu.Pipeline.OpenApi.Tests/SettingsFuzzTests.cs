using System.Net;
using System.Text;
using Andmu.Pipeline.OpenApi.Tests.Doubles;
using Andmu.Pipeline.OpenApi.Wire;

namespace Andmu.Pipeline.OpenApi.Tests;

/// <summary>Whatever the platform answers, the settings are read or an <see cref="OpenApiException"/> says why not.</summary>
public sealed class SettingsFuzzTests
{
    private const int Rounds = 20_000;

    private static readonly string[] Keys =
    [
        "title", "status", "HDVideo", "cameraImageRotate", "nightVision", "antiFlicker", "motionSensitivity", "motionTrackBackTime",
        "motionRegions", "cameraOffSchedule", "personRegion", "personSchedules", "valueList", "repeat", "startTime ", "endTime", "index", "x", "\\ud800", "",
    ];

    private static readonly string[] Scalars =
    [
        "null", "true", "0", "1", "-1", "80", "1e400", "-0", "80.0", "99999999999999999999", "\"\"", "\"On\"", "\"Auto\"", "\"50\"", "\"1;2;25\"",
        "\"21:00\"", "\"24:00\"", "\"\\ud800\"", "\"\\u0000\"", "\"٣\"", "\"+1\"", "\" 1 \"",
    ];

    private static readonly RequestMessage Request = new() { MsgType = MsgTypes.GetSettings, DeviceId = "", DeviceMacAddress = "" };

    [Fact]
    public void Read_BytesChanged_SettingsOrOpenApiException()
    {
        var random = new Random(20170101);
        byte[] good = Encoding.UTF8.GetBytes(Sample.Settings(SettingsTests.Example));
        int read = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] body = good[..(random.Next(8) == 0 ? random.Next(good.Length) : good.Length)];
            for (int changes = random.Next(1, 4); changes > 0 && body.Length > 0; changes--)
            {
                body[random.Next(body.Length)] = (byte)(random.Next(2) == 0 ? random.Next(256) : "{}[]\",:\\0 "[random.Next(10)]);
            }

            read += TryRead(body) ? 1 : 0;
        }

        Assert.InRange(read, 1, Rounds - 1);
    }

    [Fact]
    public void Read_RandomObjects_SettingsOrOpenApiException()
    {
        var random = new Random(20170102);
        int read = 0;
        for (int round = 0; round < Rounds; round++)
        {
            var camRw = new StringBuilder();
            Write(camRw, random, depth: 0);
            read += TryRead(Encoding.UTF8.GetBytes(Sample.Settings(camRw.ToString()))) ? 1 : 0;
        }

        Assert.InRange(read, 1, Rounds - 1);
    }

    private static bool TryRead(byte[] body)
    {
        try
        {
            Reply.Read(new HttpReply(HttpStatusCode.OK, null, body), Request, Sample.Secret, SettingsReader.Read);
            return true;
        }
        catch (OpenApiException)
        {
            return false;
        }
    }

    private static void Write(StringBuilder json, Random random, int depth)
    {
        int kind = depth == 0 ? 0 : random.Next(depth > 6 ? 2 : 0, 8);
        if (kind == 0)
        {
            json.Append('{');
            for (int i = random.Next(4); i > 0; i--)
            {
                json.Append('"').Append(Keys[random.Next(Keys.Length)]).Append("\":");
                Write(json, random, depth + 1);
                json.Append(',');
            }

            json.Append('}');
        }
        else if (kind == 1)
        {
            json.Append('[');
            for (int i = random.Next(3); i > 0; i--)
            {
                Write(json, random, depth + 1);
                json.Append(',');
            }

            json.Append(']');
        }
        else
        {
            json.Append(Scalars[random.Next(Scalars.Length)]);
        }
    }
}
