namespace Andmu.Pipeline.OpenApi;

/// <summary>The user who has bound a wired device in the app (specification 5.1.2): what to register with.</summary>
/// <param name="UserMobile">The user's mobile number.</param>
/// <param name="UserToken">The registration token, a secret.</param>
public sealed record BindInfo(string UserMobile, string UserToken)
{
    /// <summary>Says no more than that there is one: number and token stay out.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => "BindInfo { UserMobile = ***, UserToken = *** }";
}
