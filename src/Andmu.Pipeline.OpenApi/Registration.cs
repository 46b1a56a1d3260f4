namespace Andmu.Pipeline.OpenApi;

/// <summary>
/// What the platform knows a registered device by (specification 5.1.1). Keep both across restarts; the token is a secret.
/// </summary>
/// <param name="DeviceToken">Authenticates the other calls and the login at HEDGW.</param>
/// <param name="UnifiedId">Names the device at HEDGW.</param>
public sealed record Registration(string DeviceToken, string UnifiedId)
{
    /// <summary>The registration in one line, without the token.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"Registration {{ DeviceToken = ***, UnifiedId = {UnifiedId} }}";
}
