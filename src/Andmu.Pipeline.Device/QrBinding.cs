namespace Andmu.Pipeline.Device;

/// <summary>What a QR code of the app says about the user (specification 3.2, 6.1): what to register with.</summary>
/// <param name="UserMobile">The user's mobile number.</param>
/// <param name="UserToken">The registration token, a secret.</param>
/// <param name="IsEncrypted">Whether the code was encrypted (specification 5.1.1, <c>registMode</c>).</param>
public sealed record QrBinding(string UserMobile, string UserToken, bool IsEncrypted = false)
{
    /// <summary>Says no more than that there is one: number and token stay out.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"QrBinding {{ UserMobile = ***, UserToken = ***, IsEncrypted = {IsEncrypted} }}";
}
