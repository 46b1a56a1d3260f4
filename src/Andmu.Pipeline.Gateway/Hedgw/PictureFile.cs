using Andmu.Pipeline.Gateway.Hosting;

namespace Andmu.Pipeline.Gateway.Hedgw;

/// <summary>Pictures that devices send, as files: <c>thumbnails/ID/latest.jpg</c>, <c>panorama/ID/001.jpg</c>.</summary>
internal static class PictureFile
{
    /// <summary>Writes a picture in one step and tells its path; null, and a notice, when it cannot be written.</summary>
    public static string? Save(
        Platform platform, GatewayNoticeKind kind, string deviceId, string directory, string name, ReadOnlyMemory<byte> jpeg)
    {
        try
        {
            string path = Path.Combine(Directory.CreateDirectory(directory).FullName, name);
            string temporary = path + ".new";
            File.WriteAllBytes(temporary, jpeg.Span);
            File.Move(temporary, path, overwrite: true);
            platform.Notices.Post(kind, deviceId, path);
            return path;
        }
        catch (Exception e) when (DataDirectory.IsFileFault(e))
        {
            platform.Notices.Post(GatewayNoticeKind.RecordingProblem, deviceId, $"a picture is not kept: {e.Message}");
            return null;
        }
    }
}
