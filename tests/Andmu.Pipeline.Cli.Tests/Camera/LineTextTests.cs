using Andmu.Pipeline.Cli.Camera;

namespace Andmu.Pipeline.Cli.Tests.Camera;

public sealed class LineTextTests
{
    [Theory]
    [InlineData("home", "\"home\"")]
    [InlineData("", "\"\"")]
    [InlineData("我的网络 5G", "\"我的网络 5G\"")]
    [InlineData("a\r\nb\u001b[31m\tc", "\"a??b?[31m?c\"")]
    [InlineData("a\u0085b\u009bc", "\"a?b?c\"")] // NEL and the CSI of one byte
    [InlineData("a\u2028b\u2029c", "\"a?b?c\"")]
    [InlineData("a\u202eb\u200fc", "\"a?b?c\"")] // direction of reading
    [InlineData("say \"no\"", "\"say ?no?\"")]
    public void Quote_AnyText_OneHarmlessLine(string text, string shown) => Assert.Equal(shown, LineText.Quote(text));

    [Fact]
    public void Quote_HalfACharacter_QuestionMark() => Assert.Equal("\"?\"", LineText.Quote(new string('\ud800', 1)));

    [Fact]
    public void Quote_Long_Cut() => Assert.Equal($"\"{new string('x', 64)}...\"", LineText.Quote(new string('x', 65)));
}
