using System.Collections.Concurrent;
using Andmu.Pipeline;
using Andmu.Pipeline.Device;
using Andmu.Pipeline.OpenApi;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Transport;
using EndToEnd.Tests.Support;

namespace EndToEnd.Tests;

/// <summary>A whole device against the local platform: OpenAPI over HTTPS, then the uplink.</summary>
public sealed class DeviceTests
{
    [Fact]
    public async Task PowerOn_RegistersReadsSettingsAndUploadsAClipWithAnEvent()
    {
        Clip clip = await Clip.ReadAsync();
        await using LocalPlatform platform = await LocalPlatform.StartAsync();
        await using AndmuDevice device = NewDevice(platform, stateDirectory: null);
        var steps = new ConcurrentQueue<DeviceStep>();
        device.Progress += progress => steps.Enqueue(progress.Step);

        await device.StartAsync(TestContext.Current.CancellationToken);
        Assert.True(device.TryReportEvent(DeviceEventType.Motion, started: true));
        await WriteAsync(device, clip);
        Assert.True(device.TryReportEvent(DeviceEventType.Motion, started: false));
        Assert.True(await device.DrainAsync(TestContext.Current.CancellationToken));
        Assert.True(platform.Device.Audit.Violations == 0, platform.Device.Audit.ToString());
        await device.StopAsync();

        Assert.NotNull(device.Settings);
        Assert.Subset(
            steps.ToHashSet(),
            new HashSet<DeviceStep> { DeviceStep.Registered, DeviceStep.SettingsRead, DeviceStep.CapabilitiesReported, DeviceStep.InfoReported, DeviceStep.GatewayAddress });
        Assert.Equal([(int)DeviceEventType.Motion, (int)DeviceEventType.Motion], platform.Server.Events.Select(e => (int)e.Type));
        string recording = Assert.Single(await platform.FinishRecordingsAsync());
        await UploadTests.AssertRecordsAsync(recording, clip);
    }

    [Fact]
    public async Task Restart_UsesTheKeptRegistrationAndGatewayAddress()
    {
        string state = Directory.CreateTempSubdirectory("andmu-e2e-").FullName;
        await using LocalPlatform platform = await LocalPlatform.StartAsync();
        string? token = null;
        for (int start = 0; start < 2; start++)
        {
            await using AndmuDevice device = NewDevice(platform, state);
            var online = new TaskCompletionSource();
            device.Progress += progress =>
            {
                if (progress.Uplink is { State: UplinkState.Online })
                {
                    online.TrySetResult();
                }
            };
            await device.StartAsync(TestContext.Current.CancellationToken);
            await online.Task.WaitAsync(TestContext.Current.CancellationToken);
            token ??= device.Registration!.DeviceToken;
            Assert.Equal(token, device.Registration!.DeviceToken);
            platform.Server.Faults.RefuseAddress = true; // the second start has it in its cache
        }

        Directory.Delete(state, recursive: true);
    }

    [Fact]
    public async Task WrongSecret_IsSaidAtOnce()
    {
        await using LocalPlatform platform = await LocalPlatform.StartAsync();
        await using AndmuDevice device = NewDevice(platform, stateDirectory: null, accessSecret: "not-the-secret");

        OpenApiException error = await Assert.ThrowsAsync<OpenApiException>(() => device.StartAsync(TestContext.Current.CancellationToken));

        Assert.DoesNotContain("not-the-secret", error.ToString(), StringComparison.Ordinal);
    }

    private static AndmuDevice NewDevice(LocalPlatform platform, string? stateDirectory, string accessSecret = "XgijVJq7eIp94Ax3cKvq") => new(
        new AndmuDeviceOptions
        {
            OpenApi = new OpenApiOptions
            {
                Endpoint = platform.Server.OpenApiAddress,
                AccessKey = "Zhejian",
                AccessSecret = accessSecret,
                DeviceId = "110234567894562",
                DeviceMacAddress = "2059a074e0bc",
            },
            UserMobile = "13800000000",
            UserToken = "user-token",
            DeviceModelId = "Zhejian_zj_cnmobile_001",
            StateDirectory = stateDirectory,
            Tls = new TlsConnectorOptions { TrustedRoots = platform.Roots },
        });

    private static async Task WriteAsync(AndmuDevice device, Clip clip)
    {
        DateTimeOffset start = DateTimeOffset.UtcNow;
        foreach ((bool isVideo, byte[] data, TimeSpan time) in clip.Units())
        {
            MediaTrack track = isVideo ? device.Video : device.Audio;
            Assert.Equal(WriteResult.Written, await track.WriteAsync(data, time, start + time, TestContext.Current.CancellationToken));
        }
    }
}
