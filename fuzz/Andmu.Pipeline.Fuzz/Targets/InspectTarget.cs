using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Andmu.Hedgw;
using Andmu.Pipeline.Cli;
using Andmu.Pipeline.Cli.Inspection;
using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Fuzz.Support;
using Andmu.Pipeline.Protocol;
using Google.Protobuf;

namespace Andmu.Pipeline.Fuzz.Targets;

/// <summary>Lists a capture: <see cref="PacketListing"/>, or one that a test has broken.</summary>
internal delegate Task Listing(Stream input, string name, PacketLine line, TextWriter output, CancellationToken cancellationToken);

/// <summary>
/// A capture of any bytes is listed a line a packet, up to the first bad one, of which one line tells: the same however it is read. A line can neither be broken nor command a terminal, and
/// as JSON it is one object whose offsets rise. Both ways list the same packets. No line shows a secret: with another secret in its place the line is the same, and a command's
/// key of a network is not in it.
/// </summary>
internal sealed class InspectTarget(Listing list) : IFuzzTarget
{
    // Shorter ones may well stand elsewhere in the line.
    private const int MinSecretLength = 6;

    public InspectTarget()
        : this(PacketListing.WriteAsync)
    {
    }

    public string Name => "inspect";

    public string Property => "Any capture is listed a line a packet, the same however it is read, without a control character or a secret.";

    public void Run(ReadOnlySpan<byte> input)
    {
        byte[] bytes = input.ToArray();
        string[] text = List([bytes], PacketLine.Text);
        string[] json = List([bytes], PacketLine.Json);
        Expect.SameItems(text, List(Chunks.Cut(bytes), PacketLine.Text), "line");
        Expect.Same(text.Length, json.Length, "number of lines as JSON");
        CheckLines(text, json);
        CheckSecrets(bytes, text);
    }

    private string[] List(IReadOnlyList<ReadOnlyMemory<byte>> parts, PacketLine line)
    {
        using ChunkedStream stream = new(parts);
        using StringWriter output = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        try
        {
            Blocking.Wait(list(stream, "capture", line, output, CancellationToken.None));
            output.WriteLine("whole");
        }
        catch (CliException error)
        {
            output.WriteLine(error.Message);
        }

        return output.ToString().TrimEnd('\n').Split('\n');
    }

    private static void CheckLines(string[] text, string[] json)
    {
        Expect.Same(text[^1], json[^1], "the end as JSON");
        long next = 0;
        for (int i = 0; i < text.Length - 1; i++)
        {
            using JsonDocument line = JsonDocument.Parse(json[i]);
            Expect.Same(next, line.RootElement.GetProperty("offset").GetInt64(), "offset");
            next += sizeof(uint) + line.RootElement.GetProperty("length").GetInt64();
        }

        foreach (string line in text)
        {
            bool isPlain = line.EnumerateRunes().All(static rune => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format));
            Expect.Holds(isPlain, "a line holds a character that commands a terminal");
        }
    }

    private static void CheckSecrets(byte[] bytes, string[] text)
    {
        ReadOnlySequence<byte> buffer = new(bytes);
        for (int i = 0; i < text.Length - 1 && PacketReader.TryReadPacket(ref buffer, PacketLimits.Default, out ReadOnlySequence<byte> packet); i++)
        {
            HEDGWMessage? message = Parse(packet);
            if (message is { MessageType: HEDGWMessage.Types.MessageType.DevLoginReq, DevLoginReq: { } login })
            {
                CheckLogin(message, login);
            }
            else if (message is { MessageType: HEDGWMessage.Types.MessageType.DevAppCmd, DevAppCmd.HasMsg: true })
            {
                CheckCommand(message.DevAppCmd.Msg, text[i]);
            }
        }
    }

    // Null for what a listing shows all the same: text that is not UTF-8, or a body that goes with another type.
    private static HEDGWMessage? Parse(in ReadOnlySequence<byte> packet)
    {
        try
        {
            return HEDGWMessage.Parser.ParseFrom(packet);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static void CheckLogin(HEDGWMessage message, DevLoginReq login)
    {
        string before = LineOf(message);
        login.AccessSecret = new string('x', login.AccessSecret.Length);
        login.DeviceToken = new string('y', login.DeviceToken.Length);
        string after = LineOf(message);
        Expect.Same(before[before.IndexOf(':', StringComparison.Ordinal)..], after[after.IndexOf(':', StringComparison.Ordinal)..], "the line with other secrets");
    }

    private static string LineOf(HEDGWMessage message) => PacketFormatter.ToLine(new ReadOnlySequence<byte>(message.ToByteArray()));

    private static void CheckCommand(string command, string line)
    {
        if (CommandParser.Parse(command).Command is SetWifi { Key.Length: >= MinSecretLength } wifi
            && command.Split(wifi.Key).Length == 2)
        {
            Expect.Holds(!line.Contains(wifi.Key, StringComparison.Ordinal), "a line shows the key of a network");
        }
    }
}
