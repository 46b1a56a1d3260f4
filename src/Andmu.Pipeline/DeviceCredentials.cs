namespace Andmu.Pipeline;

/// <summary>Who logs in (DevLoginReq, specification 5.2.1). Holds secrets: <see cref="ToString"/> prints none of them.</summary>
public sealed class DeviceCredentials
{
    /// <summary>The vendor's key.</summary>
    public required string AccessKey { get; init; }

    /// <summary>The vendor's secret.</summary>
    public required string AccessSecret { get; init; }

    /// <summary>The user's name or mobile number.</summary>
    public required string UserName { get; init; }

    /// <summary>From the registration.</summary>
    public required string DeviceToken { get; init; }

    /// <summary>From the registration.</summary>
    public required string UnifiedId { get; init; }

    /// <summary>12 hexadecimal digits, in the form used at the registration.</summary>
    public required string DeviceMac { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{AccessKey}, user {UserName}, device {DeviceMac}";
}
