namespace Andmu.Pipeline.Gateway.Audit;

/// <summary>The values of package_type, specification 5.2.3 and 5.2.7.</summary>
internal static class PackageType
{
    public const uint Audio = 1;
    public const uint Video = 2;
    public const uint ParameterSets = 3;
    public const uint Thumbnail = 5;
}
