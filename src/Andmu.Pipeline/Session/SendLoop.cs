using System.IO.Pipelines;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Messages;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Transport;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Session;

/// <summary>Takes what is due from the outbox and the buffer and writes it to one connection: one flush a wake-up. Holds no rule.</summary>
/// <remarks>Allocates nothing while it runs: it waits on a reusable signal, and flushes through a pooled builder.</remarks>
internal sealed class SendLoop(IUplinkConnection connection, UploadFeed feed, ControlOutbox outbox, WakeSignal signal, LiveConnection live)
{
    private volatile bool _stopping;
    private BatchSize _batch;

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
                _batch.OnIdle();
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
                _batch.OnBlocked(live.Now - start);
            }

            live.OnFlushed(blocked);
        }
    }

    private bool WriteMedia()
    {
        TimeSpan now = live.Now;
        int limit = _batch.Bytes;
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
