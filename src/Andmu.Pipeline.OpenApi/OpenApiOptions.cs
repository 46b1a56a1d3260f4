namespace Andmu.Pipeline.OpenApi;

/// <summary>
/// Where the OpenAPI is and who calls it. Every value is checked when it is set: a wrong one throws <see cref="ArgumentException"/>.
/// </summary>
public sealed record OpenApiOptions
{
    // Specification 5: https://<domain>/andmu/v2/service/batch.
    private const string ServicePath = "/andmu/v2/service/batch";

    /// <summary>
    /// Address of the service, https only (specification 5). With a host alone, <c>/andmu/v2/service/batch</c> is appended; any other
    /// path is kept. A query, a fragment and credentials in the address are refused.
    /// </summary>
    public required Uri Endpoint { get; init => field = ServiceAddress(value, nameof(Endpoint)); }

    /// <summary>The vendor's access key (specification 1.2.2.3), at most 1023 visible ASCII characters.</summary>
    public required string AccessKey { get; init => field = Limits.AccessKey(value, nameof(AccessKey)); }

    /// <summary>The vendor's access secret (specification 1.2.2.3). It signs and is never sent, logged or printed.</summary>
    public required string AccessSecret { get; init => field = Limits.Text(value, nameof(AccessSecret)); }

    /// <summary>The device's serial number: 15 digits (specification 5.1).</summary>
    public required string DeviceId { get; init => field = Limits.DeviceId(value, nameof(DeviceId)); }

    /// <summary>The device's MAC address: 12 hexadecimal digits without separators, in either case (specification 5.1).</summary>
    public required string DeviceMacAddress { get; init => field = Limits.MacAddress(value, nameof(DeviceMacAddress)); }

    /// <summary>
    /// Whether the SHA-1 of the password digest goes into Base64 as 40 hexadecimal digits instead of as 20 bytes. The formula of
    /// specification 2.1 is read as bytes; its printed example holds digits. Try it when the platform answers 401 to good credentials.
    /// </summary>
    public bool HexPasswordDigest { get; init; }

    /// <summary>
    /// Longest a call may take, the second attempt after a clock correction included: 10 s unless set, above 0, at most 1 day.
    /// </summary>
    public TimeSpan Timeout
    {
        get;
        init => field = value > TimeSpan.Zero && value <= TimeSpan.FromDays(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Timeout), value, "Timeout must be above 0 and at most 1 day.");
    } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Longest response body in bytes: 1 MiB unless set, 1 KiB to 64 MiB. A longer one is refused before memory is taken for it.
    /// </summary>
    public int MaxResponseBytes
    {
        get;
        init => field = value is >= 1 << 10 and <= 64 << 20
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxResponseBytes), value, "MaxResponseBytes must be 1 KiB to 64 MiB.");
    } = 1 << 20;

    /// <summary>The options in one line, without the secret.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        $"OpenApiOptions {{ Endpoint = {Endpoint}, AccessKey = {AccessKey}, AccessSecret = ***, DeviceId = {DeviceId}, " +
        $"DeviceMacAddress = {DeviceMacAddress}, HexPasswordDigest = {HexPasswordDigest}, " +
        $"Timeout = {Timeout}, MaxResponseBytes = {MaxResponseBytes} }}";

    private static Uri ServiceAddress(Uri? value, string name)
    {
        ArgumentNullException.ThrowIfNull(value, name);
        if (!value.IsAbsoluteUri || value.Scheme != Uri.UriSchemeHttps)
        {
            throw new ArgumentException($"{name} must be an absolute https address: the platform serves nothing else.", name);
        }

        if (value.UserInfo.Length > 0 || value.Query.Length > 0 || value.Fragment.Length > 0)
        {
            throw new ArgumentException($"{name} must not hold credentials, a query or a fragment.", name);
        }

        return value.AbsolutePath == "/" ? new Uri(value, ServicePath) : value;
    }
}
