using System.CommandLine;
using System.Globalization;
using Andmu.Pipeline.Cli.Loading;

namespace Andmu.Pipeline.Cli.Options;

/// <summary>How many cameras a load has, what each sends, and who they are.</summary>
internal sealed class LoadOptions
{
    private const int LastFreeDevice = 0x100_0000; // half of a MAC address is the device's number

    private readonly Option<int> _devices = Whole("--devices", "How many cameras.", 1, 10_000, 10);
    private readonly Option<int> _fps = Whole("--fps", "Pictures a second of each.", 1, 60, 25);
    private readonly Option<int> _kbps = Whole("--kbps", "Bit rate of each in kbit/s, on average.", 100, 50_000, 2000);
    private readonly Option<TimeSpan?> _seconds = Seconds("--seconds", "For how long to measure, once all send; they start one by one within 2 s. [default: 10]", 1, 86400);
    private readonly Option<TimeSpan?> _buffer = Seconds("--buffer", "What each camera's buffer holds; what the network does not take within it is lost. [default: 4]", 1, 60);
    private readonly Option<TimeSpan?> _connect = Seconds("--connect-timeout", "How long to wait for all of them to be online. [default: 60]", 1, 3600);

    private readonly Option<double?> _tolerate = new("--tolerate")
    {
        Description = "Exit code 0 also when so many of the pictures were lost, in percent. [default: none]",
        HelpName = "PERCENT",
        CustomParser = OptionValues.Number(0, 100),
    };

    private readonly Option<HedgwEndpoint?> _gateway = new("--gateway")
    {
        Description = "Where they log in.",
        HelpName = "HOST:PORT",
        CustomParser = OptionValues.Endpoint,
        Required = true,
    };

    private readonly TrustOptions _trust = new();
    private readonly VendorOptions _vendor = new();
    private readonly SecretOption _deviceToken = new("--device-token", "From a registration; all use the same.", "ANDMU_DEVICE_TOKEN", Samples.DeviceToken);

    public void AddTo(Command verb)
    {
        verb.Options.Add(_devices);
        verb.Options.Add(_fps);
        verb.Options.Add(_kbps);
        verb.Options.Add(_seconds);
        verb.Options.Add(_buffer);
        verb.Options.Add(_connect);
        verb.Options.Add(_tolerate);
        verb.Options.Add(_gateway);
        _trust.AddTo(verb);
        _vendor.AddTo(verb);
        verb.Options.Add(_deviceToken.Option);
    }

    public LoadSettings Read(ParseResult parsed, Terminal terminal)
    {
        string accessKey = _vendor.AccessKey(parsed);
        string accessSecret = _vendor.AccessSecret(parsed, terminal);
        string token = _deviceToken.Read(parsed, terminal);
        return new LoadSettings
        {
            Devices = parsed.GetValue(_devices),
            FramesPerSecond = parsed.GetValue(_fps),
            KilobitsPerSecond = parsed.GetValue(_kbps),
            Duration = parsed.GetValue(_seconds) ?? TimeSpan.FromSeconds(10),
            BufferLength = parsed.GetValue(_buffer) ?? TimeSpan.FromSeconds(4),
            ConnectLimit = parsed.GetValue(_connect) ?? TimeSpan.FromSeconds(60),
            ToleratedLoss = parsed.GetValue(_tolerate) ?? 0,
            Gateway = parsed.GetRequiredValue(_gateway)!.Value,
            Connector = _trust.CreateConnector(parsed),
            Credentials = number => new DeviceCredentials
            {
                AccessKey = accessKey,
                AccessSecret = accessSecret,
                UserName = Samples.UserMobile,
                DeviceToken = token,
                UnifiedId = string.Create(CultureInfo.InvariantCulture, $"{Samples.UnifiedId}{number}"),
                DeviceMac = string.Create(CultureInfo.InvariantCulture, $"2059a0{number % LastFreeDevice:x6}"),
            },
        };
    }

    private static Option<int> Whole(string name, string description, int minimum, int maximum, int value) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = OptionValues.Whole(minimum, maximum),
        DefaultValueFactory = _ => value,
    };

    private static Option<TimeSpan?> Seconds(string name, string description, double minimum, double maximum) => new(name)
    {
        Description = description,
        HelpName = "SECONDS",
        CustomParser = OptionValues.Seconds(minimum, maximum),
    };
}
