extern alias gateway;

using System.Text;
using System.Text.Json;
using Andmu.Pipeline.Fuzz.Support;
using gateway::Andmu.Pipeline.Gateway.Audit;
using gateway::Andmu.Pipeline.Gateway.Commands;

namespace Andmu.Pipeline.Fuzz.Targets;

/// <summary>
/// The first byte chooses what the rest is: msg of a device's answer to a command, its statistics, its progress with a firmware, a count of persons, or the data of a panorama's picture. The
/// platform's desk takes it, or says in at most ten short sentences what is wrong with it; it never throws.
/// </summary>
internal sealed class GatewayMessagesTarget : IFuzzTarget
{
    private const int Kinds = 5;
    private const int MaxProblems = 10;

    private static readonly CommandDefinition[] Commands = [.. CommandCatalog.All.Where(static command => command is { Answer: AnswerKind.Response, SubRequest: not null })];

    public string Name => "gateway-messages";

    public string Property => "The platform takes any message of a device or says what is wrong with it, and never throws.";

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return;
        }

        int kind = input[0] % Kinds;
        FieldReader reader = new("message", "5.2.11");
        if (kind == 0)
        {
            PanoramaAudit panorama = new();
            panorama.Begin("app");
            _ = panorama.Read(reader, "app", input[1..].ToArray());
        }
        else
        {
            Read(kind, input[0] / Kinds, reader, Encoding.UTF8.GetString(input[1..]));
        }

        Expect.Holds(reader.Problems.Count <= MaxProblems, $"{reader.Problems.Count} problems are told");
    }

    private static void Read(int kind, int choice, FieldReader reader, string text)
    {
        if (kind == 1)
        {
            _ = PersonCountCheck.Check(1, text);
            return;
        }

        using JsonDocument? document = reader.Parse(text);
        if (document is null)
        {
            return;
        }

        switch (kind)
        {
            case 2:
                FirmwareAudit firmware = new();
                firmware.Expect(1);
                _ = firmware.Read(reader, document.RootElement, DateTimeOffset.UnixEpoch);
                break;
            case 3:
                _ = StatisticsCheck.Read(reader, document.RootElement, DateTimeOffset.UnixEpoch);
                break;
            default:
                reader.Envelope(document.RootElement);
                if (reader.Member(document.RootElement, "msgContent", JsonValueKind.Object) is { } content)
                {
                    _ = ResponseCheck.Content(reader, Commands[choice % Commands.Length], content);
                }

                break;
        }
    }
}
