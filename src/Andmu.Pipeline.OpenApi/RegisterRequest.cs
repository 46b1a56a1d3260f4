namespace Andmu.Pipeline.OpenApi;

/// <summary>
/// What a device registers with (specification 5.1.1). A wrong value throws <see cref="ArgumentException"/> when it is set.
/// </summary>
public sealed record RegisterRequest
{
    /// <summary>The user's mobile number, from the QR code or from <see cref="OpenApiClient.GetBindInfoAsync"/>.</summary>
    public required string UserMobile { get; init => field = Limits.Text(value, nameof(UserMobile)); }

    /// <summary>The registration token, from the QR code or from <see cref="OpenApiClient.GetBindInfoAsync"/>.</summary>
    public required string UserToken { get; init => field = Limits.Text(value, nameof(UserToken)); }

    /// <summary>
    /// The model id: access key, underscore, up to 16 letters, digits and underscores; not case-sensitive (specification 1.2.2.4).
    /// </summary>
    public required string DeviceModelId { get; init => field = Limits.Text(value, nameof(DeviceModelId)); }

    /// <summary>Hardware and fixed capabilities.</summary>
    public required DeviceComment Comment { get; init; }

    /// <summary>Whether the QR code was encrypted (<c>registMode</c> 1).</summary>
    public bool QrCodeEncrypted { get; init; }

    /// <summary>The request in one line, without the user's number and token.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        $"RegisterRequest {{ UserMobile = ***, UserToken = ***, DeviceModelId = {DeviceModelId}, Comment = {Comment}, " +
        $"QrCodeEncrypted = {QrCodeEncrypted} }}";
}
