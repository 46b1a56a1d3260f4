using Andmu.Pipeline.Device.Firmware;

namespace Andmu.Pipeline.Device.Tests.Firmware;

public sealed class HostNameTests
{
    [Theory]
    [InlineData("packages.example", "packages.example")]
    [InlineData("a_b.example", "a_b.example")]
    [InlineData("localhost", "localhost")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("0x7f000001", "127.0.0.1")]
    [InlineData("[::1]", "::1")]
    [InlineData("b\u00fccher.example", "xn--bcher-kva.example")]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example")]
    public void Of_Name_IsTheSameAsInAnAddress(string text, string name)
    {
        Assert.Equal(name, HostName.Of(text));
        Assert.True(HostName.TryGet(new Uri($"https://{text}:444/x"), out string? found));
        Assert.Equal(name, found);
    }

    [Fact]
    public void Of_NumbersWithoutBrackets_AreAName() => Assert.Equal("::1", HostName.Of("::1"));

    // Letters of both directions in one label.
    [Theory]
    [InlineData("-x.example")]
    [InlineData("\u0627a.example")]
    public void Of_WhatNoHostIsCalled_IsNone(string text)
    {
        Assert.Null(HostName.Of(text));
        Assert.False(HostName.TryGet(new Uri($"https://{text}/x"), out _));
    }

    [Fact]
    public void Of_LabelTooLong_IsNone()
    {
        string text = new string('\u00fc', 60) + ".example"; // more than 63 characters as it is asked for
        Assert.Null(HostName.Of(text));
        Assert.False(HostName.TryGet(new Uri($"https://{text}/x"), out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("packages.example:443")]
    [InlineData("user@packages.example")]
    [InlineData(null)]
    public void Of_WhatIsNoName_IsNone(string? text) => Assert.Null(HostName.Of(text));

    [Fact]
    public void TryGet_AddressWithoutHost_IsNone() => Assert.False(HostName.TryGet(new Uri("file:///etc/passwd"), out _));
}
