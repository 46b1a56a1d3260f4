using System.Net;
using Andmu.Pipeline.Device.State;
using Andmu.Pipeline.Device.Tests.Doubles;
using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Device.Tests;

public sealed class SecretsTests : IAsyncDisposable
{
    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task ALifeFullOfFaults_LeavesNoSecretInLogProgressOrExceptions()
    {
        // The platform quotes back what it was sent.
        _world.Platform.Script(FakePlatform.Register,
            FakePlatform.Unreachable, FakePlatform.HandshakeBroken, FakePlatform.Refuse($"70004 {World.AccessSecret} {World.UserToken} {World.UserMobile}"));
        AndmuDevice device = _world.Create();
        Task start = World.StartAsync(device);
        await _world.Time.PassAsync(TimeSpan.FromSeconds(0.5));
        await _world.Time.PassAsync(TimeSpan.FromSeconds(1));
        var refused = await Assert.ThrowsAsync<OpenApiException>(() => start);

        _world.Platform.Script(FakePlatform.Settings, FakePlatform.Refuse($"{World.AccessSecret} {World.DeviceToken}"));
        _world.Platform.Script(FakePlatform.Capabilities, FakePlatform.Status(HttpStatusCode.Unauthorized));
        _world.Gateway.Script(FakeGateway.Refused(2001), FakeGateway.Refused(2001));
        await World.StartAsync(device);
        await _world.PassUplinkPauseAsync();
        await World.EndOf(device);
        Directory.CreateDirectory(_world.Directory);
        await File.WriteAllTextAsync(_world.RegistrationPath, $"{World.DeviceToken} is no JSON");
        await _world.StartAsync();

        string[] digests = [.. _world.Platform.Calls.Select(static call => call.Wsse.Split("PasswordDigest=\"")[1].Split('"')[0])];
        string[] signatures = [.. _world.Platform.Calls.Select(static call => call.Signature)];
        string[] said =
        [
            .. _world.Log.Lines.Select(static line => line.Text),
            .. _world.Progress.Select(static entry => $"{entry.Progress} {entry.Progress.Error}"),
            refused.ToString(), device.ToString()!, $"{device.Registration}", $"{_world.Options}",
        ];
        Assert.NotEmpty(digests);
        foreach (string line in said)
        {
            Assert.DoesNotContain("CANARY", line, StringComparison.Ordinal);
            Assert.DoesNotContain(digests, digest => line.Contains(digest, StringComparison.Ordinal));
            Assert.DoesNotContain(signatures, signature => line.Contains(signature, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task AScannedUserWhoIsRefused_LeavesNoSecretInLogOrProgress()
    {
        _world.Platform.Script(FakePlatform.Register, FakePlatform.Refuse($"80000 {World.UserToken} {World.UserMobile}"));
        AndmuDevice device = _world.Create(_world.NewOptions with { WiredBinding = true });
        Task start = World.StartAsync(device);
        Assert.True(device.TrySubmitQrCode($"{World.UserMobile} {World.UserToken}", out _));
        await _world.WhenAsync(static step => step is { Step: DeviceStep.WaitingForUser, Error: not null });
        Assert.False(device.TrySubmitQrCode($"{World.UserMobile} {World.UserToken}", out _));

        await device.StopAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);

        Assert.DoesNotContain(_world.Log.Lines, static line => line.Text.Contains("CANARY", StringComparison.Ordinal));
        Assert.DoesNotContain(_world.Progress, static entry => $"{entry.Progress} {entry.Progress.Error}".Contains("CANARY", StringComparison.Ordinal));
    }

    [Fact]
    public void KeptRegistration_ToString_HasNoSecret()
    {
        var kept = new KeptRegistration("Zhejian", "110234567894562", World.UserMobile, "f", World.DeviceToken, World.UnifiedId);

        Assert.Equal("KeptRegistration { DeviceId = 110234567894562, UnifiedId = unified-7 }", kept.ToString());
    }
}
