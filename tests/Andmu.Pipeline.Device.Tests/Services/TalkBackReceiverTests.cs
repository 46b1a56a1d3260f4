using System.Buffers;
using Andmu.Pipeline.Control.TalkBack;
using Andmu.Pipeline.Device.Services;
using Andmu.Pipeline.Device.Tests.Doubles;
using Andmu.Pipeline.Media.Audio;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Tests.Services;

public sealed class TalkBackReceiverTests : IDisposable
{
    private static readonly byte[] Audio = [0xD5, 0x55, 0x2A, 0xAA];

    private readonly VirtualTime _time = new();
    private readonly RecordingLoggers _log = new();
    private readonly Queue<IThreadPoolWorkItem> _scheduled = new();
    private readonly List<(byte[] ALaw, short[] Samples, bool IsFirst, int Missing)> _heard = [];
    private TalkBackReceiver _receiver;
    private int _ends;
    private Action? _onFrame;

    public TalkBackReceiverTests() => _receiver = Make(new TalkBackOptions());

    public void Dispose() => _receiver.Dispose();

    [Fact]
    public void Add_Raw_GivesTheHostSamples()
    {
        Add(Audio, 1);
        Add(Audio, 2);
        Run();

        short[] samples = [.. Audio.Select(ALaw.Decode)];
        Assert.Equal(2, _heard.Count);
        Assert.All(_heard, frame => Assert.Equal(samples, frame.Samples));
        Assert.Equal([true, false], _heard.Select(static frame => frame.IsFirst));
    }

    [Fact]
    public void Add_ALawWanted_GivesItAsItCame()
    {
        Use(new TalkBackOptions { Format = TalkBackFormat.ALaw });
        Add(Audio, 1);
        Run();

        Assert.Equal(Audio, Assert.Single(_heard).ALaw);
        Assert.Empty(_heard[0].Samples);
    }

    [Fact]
    public void Add_Rtp_StripsTheHeaderAndPutsInOrder()
    {
        foreach (int sequence in new[] { 10, 12, 11, 13, 13, 16, 17, 18, 19, 20 })
        {
            Add(RtpPacket.Of(sequence, [(byte)sequence], sources: 1, extension: 2), 0);
        }

        Run();

        Assert.Equal([10, 11, 12, 13, 16, 17, 18, 19, 20], _heard.Select(static frame => (int)frame.ALaw[0]));
        Assert.Equal([0, 0, 0, 0, 2, 0, 0, 0, 0], _heard.Select(static frame => frame.Missing));
    }

    [Fact]
    public void Add_RtpNumbersBeginAnew_GoesOn()
    {
        foreach (int sequence in new[] { 40_000, 40_001, 5, 6, 7 })
        {
            Add(RtpPacket.Of(sequence, [(byte)sequence]), 0);
        }

        Run();

        Assert.Equal([40_000 & 0xFF, 40_001 & 0xFF, 6, 7], _heard.Select(static frame => (int)frame.ALaw[0]));
    }

    [Fact]
    public void Add_BareAudioThatBeginsAsRtpDoes_IsHeardWholeFromTheSecondPackOn()
    {
        byte[] lookalike = RtpPacket.Of(1, Audio);
        Add(lookalike, 1);
        Add(Audio, 2);
        Add(lookalike, 3);
        Run();

        Assert.Equal([Audio, Audio, lookalike], _heard.Select(static frame => frame.ALaw));
    }

    [Fact]
    public void Add_TwoLookalikesThatDoNotCount_AreBareAudio()
    {
        byte[] second = RtpPacket.Of(1000, Audio);
        Add(RtpPacket.Of(1, Audio), 1);
        Add(second, 2);
        Run();

        Assert.Equal(second, _heard[1].ALaw);
    }

    [Fact]
    public void Add_RawForced_LeavesTheHeaderIn()
    {
        Use(new TalkBackOptions { Framing = TalkBackFraming.Raw });
        byte[] packet = RtpPacket.Of(1, Audio);
        Add(packet, 1);
        Add(packet, 2);
        Run();

        Assert.All(_heard, frame => Assert.Equal(packet, frame.ALaw));
    }

    [Fact]
    public void Add_RtpForced_HearsNothingElse()
    {
        Use(new TalkBackOptions { Framing = TalkBackFraming.Rtp });
        Add(Audio, 1);
        Add(RtpPacket.Of(1, Audio), 2);
        Add(RtpPacket.Of(2, Audio, payloadType: 96), 3);
        Run();

        Assert.Equal(Audio, Assert.Single(_heard).ALaw);
    }

    [Fact]
    public void Add_RawNumbers_SayWhatIsMissingIfTheyCount()
    {
        foreach (uint sequence in new uint[] { uint.MaxValue, 0, 3, 3, 3, 900_000 })
        {
            Add(Audio, sequence);
        }

        Run();

        Assert.Equal([0, 0, 2, 0, 0, 0], _heard.Select(static frame => frame.Missing));
    }

    [Fact]
    public void Silence_OfTwoSeconds_EndsTheTalkAndGivesWhatIsHeld()
    {
        Add(RtpPacket.Of(1, Audio), 0);
        Add(RtpPacket.Of(3, Audio), 0);
        Run();
        Assert.Single(_heard);
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Run();
        Assert.Equal(0, _ends);

        _time.Advance(TimeSpan.FromSeconds(0.1));
        Run();
        Assert.Equal((1, 2), (_ends, _heard.Count));
        Assert.Equal(1, _heard[1].Missing);

        Add(Audio, 7); // the next talk, and bare
        Run();
        Assert.True(_heard[2].IsFirst);
        Assert.Equal(Audio, _heard[2].ALaw);
        _time.Advance(TimeSpan.FromSeconds(60));
        Run();
        Assert.Equal(2, _ends);
    }

