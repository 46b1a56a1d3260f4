using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Tests.Support;
using Andmu.Pipeline.Media;

namespace Andmu.Pipeline.Gateway.Tests.Recording;

public sealed class HostileMediaTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Record_Garbage_NeverThrowsAndFinishes(int seed)
    {
        using var bench = new RecordingBench();
        var random = new Random(seed);
        EncodedClip clip = EncodedClip.Make(bench.Directory, random.Next(2) == 0 ? VideoCodec.H264 : VideoCodec.H265, seconds: 2);

        bench.Add(clip, Enumerable.Range(0, 4000).Select(_ => Mutate(clip, random)));
        bench.Pool.Close();

        Assert.All(bench.Recordings, recording => Assert.True(recording.IsFinished));
        Assert.NotEmpty(bench.Recordings);
    }

    private static TDMediaPackage Mutate(EncodedClip clip, Random random)
    {
        uint time = random.Next(4) == 0 ? (uint)random.NextInt64(uint.MaxValue) : (uint)random.Next(20_000);
        uint number = (uint)random.Next(2000);
        uint? flag = random.Next(3) switch { 0 => null, 1 => 1u, _ => 2u };
        byte[] garbage = new byte[random.Next(200)];
        random.NextBytes(garbage);
        EncodedClip.AccessUnit unit = clip.Units[random.Next(clip.Units.Count)];
        return random.Next(8) switch
        {
            0 => EncodedClip.Package(3, 0, [0, 0, 0, 1, .. garbage], time, number, flag),
            1 => EncodedClip.Package(2, (uint)random.Next(2), garbage, time, number, flag),
            2 => EncodedClip.Package(2, (uint)random.Next(2), [], time, number, flag),
            3 => EncodedClip.Package(1, 0, garbage, time, number, flag),
            4 => clip.SetsPackage(time, number, flag),
            _ => EncodedClip.Package(2, unit.IsKeyFrame ? 1u : 0u, unit.Data, time, number, flag),
        };
    }
}
