using Andmu.Pipeline.Device.Tests.Doubles;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Tests;

/// <summary>A camera that its user has switched off sends no picture, whatever happens to it.</summary>
public sealed class SwitchTests : IAsyncDisposable
{
    private const string Off = """{"status":"Off","cameraMicrophone":"Off"}""";
    private const string On = """{"status":"On","cameraMicrophone":"On"}""";

    private readonly World _world = new();

    private string SwitchesPath => Path.Combine(_world.Directory, "switches.json");

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Switches_NewDevice_AreOn()
    {
        AndmuDevice device = _world.Create();

        AssertSwitches(device, expected: true);
        Assert.False(File.Exists(SwitchesPath));
    }

    [Fact]
    public async Task StartAsync_SettingsSayOff_SendsNothingAndOnlySilence()
    {
        _world.Platform.Script(FakePlatform.Settings, FakePlatform.Settled(Off));
        AndmuDevice device = _world.Create();
        bool? atSettings = null;
        device.Progress += step => atSettings = step.Step == DeviceStep.SettingsRead ? device.IsOn : atSettings;
        device.Video.TryWrite(Picture.Key, TimeSpan.Zero);

        await World.StartAsync(device);
        await SendSomethingAsync(device);

        AssertSwitches(device, expected: false);
        Assert.False(device.Uplink!.IsDeviceOn);
        Assert.False(atSettings);
        Assert.Empty(_world.Gateway.Media);
    }

    [Fact]
    public async Task StartAsync_SwitchedOffBeforeThePowerCut_StaysOffWithoutSettings()
    {
        _world.Platform.Script(FakePlatform.Settings, FakePlatform.Settled(Off));
        await _world.LiveOnceAsync();
        _world.Platform.Script(FakePlatform.Settings, FakePlatform.Unreachable);

        AndmuDevice device = _world.Create(_world.RestartOptions);
        AssertSwitches(device, expected: false);
        await World.StartAsync(device);
        await SendSomethingAsync(device);

        AssertSwitches(device, expected: false);
        Assert.Empty(_world.Gateway.Media);
    }

    [Fact]
    public async Task StartAsync_SwitchedOnWhileThePowerWasOff_IsOn()
    {
        _world.Platform.Script(FakePlatform.Settings, FakePlatform.Settled(Off), FakePlatform.Settled(On));
        await _world.LiveOnceAsync();

        AndmuDevice device = await _world.StartAsync(_world.RestartOptions);
        await SendSomethingAsync(device);

        AssertSwitches(device, expected: true);
        Assert.NotEmpty(_world.Gateway.Media);
    }

    [Fact]
    public async Task StartAsync_SettingsDoNotSay_StaysAsItWas()
    {
        _world.Platform.Script(FakePlatform.Settings, FakePlatform.Settled(Off), FakePlatform.Settled("{}"));
        await _world.LiveOnceAsync();

        AssertSwitches(await _world.StartAsync(_world.RestartOptions), expected: false);
    }

    [Fact]
    public async Task StartAsync_SettingsReadLate_AreAppliedThen()
    {
        _world.Platform.Script(FakePlatform.Settings, FakePlatform.Unreachable, FakePlatform.Settled(Off));
        AndmuDevice device = await _world.StartAsync();
        AssertSwitches(device, expected: true);

        await _world.Time.PassAsync(TimeSpan.FromSeconds(0.5));
        await _world.WhenAsync(static step => step.Step == DeviceStep.SettingsRead);

        AssertSwitches(device, expected: false);
    }

    [Theory]
    [InlineData(true, Off)]
    [InlineData(false, On)]
    public async Task StartAsync_HostHasSetThem_SettingsDoNotOverride(bool host, string settings)
    {
        _world.Platform.Script(FakePlatform.Settings, FakePlatform.Settled(settings));
        AndmuDevice device = _world.Create();
        device.IsOn = host;
        device.IsMicrophoneOn = host;

        await World.StartAsync(device);

        AssertSwitches(device, host);
        Assert.Equal(host, device.Uplink!.IsDeviceOn);
    }

    [Fact]
    public async Task StartAsync_NewUser_StartsWithEverythingOn()
    {
        _world.Platform.Script(FakePlatform.Settings, FakePlatform.Settled(Off), FakePlatform.Settled("{}"));
        await _world.LiveOnceAsync();

        AndmuDevice device = await _world.StartAsync(_world.Options with { UserToken = "CANARY-token of a new QR code" });

        AssertSwitches(device, expected: true);
        Assert.True(device.Uplink!.IsDeviceOn);
    }

    [Fact]
    public async Task IsOn_OffAndOnAgain_WhatWasCapturedBetweenIsNotSent()
    {
        AndmuDevice device = await _world.StartAsync();
        await _world.OnlineAsync();
        device.IsOn = false;
        device.Video.TryWrite(Picture.Key, TimeSpan.FromSeconds(1));

        device.IsOn = true;
        device.Video.TryWrite(Picture.Key, TimeSpan.FromSeconds(2));
        await device.DrainAsync().WaitAsync(Signal.Patience);

        Assert.Equal([2000ul, 2000ul], _world.Gateway.Media.Select(static package => (ulong)package.StartTime));
    }

    [Fact]
    public async Task IsOn_SetByTheHost_SurvivesARestart()
    {
        await using (AndmuDevice before = await _world.StartAsync())
        {
            before.IsOn = false;
        }

        AndmuDevice device = _world.Create(_world.RestartOptions);

        Assert.Equal((false, true), (device.IsOn, device.IsMicrophoneOn));
    }

    [Fact]
    public void IsOn_SetToWhatItIs_WritesNoFile()
    {
        AndmuDevice device = _world.Create();
        device.IsOn = false;
        DateTime written = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(SwitchesPath, written);

        device.IsOn = false;

        Assert.Equal(written, File.GetLastWriteTimeUtc(SwitchesPath));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"isOn":"no","isMicrophoneOn":true}""")]
    public void Switches_FileDamaged_AreOnAndItIsSaid(string content)
    {
        Directory.CreateDirectory(_world.Directory);
        File.WriteAllText(SwitchesPath, content);

        AndmuDevice device = _world.Create();

        AssertSwitches(device, expected: true);
        Assert.Contains(_world.Log.Lines, static line => line.Level == LogLevel.Warning && line.Text.Contains("switched off cannot be read", StringComparison.Ordinal));
    }

    [Fact]
    public void IsOn_CannotBeKept_IsSetAndItIsSaid()
    {
        Directory.CreateDirectory(Path.Combine(SwitchesPath + ".tmp", "in the way"));
        AndmuDevice device = _world.Create();

        device.IsOn = false;

        Assert.False(device.IsOn);
        Assert.Contains(_world.Log.Lines, static line => line.Level == LogLevel.Error && line.Text.Contains("cannot be kept for the next start", StringComparison.Ordinal));
    }

    private static void AssertSwitches(AndmuDevice device, bool expected)
    {
        Assert.Equal((expected, expected), (device.IsOn, device.IsMicrophoneOn));
        Assert.NotEqual(expected, device.Audio.IsMuted);
    }

    private async Task SendSomethingAsync(AndmuDevice device)
    {
        await _world.OnlineAsync();
        device.Video.TryWrite(Picture.Key, TimeSpan.FromSeconds(60));
        await device.DrainAsync().WaitAsync(Signal.Patience);
    }
}
