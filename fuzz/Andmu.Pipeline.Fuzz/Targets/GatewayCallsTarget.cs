extern alias gateway;

using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;
using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Fuzz.Support;
using gateway::Andmu.Pipeline.Gateway;
using gateway::Andmu.Pipeline.Gateway.Commands;
using gateway::Andmu.Pipeline.Gateway.Devices;
using gateway::Andmu.Pipeline.Gateway.Hosting;
using gateway::Andmu.Pipeline.Gateway.OpenApi;
using gateway::Andmu.Pipeline.Gateway.Remote;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andmu.Pipeline.Fuzz.Targets;

/// <summary>
/// The first byte chooses what the rest is, of what comes to the platform over HTTP: the JSON of a call, its form, the X-WSSE header, or a command at the control port. A call is
/// answered by JSON or refused by a <see cref="CallException"/>; a form and a header are taken or refused. A command that the control port takes is one that a device's parser takes.
/// Nothing is thrown but what is documented.
/// </summary>
internal sealed class GatewayCallsTarget : IFuzzTarget, IDisposable
{
    private const int Kinds = 4;
    private const string DeviceId = "110234567894562";
    private const string Token = "89Q832IF09JISDOFCJIOAWIOJ";

    // The desk sends what a person types, to try a device with; the device has bounds.
    private static readonly string[] FreeTexts = ["wifi", "firmware"];

    private readonly ScratchFile _folder = new();
    private readonly GatewayOptions _options;
    private readonly DeviceRegistry _registry;
    private readonly GatewayFaults _faults;

    public GatewayCallsTarget()
    {
        _options = new GatewayOptions { DataDirectory = _folder.Path, AcceptedTokens = [Token] };
        SessionTable sessions = new();
        _faults = new GatewayFaults(new ConnectionCutter(TimeProvider.System, sessions), sessions);
        _registry = DeviceRegistry.Load(DataDirectory.Open(_folder.Path));
    }

    public string Name => "gateway-calls";

    public string Property => "Whatever comes over HTTP is answered or refused; a command that the control port takes, a device takes.";

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return;
        }

        ReadOnlySpan<byte> rest = input[1..];
        switch (input[0] % Kinds)
        {
            case 0:
                Call(Encoding.UTF8.GetString(rest));
                break;
            case 1:
                BatchForm? form = BatchForm.TryParse(Encoding.UTF8.GetString(rest), out string problem);
                Expect.Holds(form is null == problem.Length > 0, "a form is neither taken nor refused");
                break;
            case 2:
                _ = WsseHeader.TryParse(Encoding.Latin1.GetString(rest), out WsseHeader header) && Rfc3339.TryParse(header.Created, out _);
                break;
            default:
                Command(rest);
                break;
        }
    }

    public void Dispose() => _folder.Dispose();

    private void Call(string json)
    {
        DeviceCalls calls = new(
            _options, _faults, new NoticeBoard(TimeProvider.System, NullLogger.Instance), _registry, new KnownDevices(), new PlatformSettings());
        try
        {
            using CallRequest request = CallRequest.Parse(json);
            CallAnswer answer = calls.Answer(request.RequiredString("msgType"), request, DeviceId, IPAddress.Loopback);
            CheckAnswer(answer);
        }
        catch (CallException error)
        {
            Expect.Holds(error.ErrorCode.Length > 0 && error.HttpStatus is 200 or 400 or 404, "a refusal without a code");
            CheckAnswer(new CallAnswer(error.ErrorCode, error.Message));
        }
    }

    private static void CheckAnswer(CallAnswer answer)
    {
        ArrayBufferWriter<byte> body = new();
        using (Utf8JsonWriter writer = new(body))
        {
            writer.WriteStartObject();
            writer.WriteString("errorCode", answer.ErrorCode);
            writer.WriteString("description", answer.Description);
            answer.Extra?.Invoke(writer);
            writer.WriteEndObject();
        }

        using JsonDocument document = JsonDocument.Parse(body.WrittenMemory);
        Expect.Same(answer.ErrorCode, document.RootElement.GetProperty("errorCode").GetString(), "error code of the answer");
    }

    private static void Command(ReadOnlySpan<byte> json)
    {
        CommandBody? body;
        try
        {
            body = JsonSerializer.Deserialize(json, RemoteJson.Default.CommandBody);
        }
        catch (JsonException)
        {
            return;
        }

        Dictionary<string, string> values = [];
        foreach ((string name, string? value) in body?.Parameters ?? [])
        {
            values[name] = value ?? "";
        }

        if (PlatformCommand.TryCreate(body?.Name ?? "", values, out PlatformCommand? command, out _)
            && command.Definition.Request is not null && !FreeTexts.Contains(command.Definition.Name))
        {
            ReceivedCommand received = CommandParser.Parse(CommandJson.Write(command, session: 1, timeStamp: 1));
            Expect.Holds(received.IsAccepted, $"a device refuses {command}: {received.Refusal?.Message}");
        }
    }
}
