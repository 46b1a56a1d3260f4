using Andmu.Pipeline.Media.Audio;

namespace Andmu.Pipeline.Media.Tests.Audio;

/// <summary>
/// Against table 1a of ITU-T G.711 itself: decision values in units of 1/4096 of full scale, eight segments of sixteen steps of
/// 2, 2, 4, 8, 16, 32, 64 and 128; a code decodes to the middle of its step.
/// </summary>
public sealed class ALawTests
{
    /// <summary>16-bit samples are 8 times as fine as the table.</summary>
    private const int Scale = 8;

    private static readonly int[] DecisionValues = MakeDecisionValues();

    [Fact]
    public void Decode_All256Codes_GiveTheMiddlesOfTheTable()
    {
        for (int step = 0; step < 128; step++)
        {
            int middle = (DecisionValues[step] + DecisionValues[step + 1]) * Scale / 2;

            Assert.Equal(middle, ALaw.Decode((byte)((0x80 | step) ^ 0x55)));
            Assert.Equal(-middle, ALaw.Decode((byte)(step ^ 0x55)));
        }
    }

    [Fact]
    public void Encode_All65536Samples_FallIntoTheStepsOfTheTable()
    {
        for (int sample = short.MinValue; sample <= short.MaxValue; sample++)
        {
            // A positive sample on a decision value belongs to the step above it, a negative one to the step nearer to zero.
            int magnitude = sample >= 0 ? sample : -sample - 1;
            int step = Array.FindIndex(DecisionValues, 1, decision => magnitude < decision * Scale) - 1;

            Assert.Equal((byte)((step | (sample >= 0 ? 0x80 : 0)) ^ 0x55), ALaw.Encode((short)sample));
        }
    }

    [Fact]
    public void Encode_DecodedCode_GivesTheCodeBack()
    {
        for (int code = 0; code < 256; code++)
        {
            Assert.Equal(code, ALaw.Encode(ALaw.Decode((byte)code)));
        }
    }

    [Fact]
    public void Silence_IsTheCodeOfZero() => Assert.Equal(ALaw.Silence, ALaw.Encode((short)0));

    [Fact]
    public void SpanVersions_AllValues_AgreeWithTheSingleOnesAndStayInTheirRoom()
    {
        short[] samples = [.. Enumerable.Range(short.MinValue, 65536).Select(sample => (short)sample)];
        byte[] codes = [.. Enumerable.Repeat((byte)0xEE, samples.Length + 1)];
        short[] decoded = [.. Enumerable.Repeat((short)0x1234, samples.Length + 1)];

        ALaw.Encode(samples, codes);
        ALaw.Decode(codes.AsSpan(0, samples.Length), decoded);

        for (int i = 0; i < samples.Length; i++)
        {
            Assert.Equal(ALaw.Encode(samples[i]), codes[i]);
            Assert.Equal(ALaw.Decode(codes[i]), decoded[i]);
        }

        Assert.Equal((0xEE, 0x1234), (codes[^1], decoded[^1]));
    }

    [Fact]
    public void SpanVersions_TooLittleRoom_Throw()
    {
        Assert.Throws<ArgumentException>(() => ALaw.Encode(new short[2], new byte[1]));
        Assert.Throws<ArgumentException>(() => ALaw.Decode(new byte[2], new short[1]));
    }

    [Fact]
    public void SpanVersions_Pack_DoNotAllocate()
    {
        short[] samples = new short[160];
        byte[] codes = new byte[160];

        Allocations.AssertNone(() =>
        {
            ALaw.Encode(samples, codes);
            ALaw.Decode(codes, samples);
        });
    }

    private static int[] MakeDecisionValues()
    {
        int[] steps = [2, 2, 4, 8, 16, 32, 64, 128];
        int[] values = new int[(8 * 16) + 1];
        for (int i = 0; i < 8 * 16; i++)
        {
            values[i + 1] = values[i] + steps[i / 16];
        }

        Assert.Equal(4096, values[^1]);
        return values;
    }
}
