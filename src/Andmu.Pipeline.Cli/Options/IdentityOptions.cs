using System.CommandLine;
using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Cli.Options;

/// <summary>Which device of which vendor and user a simulated camera is. The defaults are the specification's samples.</summary>
internal sealed class IdentityOptions
{
    private readonly VendorOptions _vendor = new();
    private readonly Option<string> _user = Text("--user", "USER", "The user's mobile number.", Samples.UserMobile);
    private readonly Option<string> _deviceId = Text("--device-id", "ID", "The device's serial number, 15 digits.", Samples.DeviceId);
    private readonly Option<string> _mac = Text("--mac", "MAC", "The device's MAC address, 12 hexadecimal digits.", Samples.DeviceMac);
    private readonly Option<string> _model = Text("--model", "MODEL", "The device's model id.", Samples.DeviceModelId);
    private readonly Option<string> _unifiedId = Text("--unified-id", "ID", "From the registration; with --gateway.", Samples.UnifiedId);

    private readonly SecretOption _deviceToken =
        new("--device-token", "From the registration; with --gateway.", "ANDMU_DEVICE_TOKEN", Samples.DeviceToken);

    private readonly SecretOption _userToken =
        new("--user-token", "To register with; with --openapi.", "ANDMU_USER_TOKEN", Samples.UserToken);

    public IdentityOptions()
    {
        _deviceId.Validators.Add(OptionValues.Require(
            static text => text.Length == 15 && text.All(char.IsAsciiDigit), "use 15 digits"));
        _mac.Validators.Add(OptionValues.Require(
            static text => text.Length == 12 && text.All(char.IsAsciiHexDigit), "use 12 hexadecimal digits without separators"));
    }

    public void AddTo(Command verb)
    {
        _vendor.AddTo(verb);
        verb.Options.Add(_user);
        verb.Options.Add(_deviceId);
        verb.Options.Add(_mac);
        verb.Options.Add(_model);
        verb.Options.Add(_deviceToken.Option);
        verb.Options.Add(_unifiedId);
        verb.Options.Add(_userToken.Option);
    }

    public DeviceCredentials Credentials(ParseResult parsed, Terminal terminal) => new()
    {
        AccessKey = _vendor.AccessKey(parsed),
        AccessSecret = _vendor.AccessSecret(parsed, terminal),
        UserName = parsed.GetRequiredValue(_user),
        DeviceToken = _deviceToken.Read(parsed, terminal),
        UnifiedId = parsed.GetRequiredValue(_unifiedId),
        DeviceMac = parsed.GetRequiredValue(_mac),
    };

    public OpenApiOptions OpenApi(ParseResult parsed, Terminal terminal, Uri endpoint) => new()
    {
        Endpoint = endpoint,
        AccessKey = _vendor.AccessKey(parsed),
        AccessSecret = _vendor.AccessSecret(parsed, terminal),
        DeviceId = parsed.GetRequiredValue(_deviceId),
        DeviceMacAddress = parsed.GetRequiredValue(_mac),
    };

    public string User(ParseResult parsed) => parsed.GetRequiredValue(_user);

    public string UserToken(ParseResult parsed, Terminal terminal) => _userToken.Read(parsed, terminal);

    public string Model(ParseResult parsed) => parsed.GetRequiredValue(_model);

    private static Option<string> Text(string name, string helpName, string description, string sample) => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => sample,
    };
}
