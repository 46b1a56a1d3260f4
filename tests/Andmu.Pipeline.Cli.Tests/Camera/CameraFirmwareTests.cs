using Andmu.Pipeline.Cli.Camera;

namespace Andmu.Pipeline.Cli.Tests.Camera;

public sealed class CameraFirmwareTests
{
    private readonly List<string> _said = [];
    private readonly CameraFirmware _firmware;

    public CameraFirmwareTests() => _firmware = new CameraFirmware(_said.Add);

    [Theory]
    [InlineData(1)]
    [InlineData(64 * 1024)]
    [InlineData((64 * 1024) + 1)]
    public async Task Verify_PackageWithItsTrailer_Accepted(int length)
    {
        Assert.True(await VerifyAsync(Package(length)));

        Assert.Equal(["firmware: \"1.2\" is a package for this camera"], _said);
    }

    [Fact]
    public async Task Verify_AnyByteAltered_Refused()
    {
        byte[] package = Package(20);
        for (int i = 0; i < package.Length; i++)
        {
            package[i] ^= 1;
            Assert.False(await VerifyAsync(package));
            package[i] ^= 1;
        }

        Assert.True(await VerifyAsync(package));
        Assert.Equal("firmware: \"1.2\" refused, it is not a package for this camera", _said[0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(39)]
    [InlineData(40)] // a trailer of nothing
    public async Task Verify_NothingBeforeTheTrailer_Refused(int length) => Assert.False(await VerifyAsync(FirmwareTrailer.Of([])[..length]));

    [Fact]
    public async Task Verify_StreamEndsBeforeItsLength_Refused() => Assert.False(
        await _firmware.VerifyAsync(new TornStream(Package(100)), "1.2", TestContext.Current.CancellationToken));

    [Fact]
    public void Install_Package_SaidAlone()
    {
        _firmware.Install("1.2\n", 1234);

        Assert.Equal(["firmware: would install \"1.2?\", 1234 bytes, and restart"], _said);
    }

    private static byte[] Package(int length)
    {
        byte[] content = new byte[length];
        new Random(length).NextBytes(content);
        return [.. content, .. FirmwareTrailer.Of(content)];
    }

    private async Task<bool> VerifyAsync(byte[] package)
    {
        using var stream = new MemoryStream(package);
        return await _firmware.VerifyAsync(stream, "1.2", TestContext.Current.CancellationToken);
    }

    private sealed class TornStream(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position >= 50 ? ValueTask.FromResult(0) : base.ReadAsync(buffer[..Math.Min(buffer.Length, 50)], cancellationToken);
    }
}
