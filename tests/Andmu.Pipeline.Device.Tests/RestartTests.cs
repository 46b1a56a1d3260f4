using System.Runtime.Versioning;
using Andmu.Pipeline.Device.Tests.Doubles;
using Andmu.Pipeline.OpenApi;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Tests;

public sealed class RestartTests : IAsyncDisposable
{
    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task StartAsync_RegistrationKept_DoesNotRegister()
    {
        await _world.LiveOnceAsync();

        AndmuDevice device = await _world.StartAsync(_world.RestartOptions);
        await _world.OnlineAsync();

        Assert.Equal(1, _world.Platform.Count(FakePlatform.Register));
        Assert.DoesNotContain(DeviceStep.Registering, _world.Steps);
        Assert.Equal(DeviceStep.Registered, _world.Steps.First());
        Assert.Equal(World.DeviceToken, device.Registration?.DeviceToken);
        Assert.Equal(World.UserMobile, _world.Gateway.Logins[^1].UserName);
    }

    [Fact]
    public async Task StartAsync_SameQrCodeGivenAgain_DoesNotRegister()
    {
        await _world.LiveOnceAsync();

        await _world.StartAsync();

        Assert.Equal(1, _world.Platform.Count(FakePlatform.Register));
    }

    [Theory]
    [InlineData("CANARY-13999999999", World.UserToken)]
    [InlineData(World.UserMobile, "CANARY-token of a new QR code")]
    public async Task StartAsync_NewQrCode_RegistersAgain(string mobile, string token)
    {
        await _world.LiveOnceAsync();
        AndmuDeviceOptions options = _world.Options with { UserMobile = mobile, UserToken = token };

        await using (await _world.StartAsync(options))
        {
            await _world.OnlineAsync();
        }

        await _world.StartAsync(_world.RestartOptions);
        await _world.OnlineAsync(2);
        Assert.Equal(2, _world.Platform.Count(FakePlatform.Register));
        Assert.Equal(mobile, _world.Gateway.Logins[^1].UserName);
    }

    [Fact]
    public async Task StartAsync_NewQrCodeRefused_KeepsTheOldRegistration()
    {
        await _world.LiveOnceAsync();
        _world.Platform.Script(FakePlatform.Register, FakePlatform.Refuse("21113"));
        await Assert.ThrowsAsync<OpenApiException>(() => _world.StartAsync(_world.Options with { UserToken = "another" }));

        await _world.StartAsync(_world.RestartOptions);

        await _world.OnlineAsync();
    }

    [Fact]
    public async Task StartAsync_NoStateDirectory_RegistersAtEveryStart()
    {
        AndmuDeviceOptions options = _world.Options with { StateDirectory = null };
        await using (await _world.StartAsync(options))
        {
            await _world.OnlineAsync();
        }

        await _world.StartAsync(options);
        await _world.OnlineAsync(2);

        Assert.Equal(2, _world.Platform.Count(FakePlatform.Register));
        Assert.Equal(2, _world.Platform.Count(FakePlatform.Address));
        Assert.False(Directory.Exists(_world.Directory));
    }

    [Fact]
    public async Task StartAsync_OtherDeviceOrKeyInTheFolder_RegistersAgain()
    {
        await _world.LiveOnceAsync();

        await using (await _world.StartAsync(_world.Options with { OpenApi = _world.Options.OpenApi with { DeviceId = "110234567894563" } }))
        {
        }

        await _world.StartAsync(_world.Options with { OpenApi = _world.Options.OpenApi with { AccessKey = "Other" } });

        Assert.Equal(3, _world.Platform.Count(FakePlatform.Register));
        Assert.Equal(2, Warnings("of another device or access key"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\0\0\0\0")]
    [InlineData("""{"accessKey":"Zhejian"}""")]
    [InlineData("""{"accessKey":"Zhejian","deviceId":"110234567894562","userMobile":"1","registeredFor":"f","deviceToken":"","unifiedId":"u"}""")]
    [InlineData("""{"accessKey":"Zhejian","deviceId":"110234567894562","userMobile":"1","registeredFor":"f","deviceToken":null,"unifiedId":"u"}""")]
    [InlineData("""{"accessKey":"Zhejian","deviceId":"110234567894562","userMobile":"1","registeredFor":"f","deviceToken":5,"unifiedId":"u"}""")]
    [InlineData("""{"accessKey":"Zhejian","deviceId":"110234567894562","userMobile":"1","registeredFor":"f","deviceToken":"a","deviceToken":"b","unifiedId":"u"}""")]
    [InlineData("""{"accessKey":"Zhejian","deviceId":"110234567894562","userMobile":"1","registeredFor":"f","deviceToken":"\ud800","unifiedId":"u"}""")]
    public async Task StartAsync_FileDamaged_RegistersAgainAndMendsIt(string content)
    {
        Directory.CreateDirectory(_world.Directory);
        await File.WriteAllTextAsync(_world.RegistrationPath, content);

        await using (await _world.StartAsync())
        {
            await _world.OnlineAsync();
        }

        Assert.Equal(1, _world.Platform.Count(FakePlatform.Register));
        Assert.Equal(1, Warnings("cannot be read"));
        await _world.StartAsync(_world.RestartOptions);
        Assert.Equal(1, _world.Platform.Count(FakePlatform.Register));
    }

    [Fact]
    public async Task StartAsync_FileTooLong_RegistersAgain()
    {
        Directory.CreateDirectory(_world.Directory);
        await File.WriteAllTextAsync(_world.RegistrationPath, new string(' ', 1 << 20));

        await _world.StartAsync();

        Assert.Equal(1, Warnings("too long"));
    }

    [Fact]
    public async Task StartAsync_FileOfALaterVersion_IsUsed()
    {
        Directory.CreateDirectory(_world.Directory);
        await File.WriteAllTextAsync(_world.RegistrationPath, """
            {"accessKey":"Zhejian","deviceId":"110234567894562","userMobile":"139","registeredFor":"f","deviceToken":"kept","unifiedId":"u","region":{"of":["to","come"]}}
            """);

        AndmuDevice device = await _world.StartAsync(_world.RestartOptions);

        Assert.Equal(new Registration("kept", "u"), device.Registration);
    }

    [Fact]
    public async Task StartAsync_FolderCannotBeMade_GoesOnlineAndSaysSo()
    {
        string file = Path.GetTempFileName();
        try
        {
            await _world.StartAsync(_world.Options with { StateDirectory = Path.Combine(file, "state") });
            await _world.OnlineAsync();

            Assert.Contains(_world.Log.Lines, static line => line.Level == LogLevel.Error && line.Text.Contains("cannot be kept", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task RegistrationFile_IsItsOwnersAlone()
    {
        await _world.LiveOnceAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_world.RegistrationPath));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_world.Directory));
        Assert.False(File.Exists(_world.RegistrationPath + ".tmp"));
    }

    [Fact]
    public async Task RegistrationFile_HoldsNeitherTheVendorsSecretNorTheUsersToken()
    {
        await _world.LiveOnceAsync();

        string text = await File.ReadAllTextAsync(_world.RegistrationPath);
        Assert.Contains(World.DeviceToken, text, StringComparison.Ordinal);
        Assert.DoesNotContain(World.AccessSecret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(World.UserToken, text, StringComparison.Ordinal);
    }

    private int Warnings(string text) =>
        _world.Log.Lines.Count(line => line.Level == LogLevel.Warning && line.Text.Contains(text, StringComparison.Ordinal));
}
