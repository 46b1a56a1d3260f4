using System.Buffers;
using System.Text.Json;
using Andmu.Pipeline.Cli.Tests.Support;
using Andmu.Pipeline.Protocol;

namespace Andmu.Pipeline.Cli.Tests;

public sealed class InspectTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Inspect_Good_OneLineAPacket()
    {
        string path = _folder.Write("good.bin", Capture());

        CommandRun run = await CommandRun.RunAsync("inspect", path);

        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.Equal(3, run.OutLines.Length);
        Assert.Matches(@"^ +0 +\d+  Ping, .*id=7$", run.OutLines[0]);
        Assert.Contains("TDMediaPackage", run.OutLines[1], StringComparison.Ordinal);
        Assert.Contains("Pong", run.OutLines[2], StringComparison.Ordinal);
        Assert.StartsWith($"{PingLength(),10} ", run.OutLines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_Json_OneObjectALine()
    {
        string path = _folder.Write("good.bin", Capture());

        CommandRun run = await CommandRun.RunAsync("inspect", path, "--json");

        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        JsonElement[] packets = [.. run.OutLines.Select(static line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal([0, PingLength()], packets.Take(2).Select(static packet => packet.GetProperty("offset").GetInt64()));
        Assert.Equal(PingLength() - 4, packets[0].GetProperty("length").GetInt64());
        Assert.Equal("Ping", packets[0].GetProperty("packet").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Inspect_StandardInput_Read()
    {
        using var terminal = new WatchedTerminal(input: new MemoryStream(Capture()));

        CommandRun run = await terminal.RunAsync("inspect", "-");

        Assert.Equal((ExitCode.Ok, 3), (run.ExitCode, run.OutLines.Length));
    }

    [Fact]
    public async Task Inspect_Empty_NothingToSay()
    {
        CommandRun run = await CommandRun.RunAsync("inspect", _folder.Write("empty.bin", []));

        Assert.Equal(new CommandRun(ExitCode.Ok, "", ""), run);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Inspect_TornTail_GoodPacketsThenOneLine(int left)
    {
        byte[] capture = Capture();
        int lastPacket = capture.Length - PingLength();
        string path = _folder.Write("torn.bin", capture.AsSpan(0, lastPacket + left));

        CommandRun run = await CommandRun.RunAsync("inspect", path);

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Equal(2, run.OutLines.Length);
        Assert.Contains($"torn packet at offset {lastPacket}", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_BadPacketAfterGoodOnes_GoodPacketsThenOneLine()
    {
        byte[] capture = Capture();
        string path = _folder.Write("bad.bin", [.. capture, 0, 0, 0, 2, 0xFF, 0xFF, .. capture]);

        CommandRun run = await CommandRun.RunAsync("inspect", path);

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Equal(3, run.OutLines.Length);
        Assert.Contains($"bad packet at offset {capture.Length}", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_Garbage_OneLine()
    {
        CommandRun run = await CommandRun.RunAsync("inspect", Clip.Audio);

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.Contains("bad packet at offset 0", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Capture()
    {
        var bytes = new ArrayBufferWriter<byte>();
        HeartbeatPacket.WritePing(bytes, 7);
        MediaPackageWriter.Write(bytes, new MediaPackageHeader { PackageType = PackageType.Video, SequenceNumber = 1 }, new byte[100_000]);
        HeartbeatPacket.WritePong(bytes, 7);
        return bytes.WrittenSpan.ToArray();
    }

    // A Pong is as long.
    private static int PingLength()
    {
        var bytes = new ArrayBufferWriter<byte>();
        HeartbeatPacket.WritePing(bytes, 7);
        return bytes.WrittenCount;
    }
}
