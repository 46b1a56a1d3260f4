using Andmu.Pipeline.Gateway.Recording.Flac;
using Andmu.Pipeline.Gateway.Tests.Support;
using Andmu.Pipeline.Media.Audio;

namespace Andmu.Pipeline.Gateway.Tests.Recording;

public sealed class FlacEncoderTests
{
    public static TheoryData<string> Signals => ["silence", "constant", "sine", "noise", "extremes", "alaw", "impulse", "ramp", "short", "one"];

    [Theory]
    [MemberData(nameof(Signals))]
    public void Encode_AnySignal_DecodesToTheSameSamples(string signal)
    {
        using var directory = new TemporaryDirectory();
        short[] pcm = Make(signal);
        string path = directory.File("x.flac");
        WriteFlac(path, pcm);

        string decoded = directory.File("x.pcm");
        Ffmpeg.Run("-xerror", "-err_detect", "crccheck+bitstream+buffer+explode", "-i", path, "-f", "s16le", decoded);

        byte[] bytes = File.ReadAllBytes(decoded);
        short[] samples = new short[bytes.Length / 2];
        Buffer.BlockCopy(bytes, 0, samples, 0, bytes.Length);
        Assert.Equal(pcm, samples);
    }

    [Fact]
    public void Encode_Silence_TakesFourteenBytesAFrame()
    {
        var encoder = new FlacEncoder();

        Assert.True(encoder.Encode(new short[FlacEncoder.BlockSize]).Length <= 14);
    }

    [Fact]
    public void Encode_ALawSine_IsSmallerThanRawSamples()
    {
        using var directory = new TemporaryDirectory();
        short[] pcm = Make("alaw");
        string path = directory.File("x.flac");
        WriteFlac(path, pcm);

        Assert.InRange(new FileInfo(path).Length, 1, pcm.Length * 3 / 2);
    }

    [Fact]
    public void Encode_FrameNumbersPast16Bits_StayDecodable()
    {
        // 70000 frames of a constant: the coded number takes 1, 2, 3 and 4 bytes.
        using var directory = new TemporaryDirectory();
        string path = directory.File("long.flac");
        short[] block = new short[FlacEncoder.BlockSize];
        Array.Fill(block, (short)8);
        using (FileStream stream = Create(path))
        {
            var encoder = new FlacEncoder();
            for (int i = 0; i < 70_000; i++)
            {
                stream.Write(encoder.Encode(block));
            }
        }

        Assert.Equal("", Ffmpeg.Run("-xerror", "-err_detect", "explode", "-i", path, "-f", "null", "-"));
    }

    private static void WriteFlac(string path, short[] pcm)
    {
        using FileStream stream = Create(path);
        var encoder = new FlacEncoder();
        for (int start = 0; start < pcm.Length; start += FlacEncoder.BlockSize)
        {
            stream.Write(encoder.Encode(pcm.AsSpan(start, Math.Min(FlacEncoder.BlockSize, pcm.Length - start))));
        }
    }

    private static FileStream Create(string path)
    {
        FileStream stream = File.Create(path);
        stream.Write("fLaC"u8);
        stream.Write([0x80, 0, 0, (byte)FlacEncoder.StreamInfo.Length]);
        stream.Write(FlacEncoder.StreamInfo);
        return stream;
    }

    private static short[] Make(string signal)
    {
        int length = signal switch { "short" => 1500, "one" => 1025, _ => 5000 };
        short[] pcm = new short[length];
        var random = new Random(42);
        for (int i = 0; i < length; i++)
        {
            double sine = Math.Sin(i * 0.15) * 20000;
            pcm[i] = signal switch
            {
                "silence" => 0,
                "constant" => -12345,
                "noise" => (short)random.Next(short.MinValue, short.MaxValue + 1),
                "extremes" => (i % 3) switch { 0 => short.MinValue, 1 => short.MaxValue, _ => 0 },
                "alaw" => ALaw.Decode(ALaw.Encode((short)sine)),
                "impulse" => i % 700 == 3 ? short.MaxValue : (short)0,
                "ramp" => (short)(i * 6),
                _ => (short)sine,
            };
        }

        return pcm;
    }
}
