using System.Runtime.Versioning;
using Andmu.Pipeline.Device.Tests.Doubles;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Tests.State;

/// <summary>What can become of the files of a device: never worse than a warning, and a start as if it were the first.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StateFileTests : IAsyncDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly World _world = new();

    private string TemporaryPath => _world.RegistrationPath + ".tmp";

    private string EndpointsPath => Path.Combine(_world.Directory, "endpoints.txt");

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Registration_CutOffAnywhere_IsAWarningAndAFreshStart()
    {
        await _world.LiveOnceAsync();
        byte[] whole = await File.ReadAllBytesAsync(_world.RegistrationPath);

        for (int length = 0; length < whole.Length - 2; length += 7)
        {
            await File.WriteAllBytesAsync(_world.RegistrationPath, whole[..length]);
            await Assert.ThrowsAsync<InvalidOperationException>(() => _world.StartAsync(_world.RestartOptions));
            Assert.Equal(1 + (length / 7), Lines(LogLevel.Warning, "cannot be read"));
        }

        await File.WriteAllBytesAsync(_world.RegistrationPath, whole);
        await _world.StartAsync(_world.RestartOptions);
        Assert.Equal(1, _world.Platform.Count(FakePlatform.Register));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task Registration_OpenToOthers_IsUsedAndClosedAgain(UnixFileMode others)
    {
        await _world.LiveOnceAsync();
        File.SetUnixFileMode(_world.RegistrationPath, Private | others);

        await using (await _world.StartAsync(_world.RestartOptions))
        {
        }

        Assert.Equal(Private, File.GetUnixFileMode(_world.RegistrationPath));
        Assert.Equal(1, Lines(LogLevel.Warning, "Others than its owner could read"));
        await _world.StartAsync(_world.RestartOptions);
        Assert.Equal(1, Lines(LogLevel.Warning, "Others than its owner could read"));
        Assert.Equal(1, _world.Platform.Count(FakePlatform.Register));
    }

    [Fact]
    public async Task Registration_HalfWrittenBeforeAPowerCut_TheOldOneStandsAndTheRestIsReplaced()
    {
        await _world.LiveOnceAsync();
        await File.WriteAllTextAsync(TemporaryPath, "{");
        File.SetUnixFileMode(TemporaryPath, Private | UnixFileMode.OtherRead);
        await using (await _world.StartAsync(_world.RestartOptions))
        {
        }

        await _world.StartAsync(_world.Options with { UserToken = "of a new QR code" });

        Assert.Equal(Private, File.GetUnixFileMode(_world.RegistrationPath));
        Assert.False(File.Exists(TemporaryPath));
        Assert.Equal(2, _world.Platform.Count(FakePlatform.Register));
        Assert.Equal(0, Lines(LogLevel.Warning, "cannot be read"));
    }

    [Fact]
    public async Task Registration_TemporaryFileIsALink_IsNotWrittenThroughIt()
    {
        string elsewhere = Path.GetTempFileName();
        Directory.CreateDirectory(_world.Directory);
        File.CreateSymbolicLink(TemporaryPath, elsewhere);

        await _world.StartAsync();

        Assert.Equal(0, new FileInfo(elsewhere).Length);
        Assert.Null(new FileInfo(_world.RegistrationPath).LinkTarget);
        File.Delete(elsewhere);
    }

    [Fact]
    public async Task Registration_CannotBeWritten_GoesOnlineAndSaysSo()
    {
        Directory.CreateDirectory(Path.Combine(TemporaryPath, "in the way")); // holds for root too, whom a folder's mode does not stop

        await _world.StartAsync();
        await _world.OnlineAsync();

        Assert.Equal(1, Lines(LogLevel.Error, "cannot be kept"));
        Assert.False(File.Exists(_world.RegistrationPath));
    }

    [Fact]
    public async Task Registration_FolderInItsPlace_GoesOnlineAndSaysSo()
    {
        Directory.CreateDirectory(Path.Combine(_world.RegistrationPath, "in the way"));

        await _world.StartAsync();
        await _world.OnlineAsync();

        Assert.Equal(1, Lines(LogLevel.Warning, "cannot be read"));
        Assert.Equal(1, Lines(LogLevel.Error, "cannot be kept"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("andmu-endpoints 1\n2026-01-01T00:00:0")]
    [InlineData("\0\u0001\u0002")]
    public async Task Endpoints_Damaged_IsAWarningAndThePlatformIsAsked(string content)
    {
        await _world.LiveOnceAsync();
        await File.WriteAllTextAsync(EndpointsPath, content);

        await _world.StartAsync(_world.RestartOptions);
        await _world.OnlineAsync();

        Assert.Equal(1, Lines(LogLevel.Warning, "gateway addresses cannot be read"));
        Assert.Equal(2, _world.Platform.Count(FakePlatform.Address));
        Assert.Equal(1, _world.Platform.Count(FakePlatform.Register));
        Assert.Equal(Private, File.GetUnixFileMode(EndpointsPath));
    }

    private int Lines(LogLevel level, string text) =>
        _world.Log.Lines.Count(line => line.Level == level && line.Text.Contains(text, StringComparison.Ordinal));
}
