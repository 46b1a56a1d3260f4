using System.Globalization;
using Andmu.Pipeline.Device.Firmware;

namespace Andmu.Pipeline.Cli.Camera;

/// <summary>What a simulated camera does with a package of firmware that has arrived: it checks it, and says what it would install.</summary>
/// <param name="say">Gets the lines.</param>
internal sealed class CameraFirmware(Action<string> say)
{
    /// <summary>Whether a package ends as <see cref="FirmwareTrailer"/> says.</summary>
    public async ValueTask<bool> VerifyAsync(FirmwareImage image, CancellationToken cancellationToken)
    {
        await using Stream package = image.OpenRead();
        return await VerifyAsync(package, image.NewVersion, cancellationToken);
    }

    /// <inheritdoc cref="VerifyAsync(FirmwareImage, CancellationToken)"/>
    public async ValueTask<bool> VerifyAsync(Stream package, string version, CancellationToken cancellationToken)
    {
        bool isGood = await FirmwareTrailer.IsGoodAsync(package, cancellationToken);
        say($"firmware: {LineText.Quote(version)} {(isGood ? "is" : "refused, it is not")} a package for this camera");
        return isGood;
    }

    /// <summary>Installs nothing.</summary>
    public ValueTask InstallAsync(FirmwareImage image, CancellationToken cancellationToken)
    {
        Install(image.NewVersion, image.Length);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc cref="InstallAsync"/>
    public void Install(string version, long length) => say(string.Create(
        CultureInfo.InvariantCulture, $"firmware: would install {LineText.Quote(version)}, {length} bytes, and restart"));
}
