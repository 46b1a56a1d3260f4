using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Device.Tests;

/// <summary>The example of the project's page, word for word, so that it keeps compiling.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Example_StandsOnThePage()
    {
        string[] page = File.ReadAllLines(Find("README.md", "src", "Andmu.Pipeline.Device"));
        string[] example = [.. page.SkipWhile(static line => line != "```csharp").Skip(1).TakeWhile(static line => line != "```")];
        string[] source = [.. File.ReadAllLines(Find("ReadmeTests.cs", "tests", "Andmu.Pipeline.Device.Tests")).Select(static line => line.Trim())];

        Assert.NotEmpty(example);
        Assert.Contains(string.Join('\n', example.Select(static line => line.Trim())), string.Join('\n', source), StringComparison.Ordinal);
    }

    private static string Find(string file, params string[] folders)
    {
        for (DirectoryInfo? root = new(AppContext.BaseDirectory); root is not null; root = root.Parent)
        {
            string path = Path.Combine([root.FullName, .. folders, file]);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException(file);
    }

    // Compiled, not run: it would ask the network for a host that is not there.
    internal static async Task ExampleAsync(
        OpenApiOptions openApi, string mobile, string token, IAsyncEnumerable<(byte[] AccessUnit, TimeSpan Time)> encoder)
    {
        await using var device = new AndmuDevice(new AndmuDeviceOptions
        {
            OpenApi = openApi, // where the platform is, the vendor's key and secret, the device's id and MAC address
            DeviceModelId = "Zhejian_zj_cnmobile_001",
            UserMobile = mobile, // these two from the QR code; not needed any more once it is registered
            UserToken = token,
            StateDirectory = "/data/andmu",
        });
        device.Progress += step => Console.WriteLine(step);
        await device.StartAsync();
        await foreach ((byte[] accessUnit, TimeSpan time) in encoder)
        {
            device.Video.TryWrite(accessUnit, time); // never waits, whatever the network does
        }

        await device.DrainAsync();
    }
}
