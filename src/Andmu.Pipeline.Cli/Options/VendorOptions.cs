using System.CommandLine;

namespace Andmu.Pipeline.Cli.Options;

/// <summary>The vendor's key and secret, on both sides of the wire.</summary>
internal sealed class VendorOptions
{
    private readonly Option<string> _accessKey = new("--access-key")
    {
        Description = "The vendor's access key.",
        HelpName = "KEY",
        DefaultValueFactory = _ => Samples.AccessKey,
    };

    private readonly SecretOption _accessSecret =
        new("--access-secret", "The vendor's access secret.", "ANDMU_ACCESS_SECRET", Samples.AccessSecret);

    public void AddTo(Command verb)
    {
        verb.Options.Add(_accessKey);
        verb.Options.Add(_accessSecret.Option);
    }

    public string AccessKey(ParseResult parsed) => parsed.GetRequiredValue(_accessKey);

    public string AccessSecret(ParseResult parsed, Terminal terminal) => _accessSecret.Read(parsed, terminal);
}
