using System.Globalization;
using Andmu.Pipeline.Gateway.Hosting;

namespace Andmu.Pipeline.Gateway.Recording;

/// <summary>Creates the files of recordings: <c>recordings/ID/20260102T030405678Z.mp4</c>, never over one that is there.</summary>
internal sealed class RecordingFiles(DataDirectory data)
{
    private const int MaxSameTime = 1000;

    public (string Path, Stream Stream) Create(string deviceId, DateTimeOffset startedAt)
    {
        string directory = Directory.CreateDirectory(data.RecordingDirectory(deviceId)).FullName;
        string name = startedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        for (int i = 1; ; i++)
        {
            string path = Path.Combine(directory, i == 1 ? $"{name}.mp4" : $"{name}-{i}.mp4");
            try
            {
                // Unbuffered: a fragment is written whole, and is then in the file.
                return (path, new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0));
            }
            catch (IOException) when (i < MaxSameTime && File.Exists(path))
            {
                // Two clips of one millisecond, as when a backlog is sent again after a restart.
            }
        }
    }
}
