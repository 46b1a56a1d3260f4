namespace Andmu.Pipeline.Advice;

/// <summary>Measures what a link carries, over the last one or two seconds in which it had no rest.</summary>
/// <remarks>
/// What a link carried while nothing more was to be sent says nothing of what it can. But media comes in real time: with a backlog of B
/// something was waiting all the while since B ago, and the link was busy at least since then. So no one needs to watch the socket.
/// <code>
///   ....idle....|=========busy=========| now
///               now - B        [  at most 2 s  ]   measured
/// </code>
/// The sound has to go in real time as well, so its rate is taken per media time, not per time: while a link carries half of the media,
/// it carries half of the sound too.
/// <para>One thread. Memory is taken once.</para>
/// </remarks>
internal sealed class LinkMeter
{
    private const double Window = 2;          // seconds, as at OBS
    private const double Spacing = 0.1;       // between two points
    private const double Waiting = 0.1;       // seconds: two pictures and more; it also says up to two pictures too little, for they come one by one
    private const double SoundMemory = 0.8;   // of the rate known so far, when a new one comes
    private const int Capacity = 32;          // more than the window at that spacing: the start of the window is always there

    private readonly Point[] _points = new Point[Capacity];
    private int _count;
    private int _next;
    private double _busyFrom;
    private double _soundRate = double.NaN; // bits a second of media; not known yet

    /// <summary>Seconds that were measured; 0 when it is too little to tell.</summary>
    public double Measured { get; private set; }

    /// <summary>Bits a second that the link carried beyond the sound.</summary>
    public double VideoRate { get; private set; }

    /// <summary>By how many seconds the backlog grew meanwhile; negative when it shrank.</summary>
    public double Growth { get; private set; }

    /// <summary>The earliest media time, in the time of the samples, that was sent meanwhile: when it was encoded.</summary>
    public double EncodedFrom { get; private set; }

    /// <summary>Forgets all but the rate of the sound: another connection.</summary>
    public void Restart()
    {
        _count = 0;
        Measured = 0;
    }

    /// <summary>Takes a sample and measures.</summary>
    /// <returns>False when it contradicts the one before: a counter or a clock went back, and the measurement starts anew with it.</returns>
    public bool Add(in SendSample sample)
    {
        var point = new Point(sample.Now.TotalSeconds, sample.BytesDelivered, sample.AudioBytes, Math.Max(0, sample.Backlog.TotalSeconds));
        bool follows = _count == 0 || point.Follows(Back(1));
        if (!follows)
        {
            Restart();
        }

        double waitingSince = point.Time - point.Backlog;
        bool busyStill = _count > 0 && point.Backlog >= Waiting && waitingSince - Waiting <= Back(1).Time;
        _busyFrom = busyStill ? Math.Min(_busyFrom, waitingSince) : waitingSince;
        Append(point);
        HearSound(Back(_count), point);

        // While the loop catches up it may be held back by choice, and what it sends then is the least that the link carries.
        Measure(point, sample.CatchingUp ? double.NegativeInfinity : _busyFrom);
        return follows;
    }

    private void Append(in Point point)
    {
        if (_count >= 2 && Back(1).Time - Back(2).Time < Spacing)
        {
            _next = Index(1);
            _count--;
        }

        _points[_next] = point;
        _next = (_next + 1) % Capacity;
        _count = Math.Min(_count + 1, Capacity);
    }

    private void Measure(in Point now, double notBefore)
    {
        int start = 0;
        for (int back = 2; back <= _count && Back(back).Time >= notBefore; back++)
        {
            if (start > 0 && Back(back).Time < now.Time - Window)
            {
                break; // but a single long batch is measured whole
            }

            start = back;
        }

        Measured = start == 0 ? 0 : now.Time - Back(start).Time;
        if (Measured <= 0)
        {
            Measured = 0;
            return;
        }

        Point from = Back(start);
        Growth = now.Backlog - from.Backlog;
        EncodedFrom = from.Time - from.Backlog;
        double sound = double.IsNaN(_soundRate) ? 0 : _soundRate;
        VideoRate = Math.Max(0, (((double)now.Delivered - from.Delivered) * 8 / Measured) - sound);
    }

    private void HearSound(in Point from, in Point now)
    {
        double media = now.Time - now.Backlog - (from.Time - from.Backlog);
        if (media < Window / 4 || now.Time - from.Time < Window / 4)
        {
            return;
        }

        double rate = ((double)now.Audio - from.Audio) * 8 / media;
        _soundRate = double.IsNaN(_soundRate) ? rate : (_soundRate * SoundMemory) + (rate * (1 - SoundMemory));
    }

    private int Index(int back) => (_next - back + Capacity) % Capacity;

    private Point Back(int back) => _points[Index(back)];

    private readonly record struct Point(double Time, long Delivered, long Audio, double Backlog)
    {
        public bool Follows(in Point earlier) => Time >= earlier.Time && Delivered >= earlier.Delivered && Audio >= earlier.Audio;
    }
}
