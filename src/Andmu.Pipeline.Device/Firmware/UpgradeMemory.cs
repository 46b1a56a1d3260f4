using Andmu.Pipeline.Control.Reports;
using Andmu.Pipeline.Device.Diagnostics;
using Andmu.Pipeline.Device.State;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Firmware;

/// <summary>Keeps over a restart which upgrade was under way. Without a folder it keeps nothing. One thread at a time.</summary>
/// <remarks>Nothing here throws for what a disk does: a device that cannot keep it still upgrades, and then does not say how it went.</remarks>
internal sealed class UpgradeMemory
{
    private readonly StateFile<KeptUpgrade>? _file;
    private readonly ILogger _logger;

    public UpgradeMemory(string? directory, ILogger logger)
    {
        _logger = logger;
        if (directory is not null)
        {
            directory = Path.GetFullPath(directory);
            _file = new StateFile<KeptUpgrade>(Path.Combine(directory, "upgrade.json"), StateJson.Upgrade);
            Try(() => PrivateFolder.Create(directory));
        }
    }

    public KeptUpgrade? Load()
    {
        try
        {
            return _file?.Read() switch
            {
                null => null,
                { IsUsable: true } kept => kept,
                _ => throw new FormatException("A value is none that is written."),
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            Log.UpgradeNotRead(_logger, error.Message);
            return null;
        }
    }

    public void Keep(FirmwareRequest request, FirmwareStage stage) =>
        Try(() => _file?.Write(new KeptUpgrade(request.Session.RawJson, request.Kind, request.NewVersion, stage)));

    public void Forget() => Try(() => _file?.Delete());

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.UpgradeNotWritten(_logger, error.Message);
        }
    }
}
