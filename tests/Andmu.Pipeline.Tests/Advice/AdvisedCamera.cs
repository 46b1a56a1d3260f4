using Andmu.Pipeline.Advice;

namespace Andmu.Pipeline.Tests.Advice;

/// <summary>A simulated camera that does what the advisor says, at the next picture, and a record of it.</summary>
internal sealed class AdvisedCamera
{
    private int _direction;

    public AdvisedCamera(Func<double, double> linkBitrate, EncoderAdviceOptions? options = null, double gopSeconds = 2, double noise = 0.1, int seed = 1, bool timed = false)
    {
        options ??= new EncoderAdviceOptions();
        Advisor = new BitrateAdvisor(options, TimeSpan.Zero);
        Uplink = new SimulatedUplink(linkBitrate)
        {
            Bitrate = Advisor.Current,
            GopSeconds = gopSeconds,
            SceneNoise = noise,
            Seed = seed,
            BeforeBatch = Ask,
            WhileBlocked = timed ? Ask : null,
            Ticked = u => LongestBacklog = u.Backlog > LongestBacklog ? u.Backlog : LongestBacklog,
        };
    }

    public SimulatedUplink Uplink { get; }

    public BitrateAdvisor Advisor { get; }

    /// <summary>Every advice, with its second.</summary>
    public List<(double Second, int Bitrate)> Advice { get; } = [];

    public int Decreases { get; private set; }

    /// <summary>How often up followed down or down up.</summary>
    public int Turns { get; private set; }

    public TimeSpan LongestBacklog { get; set; }

    /// <summary>The cursor was set back, until the backlog is gone.</summary>
    public bool CatchingUp { get; private set; }

    public void Reconnect()
    {
        Uplink.Reconnect();
        Advisor.OnReconnect(Uplink.Now);
        CatchingUp = true;
    }

    /// <summary>Seconds of media that are not sent yet.</summary>
    public double Backlog => Uplink.Backlog.TotalSeconds;

    public void Run(double seconds) => Uplink.Run(TimeSpan.FromSeconds(seconds));

    public override string ToString() =>
        $"longest backlog {LongestBacklog.TotalSeconds:0.00} s, {Turns} turns; " + string.Join(' ', Advice.Select(a => $"{a.Second:0.0}s:{a.Bitrate / 1000}"));

    private void Ask(SimulatedUplink uplink)
    {
        CatchingUp &= uplink.Backlog > TimeSpan.FromMilliseconds(200);
        int before = Advisor.Current;
        if (Advisor.OnSample(new SendSample(uplink.Now, uplink.BytesDelivered, uplink.AudioBytes, uplink.Backlog, CatchingUp)) is not { } advice)
        {
            return;
        }

        Assert.Equal(Advisor.Current, advice);
        Assert.True(Math.Abs(advice - before) >= 0.05 * before);
        int direction = Math.Sign(advice - before);
        Turns += _direction != 0 && direction != _direction ? 1 : 0;
        Decreases += direction < 0 ? 1 : 0;
        _direction = direction;
        uplink.Bitrate = advice;
        Advice.Add((uplink.Seconds, advice));
    }
}
