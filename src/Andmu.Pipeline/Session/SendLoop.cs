using System.IO.Pipelines;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Transport;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Session;

/// <summary>Takes what is due from the outbox and the buffer and writes it to one connection: one flush a wake-up. Holds no rule.</summary>
/// <remarks>Allocates nothing while it runs: it waits on a reusable signal, and flushes through a pooled builder.</remarks>
internal sealed class SendLoop(IUplinkConnection connection, UploadFeed feed, ControlOutbox outbox, WakeSignal signal, LiveConnection live)
{
    /// <summary>Media written before a flush: enough that one send carries many small packages, little enough that a Pong does not wait long.
    /// One access unit may exceed it; it is never cut.</summary>
    public const int BatchBytes = 256 * 1024;

    /// <summary>The same for a network that does not take what it is given: there a batch takes seconds, and what comes behind it waits for it.</summary>
    private const int SlowBatchBytes = 32 * 1024;

    /// <summary>A flush that takes longer shows a slow network.</summary>
    private static readonly TimeSpan SlowFlush = TimeSpan.FromMilliseconds(100);

    /// <summary>A small batch that waited, and not for long, shows that it is slow no more: 3 MB/s and above.</summary>
    private static readonly TimeSpan FastFlush = TimeSpan.FromMilliseconds(10);

    private volatile bool _stopping;
    private bool _slow;

    /// <summary>Ends <see cref="RunAsync"/> after what is being written.</summary>
    public void Stop()
    {
        _stopping = true;
        signal.Set();
    }

    /// <summary>Runs until <see cref="Stop"/>.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task RunAsync()
    {
        while (!_stopping)
        {
            bool wrote = outbox.WriteTo(connection.Output, live.IsBehindHeld, out uint? ping);
            if (ping is { } id)
            {
                live.OnPingWritten(id);
            }

            wrote |= WriteMedia();
            if (!wrote)
            {
                _slow = false; // the network has taken all there was
                live.OnIdle();
                await signal.WaitAsync();
                continue;
            }

            live.OnFlushing();
            ValueTask<FlushResult> flush = connection.Output.FlushAsync();
            bool blocked = !flush.IsCompleted;
            TimeSpan start = live.Now;
            await flush;
            if (blocked)
            {
                NoteSpeed(live.Now - start);
            }

            live.OnFlushed(blocked);
        }
    }

    /// <summary>A flush that is taken at once says nothing: it went into room that an earlier one has waited for.</summary>
    private void NoteSpeed(TimeSpan took) => _slow = took >= (_slow ? FastFlush : SlowFlush);

    private bool WriteMedia()
    {
        TimeSpan now = live.Now;
        int limit = _slow ? SlowBatchBytes : BatchBytes;
        int written = 0;
        feed.OnBatch(now);
        while (written < limit && feed.TryRead(now, out MediaEntry entry, out ReadOnlySpan<byte> payload, out uint? flag))
        {
            live.OnMediaRead(entry);
            bool keyFrame = entry.IsRandomAccess && entry.PackageType == PackageType.Video;
            var header = new MediaPackageHeader(entry.PackageType, keyFrame, entry.StartTime, entry.SequenceNumber, entry.CaptureTime, flag);
            MediaPackageWriter.Write(connection.Output, header, payload);
            written += payload.Length;
            feed.Advance(entry);
        }

        return written > 0;
    }
}