    [Fact]
    public void Silence_Shorter_IsPartOfTheTalk()
    {
        for (uint i = 0; i < 10; i++)
        {
            Add(Audio, i);
            _time.Advance(TimeSpan.FromSeconds(1.5));
            Run();
        }

        Assert.Equal(0, _ends);
        Assert.Single(_heard, static frame => frame.IsFirst);
    }

    [Fact]
    public void Add_Flood_LosesTheOldestAndCountsThem()
    {
        for (uint i = 0; i < 10_000; i++)
        {
            Add([(byte)i, (byte)(i >> 8)], i);
        }

        Assert.Single(_scheduled);
        Run();

        Assert.Equal(TalkBackQueue.Capacity, _heard.Count);
        Assert.Equal(10_000 - TalkBackQueue.Capacity, _receiver.Lost);
        Assert.Equal(9_999, BitConverter.ToUInt16(_heard[^1].ALaw));
    }

    [Fact]
    public void Add_EmptyOrTooLong_IsRefused()
    {
        Add([], 1);
        Add(new byte[TalkBackReceiver.MaxPackBytes + 1], 2);
        Add(new byte[TalkBackReceiver.MaxPackBytes], 3);
        Run();

        Assert.Equal(2, _receiver.Refused);
        Assert.Equal(TalkBackReceiver.MaxPackBytes, Assert.Single(_heard).Samples.Length);
    }

    [Fact]
    public void Add_Garbage_IsNeverAnError()
    {
        var random = new Random(4);
        foreach (TalkBackFraming framing in Enum.GetValues<TalkBackFraming>())
        {
            Use(new TalkBackOptions { Framing = framing });
            for (uint i = 0; i < 20_000; i++)
            {
                byte[] pack = new byte[random.Next(0, 40)];
                random.NextBytes(pack);
                if (pack.Length > 12 && random.Next(2) == 0)
                {
                    pack[0] = (byte)(0x80 | (pack[0] & 0x3F));
                    pack[1] = 8;
                    pack.AsSpan(8, 4).Clear();
                }

                Add(pack, (uint)random.NextInt64());
                Run();
                if (random.Next(50) == 0)
                {
                    _time.Advance(TimeSpan.FromSeconds(2));
                }
            }
        }

        Assert.NotEmpty(_heard);
        Assert.DoesNotContain(_log.Lines, static line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public void Handler_Fails_IsLoggedOnceATalkWhichGoesOn()
    {
        _onFrame = static () => throw new InvalidOperationException("no loudspeaker");
        for (uint i = 0; i < 5; i++)
        {
            Add(Audio, i);
        }

        Run();

        Assert.Equal(5, _heard.Count);
        Assert.Single(_log.Lines, static line => line.Level == LogLevel.Error);
    }

    [Fact]
    public void Handler_PackComesMeanwhile_IsCalledAfterItAndNotAtOnce()
    {
        _onFrame = () =>
        {
            if (_heard.Count == 1)
            {
                Add(Audio, 2);
                Assert.Empty(_scheduled);
                Assert.Single(_heard);
            }
        };
        Add(Audio, 1);
        Run();

        Assert.Equal(2, _heard.Count);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void Dispose_PacksWait_GivesNoneOfThem()
    {
        Add(Audio, 1);
        _receiver.Dispose();
        Run();
        Add(Audio, 2);

        Assert.Empty(_heard);
        Assert.Empty(_scheduled);
    }

    [Fact]
    public async Task Add_OnTheThreadPool_GivesAllInOrder()
    {
        var heard = new List<ushort>();
        var signal = new Signal();
        using var receiver = new TalkBackReceiver(
            new TalkBackOptions { Framing = TalkBackFraming.Raw }, frame =>
            {
                lock (heard)
                {
                    heard.Add(BitConverter.ToUInt16(frame.ALaw));
                }

                signal.Set();
            },
            ended: null, _time, _log);
        for (int i = 0; i < 1000; i++)
        {
            receiver.Add(new ReadOnlySequence<byte>(BitConverter.GetBytes((ushort)i)), (uint)i);
            await signal.WhenAsync(() => heard.Count + 32 > i); // no further ahead than the queue is deep
        }

        await signal.WhenAsync(() => heard.Count == 1000);
        Assert.Equal(Enumerable.Range(0, 1000), heard.Select(static number => (int)number));
    }

    private TalkBackReceiver Make(TalkBackOptions options) => new(
        options, frame =>
        {
            _heard.Add((frame.ALaw.ToArray(), frame.Samples.ToArray(), frame.IsFirst, frame.Missing));
            _onFrame?.Invoke();
        },
        () => _ends++, _time, _log, _scheduled.Enqueue);

    private void Use(TalkBackOptions options)
    {
        _receiver.Dispose();
        _receiver = Make(options);
    }

    private void Add(byte[] pack, uint sequence) => _receiver.Add(new ReadOnlySequence<byte>(pack), sequence);

    private void Run()
    {
        while (_scheduled.TryDequeue(out IThreadPoolWorkItem? item))
        {
            item.Execute();
        }
    }
}
