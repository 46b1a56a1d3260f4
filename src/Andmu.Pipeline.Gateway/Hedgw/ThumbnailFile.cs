using Andmu.Pipeline.Gateway.Hosting;

namespace Andmu.Pipeline.Gateway.Hedgw;

/// <summary>The latest thumbnail of each device, as <c>thumbnails/ID/latest.jpg</c>.</summary>
internal static class ThumbnailFile
{
    public static void Save(Platform platform, string deviceId, ReadOnlyMemory<byte> jpeg)
    {
        try
        {
            string directory = Directory.CreateDirectory(platform.Data.ThumbnailDirectory(deviceId)).FullName;
            string path = Path.Combine(directory, "latest.jpg");
            string temporary = path + ".new";
            File.WriteAllBytes(temporary, jpeg.Span);
            File.Move(temporary, path, overwrite: true);
            platform.Notices.Post(GatewayNoticeKind.Thumbnail, deviceId, path);
        }
        catch (Exception e) when (DataDirectory.IsFileFault(e))
        {
            platform.Notices.Post(GatewayNoticeKind.RecordingProblem, deviceId, $"the thumbnail is not kept: {e.Message}");
        }
    }
}
