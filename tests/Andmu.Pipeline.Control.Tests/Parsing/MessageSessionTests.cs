using Andmu.Pipeline.Control.Parsing;

namespace Andmu.Pipeline.Control.Tests.Parsing;

public sealed class MessageSessionTests
{
    private static ReceivedCommand Parse(string session) =>
        CommandParser.Parse($$$"""{"msgSession":{{{session}}},"msgContent":{"request":1793,"subRequest":87}}""");

    [Theory]
    [InlineData("292822550")]
    [InlineData("-5")]
    [InlineData("12345678901234567890123456789012345678901234567890")]
    [InlineData("1.50e3")]
    [InlineData("\"abc\"")]
    [InlineData("\"\"")]
    [InlineData("\"a\\u0041\\\"\\/\"")]
    public void Parse_NumberOrText_TokenAsItCame(string token)
    {
        MessageSession session = Parse(token).Session;

        Assert.Equal(token, session.RawJson);
        Assert.Equal(token, session.ToString());
        Assert.True(MessageSession.TryParse(session.RawJson, out MessageSession kept));
        Assert.Equal(session, kept);
    }

    [Theory]
    [InlineData("true", RefusalReason.WrongType)]
    [InlineData("{}", RefusalReason.WrongType)]
    [InlineData("[1]", RefusalReason.WrongType)]
    [InlineData("\"\\ud800\"", RefusalReason.InvalidText)]
    public void Parse_OtherSession_Refused(string token, RefusalReason reason)
    {
        ReceivedCommand received = Parse(token);

        Assert.Equal(reason, received.Refusal?.Reason);
        Assert.Null(received.Session.RawJson);
    }

    [Fact]
    public void Parse_SessionAtLimit_AcceptedAndOneMoreRefused()
    {
        string longest = new('7', MessageSession.MaxBytes);

        Assert.Equal(longest, Parse(longest).Session.RawJson);
        Assert.Equal(RefusalReason.TooLong, Parse(longest + "7").Refusal?.Reason);
        Assert.False(MessageSession.TryParse(longest + "7", out _));
    }

    [Fact]
    public void Parse_NoSession_None()
    {
        ReceivedCommand received = CommandParser.Parse("""{"msgContent":{"request":1793,"subRequest":87}}""");

        Assert.True(received.IsAccepted);
        Assert.Equal(default, received.Session);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("{}")]
    [InlineData("1 2")]
    [InlineData("1,\"a\":2")]
    [InlineData("\"a")]
    [InlineData("\"\\u0000\"")]
    [InlineData("-")]
    public void TryParse_NoToken_False(string token) => Assert.False(MessageSession.TryParse(token, out _));

    [Fact]
    public void TryParse_HalfSurrogatePair_False() => Assert.False(MessageSession.TryParse("\"\ud800\"", out _));

    [Fact]
    public void TryParse_Null_None()
    {
        Assert.True(MessageSession.TryParse(null, out MessageSession session));
        Assert.Equal(default, session);
    }

    [Fact]
    public void FromNumber_Number_Digits() => Assert.Equal("4294967295", MessageSession.FromNumber(uint.MaxValue).RawJson);
}
