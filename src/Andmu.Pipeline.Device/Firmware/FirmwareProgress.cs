using System.Globalization;

namespace Andmu.Pipeline.Device.Firmware;

/// <summary>How far an upgrade has come: what a progress message says (specification 5.2.11.2).</summary>
public sealed record FirmwareProgress
{
    /// <summary>Longest <see cref="Comment"/> in characters (specification 5.2.11.2).</summary>
    public const int MaxCommentLength = 2048;

    /// <summary>The <c>msgSession</c> of the command.</summary>
    public required long Session { get; init; }

    /// <summary>What is being replaced.</summary>
    public required FirmwareServiceType ServiceType { get; init; }

    /// <summary>The new version of the firmware; the running one when it is the camera application that is replaced.</summary>
    public required string FirmwareVersion { get; init; }

    /// <summary>The new version of the camera application; the running one when it is the firmware that is replaced.</summary>
    public required string CameraAppVersion { get; init; }

    /// <summary>How far.</summary>
    public required FirmwareStage Stage { get; init; }

    /// <summary>Bytes of the package that are there.</summary>
    public long CurrentBytes { get; init; }

    /// <summary>Bytes of the package; 0 while they are not known.</summary>
    public long TotalBytes { get; init; }

    /// <summary>Why it failed, for people; empty otherwise. Cut to <see cref="MaxCommentLength"/>; holds no secret of the command.</summary>
    public string Comment { get; init => field = Cut(value); } = "";

    /// <summary>The progress in one line for people.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Stage switch
    {
        FirmwareStage.Downloading => string.Create(CultureInfo.InvariantCulture, $"{Stage}: {CurrentBytes} of {TotalBytes} bytes"),
        FirmwareStage.DownloadFailed or FirmwareStage.InstallFailed => $"{Stage}: {Comment}",
        _ => $"{Stage}",
    };

    private static string Cut(string comment)
    {
        if (comment.Length <= MaxCommentLength)
        {
            return comment;
        }

        // Half a character beyond the BMP would not be Unicode any more.
        int length = char.IsHighSurrogate(comment[MaxCommentLength - 1]) ? MaxCommentLength - 1 : MaxCommentLength;
        return comment[..length];
    }
}
