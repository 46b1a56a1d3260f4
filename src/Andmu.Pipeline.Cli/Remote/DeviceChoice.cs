using System.Text.Json;

namespace Andmu.Pipeline.Cli.Remote;

/// <summary>Which device is meant: the one that was named, or the only one that there is.</summary>
internal static class DeviceChoice
{
    /// <exception cref="CliException">None was named and there is not just one.</exception>
    public static async Task<string> FindAsync(GatewayClient gateway, string? named, CancellationToken cancellationToken)
    {
        if (named is not null)
        {
            return named;
        }

        using JsonDocument document = await gateway.DevicesAsync(cancellationToken);
        string[] ids = [.. document.RootElement.GetProperty("devices").EnumerateArray().Select(static device => device.GetProperty("id").GetString()!).Distinct()];
        return ids switch
        {
            [var only] => only,
            [] => throw new CliException(ExitCode.Failure, "No device is logged in."),
            _ => throw new CliException(ExitCode.Usage, $"Several devices are logged in. Name one with --device: {string.Join(", ", ids)}."),
        };
    }
}
