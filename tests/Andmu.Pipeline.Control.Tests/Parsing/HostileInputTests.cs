using System.Text;
using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Control.Responses;
using CsCheck;

namespace Andmu.Pipeline.Control.Tests.Parsing;

/// <summary>
/// Whatever comes, there is either a command or a refusal, the same for text and bytes, and an answer is well-formed JSON.
/// </summary>
public sealed class HostileInputTests
{
    private const int Rounds = 20_000;

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ":", ",", "\"", "\\u0000", "\\ud800", "null", "true", "-1", "1e9", "\"msgSession\":1,", "\"request\":1793,", "\"value\":", "\0", "\u00e9",
    ];

    private static readonly Gen<byte[]> Mutated =
        from example in Gen.Int[0, Examples.All.Count - 1]
        from cuts in Gen.Select(Gen.Double.Unit, Gen.Int[0, 8], Gen.Int[-1, Pieces.Length - 1]).Array[1, 4]
        select Mutate(Examples.All[example].Json, cuts);

    [Fact]
    public void Parse_RandomBytes_Refused() =>
        Gen.Byte.Array[0, 300].Sample(bytes => !CheckWhole(bytes), iter: Rounds);

    [Fact]
    public void Parse_MutatedExamples_CommandOrRefusal()
    {
        int accepted = 0;
        int refused = 0;
        Mutated.Sample(bytes => _ = CheckWhole(bytes) ? Interlocked.Increment(ref accepted) : Interlocked.Increment(ref refused), iter: Rounds);

        // Both happen, or the mutations say nothing.
        Assert.NotEqual(0, accepted);
        Assert.NotEqual(0, refused);
    }

    [Fact]
    public void Parse_RandomText_SameAsItsBytes() => Gen.String[0, 100].Sample(
        text =>
        {
            ReceivedCommand fromText = CommandParser.Parse(text);
            Assert.False(fromText.IsAccepted);
            // A lone surrogate has no bytes of its own.
            if (!text.Any(char.IsSurrogate))
            {
                Assert.Equal(fromText.Refusal, CommandParser.Parse(Encoding.UTF8.GetBytes(text)).Refusal);
            }
        },
        iter: Rounds);

    private static bool CheckWhole(byte[] bytes)
    {
        ReceivedCommand received = CommandParser.Parse(bytes);
        Assert.NotEqual(received.Command is null, received.Refusal is null);
        Assert.Equal(received.IsAccepted, received.Command is not null);
        if (received.Code is not null)
        {
            string answer = CommandResponse.Failed(received, default);
            using var document = System.Text.Json.JsonDocument.Parse(answer);
            Assert.NotEqual(0, document.RootElement.GetProperty("msgContent").GetProperty("response").GetInt32());
        }

        return received.IsAccepted;
    }

    private static byte[] Mutate(string json, (double Place, int Length, int Piece)[] cuts)
    {
        foreach ((double place, int length, int piece) in cuts)
        {
            int start = (int)(place * json.Length);
            int end = Math.Min(json.Length, start + length);
            json = json[..start] + (piece < 0 ? "" : Pieces[piece]) + json[end..];
        }

        return Encoding.UTF8.GetBytes(json);
    }
}
