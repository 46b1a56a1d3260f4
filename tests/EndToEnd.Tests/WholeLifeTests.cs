using System.Collections.Concurrent;
using Andmu.Pipeline;
using Andmu.Pipeline.Device;
using Andmu.Pipeline.OpenApi;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Transport;
using EndToEnd.Tests.Support;

namespace EndToEnd.Tests;

/// <summary>A camera out of the box: scanned, used, thrown out by the platform, bound again, switched off.</summary>
public sealed class WholeLifeTests
{
    private const string DeviceId = "110234567894562";

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    public async Task ClockWrongAndTokenRevoked_ForgetsTheRegistrationAndIsBoundAgainByWire(int minutesOff)
    {
        string state = Directory.CreateTempSubdirectory("andmu-e2e-").FullName;
        Clip clip = await Clip.ReadAsync();
        await using LocalPlatform platform = await LocalPlatform.StartAsync();
        var clock = new OffsetTimeProvider(TimeSpan.FromMinutes(minutesOff));

        string firstToken = await LiveUntilRevokedAsync(platform, clock, state, clip);

        Assert.Empty(Directory.EnumerateFiles(state, "registration.json*"));
        platform.Server.OfferBinding("13900000000", "token-of-the-wire");
        await using (AndmuDevice device = NewDevice(platform, clock, state, wired: true))
        {
            var steps = new Steps(device);
            await device.StartAsync(TestContext.Current.CancellationToken);
            await steps.OnlineAsync();
            Assert.Equal([DeviceStep.WaitingForUser, DeviceStep.Registering, DeviceStep.Registered], steps.Taken.Take(3));
            Assert.NotEqual(firstToken, device.Registration!.DeviceToken);
            Assert.Equal("13900000000", platform.Device.Login.UserName);
            await DeliverAsync(device, platform, clock, clip);
            await device.StopAsync();
            Assert.Equal(UplinkFaultKind.Stopped, (await device.Completion).Kind);
        }

        Assert.Single(Directory.EnumerateFiles(state, "registration.json*"));
        await platform.FinishRecordingsAsync();
        Directory.Delete(state, recursive: true);
    }

    /// <summary>From the first power-on to the end that the platform makes of it.</summary>
    /// <returns>The token that is void now.</returns>
    private static async Task<string> LiveUntilRevokedAsync(LocalPlatform platform, OffsetTimeProvider clock, string state, Clip clip)
    {
        await using AndmuDevice device = NewDevice(platform, clock, state, wired: false);
        var steps = new Steps(device);
        Task start = device.StartAsync(TestContext.Current.CancellationToken);
        Assert.False(device.TrySubmitQrCode("https://example.com/", out BindingRefusal refusal));
        Assert.Equal(BindingRefusal.NotUnderstood, refusal);
        Assert.True(device.TrySubmitQrCode("13800000000 token-of-the-code", out _));
        await start;
        await steps.OnlineAsync();
        Assert.Equal("13800000000", platform.Device.Login.UserName);
        Assert.True((device.Buffer.ClockOffset + (clock.GetUtcNow() - TimeProvider.System.GetUtcNow())).Duration() < TimeSpan.FromSeconds(30));
        await DeliverAsync(device, platform, clock, clip);

        Assert.True(platform.Server.ForgetDevice(DeviceId));
        platform.Device.Abort();

        UplinkFault end = await device.Completion.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(UplinkFaultKind.LoginRefused, end.Kind);
        Assert.Equal(DeviceStep.RegistrationForgotten, steps.Taken.Last());
        return device.Registration!.DeviceToken;
    }

    private static AndmuDevice NewDevice(LocalPlatform platform, TimeProvider clock, string state, bool wired) => new(
        new AndmuDeviceOptions
        {
            OpenApi = new OpenApiOptions
            {
                Endpoint = platform.Server.OpenApiAddress,
                AccessKey = "Zhejian",
                AccessSecret = "XgijVJq7eIp94Ax3cKvq",
                DeviceId = DeviceId,
                DeviceMacAddress = "2059a074e0bc",
            },
            DeviceModelId = "Zhejian_zj_cnmobile_001",
            QrCodeParser = static text => text.Split(' ') is [string mobile, string token] ? new QrBinding(mobile, token) : null,
            WiredBinding = wired,
            StateDirectory = state,
            Tls = new TlsConnectorOptions { TrustedRoots = platform.Roots },
        },
        timeProvider: clock);

    private static async Task DeliverAsync(AndmuDevice device, LocalPlatform platform, TimeProvider clock, Clip clip)
    {
        DateTimeOffset start = clock.GetUtcNow();
        foreach ((bool isVideo, byte[] data, TimeSpan time) in clip.Units().Take(200))
        {
            MediaTrack track = isVideo ? device.Video : device.Audio;
            Assert.Equal(WriteResult.Written, await track.WriteAsync(data, time, start + time, TestContext.Current.CancellationToken));
        }

        Assert.True(await device.DrainAsync(TestContext.Current.CancellationToken));
        Assert.True(platform.Device.Audit.Violations == 0, platform.Device.Audit.ToString());
    }

    private sealed class Steps
    {
        private readonly TaskCompletionSource _online = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Steps(AndmuDevice device)
        {
            device.Progress += progress =>
            {
                Taken.Enqueue(progress.Step);
                if (progress.Uplink is { State: UplinkState.Online })
                {
                    _online.TrySetResult();
                }
            };
        }

        public ConcurrentQueue<DeviceStep> Taken { get; } = new();

        public Task OnlineAsync() => _online.Task.WaitAsync(TestContext.Current.CancellationToken);
    }
}
