namespace Andmu.Pipeline.Cli.Options;

/// <summary>The specification's own sample values: the local platform takes them, a real one does not.</summary>
internal static class Samples
{
    // Specification 1.2.2.3.
    public const string AccessKey = "Zhejian";
    public const string AccessSecret = "XgijVJq7eIp94Ax3cKvq";

    // Specification 1.2.2.4 and 5.1.1: the registration's request.
    public const string DeviceModelId = "Zhejian_zj_cnmobile_001";
    public const string DeviceId = "110234567894562";
    public const string DeviceMac = "2059a074e0bc";
    public const string UserMobile = "13888888888";
    public const string UserToken = "e10adc3949ba59abbe56e057f20f883e";

    // Specification 5.1.1: the registration's answer.
    public const string DeviceToken = "89Q832IF09JISDOFCJIOAWIOJ";
    public const string UnifiedId = "KKOWAJFIWI32904493";
}
