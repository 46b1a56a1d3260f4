using System.Text.Json.Nodes;
using Andmu.Pipeline.Control.Tests.Parsing;
using Andmu.Pipeline.Device;
using Andmu.Pipeline.Gateway;
using EndToEnd.Tests.Support;

namespace EndToEnd.Tests.Commands;

/// <summary>Every command, and every way to spoil it: answered or refused, nothing changed, and the connection lives.</summary>
public sealed class HostileCommandTests
{
    private static readonly string Deep = new string('[', 1000) + new string(']', 1000);
    private static readonly string Long = $"\"{new string('x', 100_000)}\"";

    [Fact]
    public async Task EveryRowSpoiltInEveryWay_IsRefusedAndChangesNothing()
    {
        await using CommandedCamera camera = await CommandedCamera.StartAsync(new DeviceControlOptions { PersonCounter = static () => default });
        DeviceSession session = camera.Platform.Device;
        int spoilt = 0;

        foreach (Example example in Examples.All)
        {
            foreach (string json in Spoilt(new ExampleNode(example)))
            {
                await camera.SendAsync(json);
                spoilt++;
                Assert.True(camera.Device.CommandTotals.Malformed == spoilt, $"{example.Name}: {json[..Math.Min(json.Length, 500)]}");
            }
        }

        Assert.True(spoilt > 300, $"{spoilt}");
        Assert.Empty(camera.Commands);
        Assert.Equal((true, true), (camera.Device.IsOn, camera.Device.IsMicrophoneOn));
        Assert.Same(session, camera.Platform.Device);
        Assert.Equal(spoilt, camera.Settled);
    }

    [Fact]
    public async Task EveryAnsweredRowSpoilt_IsAnsweredAsFailedToItsSender()
    {
        await using CommandedCamera camera = await CommandedCamera.StartAsync();
        foreach (Example example in Examples.All.Where(static example => example.Command.Code.ToString() is
            "1793/17" or "1793/87" or "1793/153" or "1792/16" or "1792/85" or "1792/81"))
        {
            await camera.SendAsync(new ExampleNode(example).With(["msgContent", "requestParams"], "7"));

            JsonNode content = (await camera.NextAnswerAsync())["msgContent"]!;
            Assert.Equal(example.Command.Code.SubRequest == 153 ? 1 : -1, (int)content["response"]!);
            Assert.Equal(example.Command.Code.SubRequest, (int)content["responseSubRequest"]!);
        }

        Assert.Empty(camera.Commands);
    }

    [Fact]
    public async Task TenMegabytes_ThePacketIsRefusedAndTheDeviceComesBack()
    {
        await using CommandedCamera camera = await CommandedCamera.StartAsync();
        DeviceSession session = camera.Platform.Device;

        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            await session.SendCommandAsync(new string('x', 10 << 20), cancellationToken: TestContext.Current.CancellationToken);
            await Eventually.TrueAsync(() => !camera.Platform.Server.Devices.Contains(session));
            throw new IOException("The connection has ended.");
        });
        await Eventually.TrueAsync(() => camera.Platform.Server.Devices.Count == 1);

        await camera.SendAsync(Examples.All[0].Json);
        Assert.Equal(Examples.All[0].Command, Assert.Single(camera.Commands));
    }

    private static IEnumerable<string> Spoilt(ExampleNode node)
    {
        string[] request = ["msgContent", "request"];
        yield return node.Without(request);
        yield return node.With(request, "\"x\"");
        yield return node.With(request, "99999");
        yield return node.With(["msgContent", "requestParams"], Deep);
        yield return node.With(["msgContent", "requestParams"], "7");
        foreach (string[] path in node.Leaves().Where(static path => path[1] == "requestParams"))
        {
            yield return node.With(path, Deep);
            yield return node.With(path, Long);
            yield return node.With(path, "\"\\u0000\"");
            yield return node.With(path, "\"\\ud800\"");
            yield return node.With(path, $"1,\"{path[^1].ToUpperInvariant()} \":1");
        }
    }
}
