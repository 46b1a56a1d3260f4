namespace Andmu.Pipeline.Gateway.OpenApi;

/// <summary>A call is answered with an error code of appendix C.</summary>
internal sealed class CallException(string errorCode, string description, int httpStatus = 200) : Exception(description)
{
    public string ErrorCode { get; } = errorCode;

    public int HttpStatus { get; } = httpStatus;
}
