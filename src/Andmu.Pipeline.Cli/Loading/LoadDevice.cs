using System.Numerics;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Session;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Cli.Loading;

/// <summary>One camera of a load: an uplink, and its place in the stream that all play. <see cref="WriteNext"/> belongs to the pacer's thread.</summary>
internal sealed class LoadDevice : IAsyncDisposable
{
    private readonly SyntheticStream _stream;
    private readonly MediaBuffer _buffer;
    private readonly MediaTrack _video;
    private readonly UplinkSession _session;
    private readonly TimeSpan _period;
    private readonly TaskCompletionSource _attempted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _written;

    public LoadDevice(LoadSettings settings, int number, SyntheticStream stream, TimeProvider time, ILogger logger)
    {
        _stream = stream;
        _period = TimeSpan.FromSeconds(1.0 / settings.FramesPerSecond);
        _buffer = new MediaBuffer(settings.Buffer(), time);
        _video = MediaTrack.AddVideo(_buffer, VideoCodec.H264);
        var options = new UplinkOptions { Credentials = settings.Credentials(number) };
        _session = new UplinkSession(options, _buffer, settings.Connector, new FixedEndpoints(settings.Gateway), logger: logger);
        _session.StateChanged += OnStateChanged;
    }

    public UplinkStatistics Statistics => _session.Statistics;

    public DropLedger Drops => _buffer.Drops;

    public bool IsOnline => _session.State == UplinkState.Online;

    /// <summary>Pictures that its encoder has made.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>What stood in the way the last time that it was not online; null if nothing ever did.</summary>
    public UplinkFault? LastFault { get; private set; }

    /// <summary>Bytes of its buffer that have been in use: ring and index, each as far as it has been filled.</summary>
    public long BufferBytes
    {
        get
        {
            MediaBufferOptions options = _buffer.Options;
            MediaTotals written = _buffer.Written;
            long index = BufferBudget.BytesOfBuffer(options) - options.CapacityBytes;
            long entry = index / BitOperations.RoundUpToPowerOf2((uint)options.MaxEntries);
            return Math.Min(options.CapacityBytes, written.Bytes) + Math.Min(index, (written.Packages + written.Gops) * entry);
        }
    }

    /// <summary>Sets it going; completes when it is online, or has failed for the first time.</summary>
    public Task StartAsync()
    {
        _session.Start();
        return _attempted.Task;
    }

    /// <summary>The next picture, as an encoder gives it.</summary>
    public void WriteNext()
    {
        byte[][] pictures = _stream.AccessUnits;
        _video.TryWrite(pictures[_written % pictures.Length], _period * _written);
        Volatile.Write(ref _written, _written + 1);
    }

    public Task StopAsync() => _session.StopAsync();

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private void OnStateChanged(UplinkStateChange change)
    {
        LastFault = change.Fault ?? LastFault;
        if (change.State is UplinkState.Online or UplinkState.Waiting or UplinkState.Ended)
        {
            _attempted.TrySetResult();
        }
    }
}
