using System.Globalization;
using Andmu.Pipeline.Control.Messages;

namespace Andmu.Pipeline.Control;

/// <summary>How far an upgrade is (the msg of a DevIpCamCmd of type 1, specification 5.2.11.2).</summary>
/// <param name="Session">The <see cref="ReceivedCommand.Session"/> of the command that asked for it.</param>
/// <param name="Stage">Where it is.</param>
public sealed record FirmwareProgress(string Session, FirmwareStage Stage)
{
    /// <summary>The longest comment, characters (specification 5.2.11.2).</summary>
    public const int MaxCommentLength = 2048;

    private const int ProgressRequest = 2049;

    /// <summary>Version of the new firmware; empty when the upgrade is of something else.</summary>
    public string FirmwareVersion { get; init; } = "";

    /// <summary>Version of the new camera application; empty when the upgrade is of something else.</summary>
    public string CameraAppVersion { get; init; } = "";

    /// <summary>Bytes that have been downloaded.</summary>
    public long DownloadedBytes { get; init; }

    /// <summary>Bytes of the package; 0 while it is not known.</summary>
    public long TotalBytes { get; init; }

    /// <summary>What helps to find out why it failed; cut after <see cref="MaxCommentLength"/>. Must hold no secret.</summary>
    public string Comment { get; init; } = "";

    /// <summary>The message.</summary>
    public string ToJson() => MessageJson.Write(json =>
    {
        json.WritePropertyName("msgSession");
        json.WriteRawValue(Session);
        json.WriteString("msgCategory", "camera");
        json.WriteStartObject("msgContent");
        json.WriteNumber("request", ProgressRequest);
        json.WriteStartObject("requestParams");
        json.WriteString("firmwareversion", FirmwareVersion);
        json.WriteString("cameraappversion", CameraAppVersion);
        json.WriteString("status", ((int)Stage).ToString(CultureInfo.InvariantCulture));
        json.WriteString("currentSize", DownloadedBytes.ToString(CultureInfo.InvariantCulture));
        json.WriteString("totalSize", TotalBytes.ToString(CultureInfo.InvariantCulture));
        json.WriteString("comment", Cut(Comment));
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>Not between the halves of a character beyond the first plane: half of one is no text.</summary>
    private static string Cut(string comment) =>
        comment.Length <= MaxCommentLength ? comment
        : char.IsHighSurrogate(comment[MaxCommentLength - 1]) ? comment[..(MaxCommentLength - 1)]
        : comment[..MaxCommentLength];
}

/// <summary>Where an upgrade is (specification 5.2.11.2).</summary>
public enum FirmwareStage
{
    /// <summary>The download starts.</summary>
    DownloadStarts = 1,

    /// <summary>It is being downloaded.</summary>
    Downloading = 2,

    /// <summary>It is downloaded.</summary>
    Downloaded = 3,

    /// <summary>The download failed.</summary>
    DownloadFailed = 4,

    /// <summary>The installation starts.</summary>
    InstallStarts = 5,

    /// <summary>It is being installed.</summary>
    Installing = 6,

    /// <summary>The new version runs; told after the restart.</summary>
    Installed = 7,

    /// <summary>The installation failed.</summary>
    InstallFailed = 8,
}
