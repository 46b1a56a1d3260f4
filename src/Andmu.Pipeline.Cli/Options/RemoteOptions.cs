using System.CommandLine;
using Andmu.Pipeline.Cli.Remote;

namespace Andmu.Pipeline.Cli.Options;

/// <summary>The options of every verb that talks to a running gateway.</summary>
internal sealed class RemoteOptions
{
    private readonly Option<string> _data = new("--data")
    {
        Description = "The data directory of the gateway that runs.",
        HelpName = "DIR",
        DefaultValueFactory = static _ => "andmu-gateway",
    };

    private readonly Option<string?> _device = new("--device") { Description = "The device's 15 digits.", HelpName = "ID" };

    private readonly Option<bool> _json = new("--json") { Description = "JSON, an object a line." };

    public RemoteOptions() => _device.Validators.Add(OptionValues.Require(
        static id => id.Length == 15 && id.All(char.IsAsciiDigit), "use 15 digits, as 'andmu devices' shows them"));

    public void AddTo(Command verb, bool withDevice)
    {
        verb.Options.Add(_data);
        verb.Options.Add(_json);
        if (withDevice)
        {
            verb.Options.Add(_device);
        }
    }

    /// <exception cref="CliException">No gateway runs there.</exception>
    public GatewayClient Open(ParseResult parsed) => GatewayClient.Open(parsed.GetRequiredValue(_data));

    public string? Device(ParseResult parsed) => parsed.GetValue(_device);

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);
}
