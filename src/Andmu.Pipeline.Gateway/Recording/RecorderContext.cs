using Microsoft.IO;

namespace Andmu.Pipeline.Gateway.Recording;

/// <summary>Creates the file of a recording that starts at a time.</summary>
internal delegate (string Path, Stream Stream) CreateRecordingFile(string deviceId, DateTimeOffset startedAt);

/// <summary>What all recorders of a gateway share.</summary>
internal sealed record RecorderContext(CreateRecordingFile CreateFile, NoticeBoard Notices, RecordingList List, TimeProvider Time)
{
    /// <summary>Buffers of fragments; what is free beyond 64 MiB goes back to the system.</summary>
    public RecyclableMemoryStreamManager Memory { get; } = new(new RecyclableMemoryStreamManager.Options
    {
        BlockSize = 64 * 1024,
        MaximumSmallPoolFreeBytes = 64 * 1024 * 1024,
    });
}
