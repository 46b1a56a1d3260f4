using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Tests.Support;

/// <summary>A package as a cursor gave it. <paramref name="Number"/> is that of its payload; -1 for parameter sets.</summary>
internal readonly record struct ReadPackage(PackageType Type, int Number, uint SequenceNumber, bool IsRandomAccess, uint StartTime, ulong CaptureTime, byte[] Bytes);

/// <summary>A buffer with tracks, a cursor and an encoder that numbers what it writes, 40 ms apart.</summary>
internal sealed class CameraChannel
{
    public const int FrameMs = 40;

    private readonly VideoCodec _codec;
    private int _number;

    public CameraChannel(
        int capacityBytes = 64 * 1024, int maxEntries = 8192, int maxSeconds = 60, VideoCodec codec = VideoCodec.H264, bool video = true, bool audio = false)
    {
        _codec = codec;
        Buffer = new MediaBuffer(
            new MediaBufferOptions { CapacityBytes = capacityBytes, MaxEntries = maxEntries, MaxDuration = TimeSpan.FromSeconds(maxSeconds) }, Time);
        Video = video ? MediaTrack.AddVideo(Buffer, codec) : null!;
        Audio = audio ? MediaTrack.AddAudio(Buffer) : null!;
        Cursor = new MediaCursor(Buffer, Signal);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public MediaBuffer Buffer { get; }

    public MediaTrack Video { get; }

    public MediaTrack Audio { get; }

    public WakeSignal Signal { get; } = new();

    public MediaCursor Cursor { get; }

    /// <summary>Number of the next access unit.</summary>
    public int Next => _number;

    public TimeSpan Pts => TimeSpan.FromMilliseconds(_number * FrameMs);

    public BufferFill Fill => Buffer.Fill(Cursor);

    public WriteResult Key(int bytes = 100) => Write(_codec == VideoCodec.H264 ? H264.Key(_number, bytes) : H265.Cra(_number, bytes));

    public WriteResult Picture(int bytes = 50) => Write(_codec == VideoCodec.H264 ? H264.Picture(_number, bytes) : H265.Trailing(_number, bytes));

    public WriteResult Disposable(int bytes = 50) => Write(H264.Disposable(_number, bytes));

    public WriteResult Rasl() => Write(H265.Rasl(_number));

    public WriteResult Radl() => Write(H265.Radl(_number));

    public WriteResult Write(byte[] accessUnit)
    {
        WriteResult result = Video.TryWrite(accessUnit, Pts);
        _number++;
        return result;
    }

    public WriteResult Sound(int bytes = 160)
    {
        WriteResult result = Audio.TryWrite(Payload.Make([], _number, bytes), Pts);
        _number++;
        return result;
    }

    public void Gop(int pictures, int keyBytes = 100, int pictureBytes = 50)
    {
        Assert.Equal(WriteResult.Written, Key(keyBytes));
        for (int i = 1; i < pictures; i++)
        {
            Assert.Equal(WriteResult.Written, Picture(pictureBytes));
        }
    }

    /// <summary>Reads one package, if there is one, and checks its payload.</summary>
    public ReadPackage? Read()
    {
        if (!Cursor.TryRead(out MediaEntry entry, out ReadOnlySpan<byte> payload))
        {
            return null;
        }

        ReadPackage package = Describe(entry, Cursor.ToSend(entry, payload));
        Cursor.Advance(entry);
        return package;
    }

    public List<ReadPackage> ReadAll()
    {
        var all = new List<ReadPackage>();
        while (Read() is { } package)
        {
            all.Add(package);
        }

        return all;
    }

    /// <summary>The entries of the pictures and packs that are there to be read.</summary>
    public List<MediaEntry> ReadEntries()
    {
        var all = new List<MediaEntry>();
        while (Cursor.TryRead(out MediaEntry entry, out _))
        {
            if (entry.PackageType != PackageType.ParameterSets)
            {
                all.Add(entry);
            }

            Cursor.Advance(entry);
        }

        return all;
    }

    /// <summary>The numbers of the pictures and packs that are there to be read.</summary>
    public int[] ReadNumbers() => [.. ReadAll().Where(p => p.Type != PackageType.ParameterSets).Select(p => p.Number)];

    public ReadPackage Describe(in MediaEntry entry, ReadOnlySpan<byte> payload)
    {
        int header = entry.PackageType switch
        {
            PackageType.Video => _codec == VideoCodec.H264 ? H264.HeaderBytes : H265.HeaderBytes,
            _ => 0,
        };
        int number = entry.PackageType == PackageType.ParameterSets ? -1 : Payload.Check(payload, header);
        return new ReadPackage(
            entry.PackageType, number, entry.SequenceNumber, entry.IsRandomAccess, entry.StartTime, entry.CaptureTime, payload.ToArray());
    }
}
