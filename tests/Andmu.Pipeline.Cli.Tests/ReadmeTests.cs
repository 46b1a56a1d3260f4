namespace Andmu.Pipeline.Cli.Tests;

/// <summary>The product's page shows the example of the device's page, which is compiled word for word.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Example_IsTheOneOfTheDevicesPage()
    {
        string[] product = Example(Find("README.md"));

        Assert.NotEmpty(product);
        Assert.Equal(Example(Find("src/Andmu.Pipeline.Device/README.md")), product);
    }

    private static string[] Example(string path) =>
        [.. File.ReadLines(path).SkipWhile(static line => line != "```csharp").Skip(1).TakeWhile(static line => line != "```")];

    private static string Find(string path)
    {
        for (DirectoryInfo? root = new(AppContext.BaseDirectory); root is not null; root = root.Parent)
        {
            if (File.Exists(Path.Combine(root.FullName, "Andmu.Pipeline.sln")))
            {
                return Path.Combine(root.FullName, path);
            }
        }

        throw new FileNotFoundException(path);
    }
}
