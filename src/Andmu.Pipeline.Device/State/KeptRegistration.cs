using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Device.State;

/// <summary>What a registered device has to remember: whose it is, and what the platform knows it by. Holds secrets.</summary>
/// <param name="AccessKey">With which vendor's key it was registered.</param>
/// <param name="DeviceId">Which device it is.</param>
/// <param name="UserMobile">The user it was registered for: the user_name of every login (specification 5.2.1).</param>
/// <param name="RegisteredFor">Tells one QR code from another without holding its token: SHA-256 of user and token.</param>
/// <param name="DeviceToken">A secret.</param>
/// <param name="UnifiedId">The device's name at the gateway.</param>
internal sealed record KeptRegistration(
    string AccessKey, string DeviceId, string UserMobile, string RegisteredFor, string DeviceToken, string UnifiedId)
{
    // Specification 1.2.2.1: 1024 with the closing NUL. More could not be sent.
    private const int MaxStringBytes = 1023;

    public bool IsUsable =>
        IsText(AccessKey) && IsText(DeviceId) && IsText(UserMobile) && IsText(RegisteredFor) && IsText(DeviceToken) && IsText(UnifiedId);

    public static KeptRegistration Of(OpenApiOptions identity, RegisterRequest request, Registration made) =>
        new(identity.AccessKey, identity.DeviceId, request.UserMobile, Fingerprint(request), made.DeviceToken, made.UnifiedId);

    /// <summary>Whether it was made by this request, and not by one from another QR code.</summary>
    public bool IsFor(RegisterRequest request) => RegisteredFor == Fingerprint(request);

    /// <summary>Whether it is one that the protocol can carry.</summary>
    public static bool IsText([NotNullWhen(true)] string? text) => !string.IsNullOrWhiteSpace(text) && Encoding.UTF8.GetByteCount(text) <= MaxStringBytes;

    public Registration ToRegistration() => new(DeviceToken, UnifiedId);

    public override string ToString() => $"KeptRegistration {{ DeviceId = {DeviceId}, UnifiedId = {UnifiedId} }}";

    private static string Fingerprint(RegisterRequest request) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.UserMobile}\n{request.UserToken}")));
}
