using System.Globalization;
using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Control.Responses;

namespace Andmu.Pipeline.Control.Reports;

/// <summary>How an upgrade goes: <c>msg</c> of a DevIpCamCmd of type 1 (specification 5.2.11.2).</summary>
/// <param name="Stage">Where it stands.</param>
/// <param name="FirmwareVersion">Version of the new firmware; of the running one when it is the camera app that is replaced.</param>
/// <param name="CameraAppVersion">Version of the new camera app; of the running one when it is the firmware that is replaced.</param>
/// <param name="CurrentBytes">What has been downloaded.</param>
/// <param name="TotalBytes">What there is to download; 0 while it is not known.</param>
/// <param name="Comment">After a failure, what helps people to find its cause; cut to <see cref="MaxCommentLength"/>.</param>
public sealed record FirmwareProgress(
    FirmwareStage Stage, string FirmwareVersion, string CameraAppVersion, long CurrentBytes, long TotalBytes, string Comment = "")
{
    /// <summary>Longest comment in characters (UTF-16).</summary>
    public const int MaxCommentLength = 2048;

    /// <summary>After a failure, what helps people to find its cause; cut to <see cref="MaxCommentLength"/>, between characters.</summary>
    public string Comment { get; init => field = Cut(value); } = Cut(Comment);

    /// <summary>The message. The example is torn, and has no sequence and no time; its sizes and its status are texts.</summary>
    /// <param name="session">Session of the command that asked for the upgrade.</param>
    /// <returns>JSON.</returns>
    /// <exception cref="InvalidOperationException"><see cref="Stage"/> is not one of the eight.</exception>
    public string ToJson(MessageSession session)
    {
        if (Stage is < FirmwareStage.DownloadStarted or > FirmwareStage.InstallFailed)
        {
            throw new InvalidOperationException($"{Stage} is no stage that can be reported.");
        }

        return JsonMessage.Write(writer =>
        {
            session.Write(writer);
            writer.WriteString("msgCategory", "camera");
            writer.WriteStartObject("msgContent");
            writer.WriteNumber("request", 2049);
            writer.WriteStartObject("requestParams");
            writer.WriteString("firmwareversion", FirmwareVersion);
            writer.WriteString("cameraappversion", CameraAppVersion);
            writer.WriteString("status", Text((long)Stage));
            writer.WriteString("currentSize", Text(CurrentBytes));
            writer.WriteString("totalSize", Text(TotalBytes));
            writer.WriteString("comment", Comment);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Cut(string comment)
    {
        if (comment.Length <= MaxCommentLength)
        {
            return comment;
        }

        bool isPairCut = char.IsSurrogatePair(comment[MaxCommentLength - 1], comment[MaxCommentLength]);
        return comment[..(isPairCut ? MaxCommentLength - 1 : MaxCommentLength)];
    }
}
