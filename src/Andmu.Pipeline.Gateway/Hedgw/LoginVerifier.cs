using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Devices;

namespace Andmu.Pipeline.Gateway.Hedgw;

/// <summary>Decides on a login (specification 5.2.1): whose it is, and whether it is let in.</summary>
internal sealed class LoginVerifier(GatewayOptions options, GatewayFaults faults, DeviceRegistry registry, PlanBook plans)
{
    public const int Accepted = 0;
    public const int AuthenticationFailed = 2001;
    public const int DeviceDeleted = 2026;

    public readonly record struct Verdict(int Result, string DeviceId, string Problem);

    /// <exception cref="HedgwException">The login has values that the specification does not know.</exception>
    public Verdict Check(DevLoginReq login)
    {
        CheckForm(login);
        DeviceRecord? device = registry.FindByToken(login.DeviceToken);
        string deviceId = device?.DeviceId ?? registry.FindByMac(login.DeviceMac)?.DeviceId ?? DeviceId.FromMac(login.DeviceMac);
        if (FindProblem(login, device) is { } problem)
        {
            return new Verdict(AuthenticationFailed, deviceId, problem);
        }

        if (plans.PlanOf(deviceId) == DevicePlan.Deleted)
        {
            return new Verdict(DeviceDeleted, deviceId, "the device was deleted");
        }

        return faults.TryTakeLoginResult(out int result)
            ? new Verdict(result, deviceId, "asked for by GatewayFaults.RefuseNextLogin")
            : new Verdict(Accepted, deviceId, "");
    }

    public static DeviceLogin Facts(DevLoginReq login) => new(
        login.DeviceMac,
        login.UserName,
        (int)login.ChannelId,
        login.HasVideoType ? (int)login.VideoType : 1,
        login.VideoWidth,
        login.VideoHeight,
        (int)login.AudioType,
        login.AudioKhz,
        login.AudioChannel);

    private string? FindProblem(DevLoginReq login, DeviceRecord? device)
    {
        if (login.AccessKey != options.AccessKey)
        {
            return "access_key is not the vendor's";
        }

        if (!DeviceRegistry.Matches(options.AccessSecret, login.AccessSecret))
        {
            return "access_secret is not the vendor's";
        }

        if (device is null)
        {
            return IsAcceptedToken(login.DeviceToken) ? null : "device_token was not issued by this platform";
        }

        if (device.UnifiedId != login.UnifiedId)
        {
            return "unified_id is not the one given at registration";
        }

        return device.Mac.Equals(login.DeviceMac, StringComparison.OrdinalIgnoreCase)
            ? null
            : "device_mac is not the one given at registration";
    }

    private bool IsAcceptedToken(string token)
    {
        bool accepted = !options.RequireRegistration;
        foreach (string candidate in options.AcceptedTokens)
        {
            accepted |= DeviceRegistry.Matches(candidate, token);
        }

        return accepted;
    }

    private static void CheckForm(DevLoginReq login)
    {
        Require(DeviceId.IsValidMac(login.DeviceMac), "device_mac is not 12 hexadecimal digits");
        Require(login.ChannelId is 0 or 1, "channel_id is not 0 or 1");
        Require(!login.HasVideoType || login.VideoType is 1 or 2, "video_type is not 1 or 2");
        Require(login.AudioType is 1 or 2, "audio_type is not 1 or 2");
        Require(login.UserName.Length <= 1024 && login.DeviceToken.Length <= 1024 && login.UnifiedId.Length <= 1024,
            "a string is longer than 1024");
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new HedgwException(DisconnectReason.BadLogin, problem);
        }
    }
}
