namespace Andmu.Pipeline.Gateway.OpenApi;

/// <summary>The error codes of appendix C that this platform gives; strings on the wire.</summary>
internal static class ErrorCodes
{
    public const string Ok = "0";
    public const string BadRequest = "400";
    public const string WrongPassword = "10005";
    public const string SystemError = "20000";
    public const string EmptyJson = "20005";
    public const string EmptyParameter = "20008";
    public const string JsonError = "21001";
    public const string OtherAccount = "21113";
    public const string UnknownModel = "70002";
    public const string BadDeviceId = "70004";
    public const string Undefined = "80000";
}
