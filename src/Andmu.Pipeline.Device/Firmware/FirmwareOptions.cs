using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Andmu.Pipeline.Control.Reports;

namespace Andmu.Pipeline.Device.Firmware;

/// <summary>What an upgrade (specification 5.2.9.14) may fetch, from where, and who checks and installs it. Every value is checked when it is set: a wrong
/// one throws <see cref="ArgumentException"/>.</summary>
public sealed record FirmwareOptions
{
    /// <summary>A folder of this device's own in which packages wait to be installed, with room for <see cref="MaxBytes"/>. Made for its owner
    /// alone (0700) when it is not there; one that others may write to, or a link, is not used.</summary>
    public required string StagingDirectory { get; init => field = FullPath(value); }

    /// <summary>
    /// Installs a package that is whole and verified, or hands it to what does. It returns when the installation needs nothing but the restart, or
    /// restarts the device itself; what it throws is reported as <see cref="FirmwareStage.InstallFailed"/>. The image is closed when it returns.
    /// </summary>
    public required Func<FirmwareImage, CancellationToken, ValueTask> Installer { get; init => field = NotNull(value); }

    /// <summary>
    /// Says whether a package comes from the vendor, by a signature over its bytes: the MD5 of the command says that it arrived as the platform
    /// sent it, and nothing of who made it. It should also refuse a version older than the running one, by what is signed, not by
    /// <see cref="FirmwareImage.NewVersion"/>. Without one (null) every upgrade is refused, unless <see cref="AllowUnverified"/>.
    /// </summary>
    public Func<FirmwareImage, CancellationToken, ValueTask<bool>>? Verifier { get; init; }

    /// <summary>Whether a package is installed without a <see cref="Verifier"/>. Whoever can alter the platform's command then owns the device.
    /// Default false.</summary>
    public bool AllowUnverified { get; init; }

    /// <summary>Whether the command's address may be plain http, as in the specification's example: whoever is on the way then sees the package and its
    /// address. A redirect never may. Default false.</summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>Names of the hosts that packages come from, by address or redirect, without ports; names of international letters in either form. Empty, the
    /// default: whichever host the command names, and redirects to that one only.</summary>
    public IReadOnlyCollection<string> AllowedHosts { get; init => field = HostNames(value); } = [];

    /// <summary>What packages are fetched with; may be shared, and is not disposed of. It must not follow redirects by itself (the upgrade does, by its rules),
    /// and is best made over <see cref="FirmwareHttp.CreateHandler"/>. Null, the default: one of the upgrade's own over such a handler, which trusts
    /// <see cref="TrustedRoots"/>.</summary>
    public HttpClient? HttpClient { get; init; }

    /// <summary>The CAs that the server of a package may have its certificate from, instead of the system's; the system's when null, the default. Not empty:
    /// nobody would be trusted. Not used with an <see cref="HttpClient"/>, which has its own.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init => field = NullOrNotEmpty(value); }

    /// <summary>Longest package in bytes. Default 256 MiB; above 0.</summary>
    public long MaxBytes { get; init => field = Positive(value); } = 256L << 20;

    /// <summary>How many redirects in a row are followed, to https and allowed hosts only. Default 3; 0 to 20.</summary>
    public int MaxRedirects { get; init => field = InRange(value, 0, 20); } = 3;

    /// <summary>How long the server may send nothing before the connection counts as broken. Default 30 s; above 0, at most 1 day.</summary>
    public TimeSpan StallTimeout { get; init => field = Timeout(value); } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time for the whole download, broken connections and pauses included. Default 2 h; above 0, at most 1 day.</summary>
    public TimeSpan DownloadTimeout { get; init => field = Timeout(value); } = TimeSpan.FromHours(2);

    /// <summary>Shortest time between two reports of <see cref="FirmwareStage.Downloading"/>. Default 2 s; above 0, at most 1 day.</summary>
    public TimeSpan ProgressInterval { get; init => field = Timeout(value); } = TimeSpan.FromSeconds(2);

    /// <summary>Smallest step between two reports of <see cref="FirmwareStage.Downloading"/>, in percent of the package. Default 5; 0 to 100.</summary>
    public int ProgressPercent { get; init => field = InRange(value, 0, 100); } = 5;

    private static string FullPath(string value, [CallerMemberName] string name = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        return Path.TrimEndingDirectorySeparator(Path.GetFullPath(value)); // with a separator behind it, a link would pass for what it leads to
    }

    private static string[] HostNames(IReadOnlyCollection<string> value, [CallerMemberName] string name = "")
    {
        ArgumentNullException.ThrowIfNull(value, name);
        string[] hosts = [.. value]; // a copy: what is in it later would be unchecked
        return hosts.All(static host => HostName.Of(host) is not null)
            ? hosts
            : throw new ArgumentException("Not all are names of hosts, without schemes and ports.", name);
    }

    private static T NotNull<T>(T value, [CallerMemberName] string name = "")
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value, name);
        return value;
    }

    private static X509Certificate2Collection? NullOrNotEmpty(X509Certificate2Collection? value, [CallerMemberName] string name = "") =>
        value is not { Count: 0 } ? value : throw new ArgumentException("No CA given: nobody would be trusted.", name);

    private static long Positive(long value, [CallerMemberName] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, name);
        return value;
    }

    private static int InRange(int value, int least, int most, [CallerMemberName] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
        return value;
    }

    private static TimeSpan Timeout(TimeSpan value, [CallerMemberName] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(1), name);
        return value;
    }
}
