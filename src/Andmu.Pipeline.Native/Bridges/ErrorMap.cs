using Andmu.Pipeline.Native.Interop;
using Andmu.Pipeline.OpenApi;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Native.Bridges;

/// <summary>Exceptions and faults as an andmu_result.</summary>
internal static class ErrorMap
{
    public static NativeResult Of(Exception error) => error switch
    {
        OpenApiException failed => Of(failed),
        UplinkException failed => Of(failed.Kind),
        ObjectDisposedException => NativeResult.Handle,
        OperationCanceledException => NativeResult.Stopped,
        TimeoutException => NativeResult.Timeout,
        ArgumentException => NativeResult.Invalid,
        InvalidOperationException => NativeResult.State,
        OutOfMemoryException => NativeResult.Memory,
        _ => NativeResult.Internal,
    };

    public static NativeResult Of(OpenApiException error) => error.Code switch
    {
        OpenApiError.Network or OpenApiError.HedgwUnavailable or OpenApiError.ServerError or OpenApiError.SystemError => NativeResult.Network,
        OpenApiError.Timeout => NativeResult.Timeout,
        OpenApiError.Tls => NativeResult.Peer,
        OpenApiError.AuthenticationFailed or OpenApiError.WrongPassword => NativeResult.Auth,
        _ => NativeResult.Refused,
    };

    public static NativeResult Of(UplinkFaultKind kind) => kind switch
    {
        UplinkFaultKind.TlsFailed or UplinkFaultKind.PeerNotVerified => NativeResult.Peer,
        UplinkFaultKind.LoginTimeout => NativeResult.Timeout,
        UplinkFaultKind.LoginRefused or UplinkFaultKind.DeviceDeleted => NativeResult.Auth,
        UplinkFaultKind.NotAdmitted => NativeResult.Refused,
        UplinkFaultKind.Stopped => NativeResult.Stopped,
        _ => NativeResult.Network,
    };

    /// <summary>The platform's own number for what went wrong; 0 when it gave none.</summary>
    public static int CodeOf(OpenApiException error) =>
        int.TryParse(error.RawCode, out int code) ? code : (int?)error.StatusCode ?? 0;

    public static NativeResult Of(WriteResult result) => result switch
    {
        WriteResult.Written or WriteResult.NoPicture => NativeResult.Ok,
        WriteResult.AwaitingRandomAccess => NativeResult.KeyFrame,
        WriteResult.Malformed => NativeResult.Malformed,
        _ => NativeResult.Again,
    };

    public static NativeResult Of(Device.BindingRefusal refusal) => refusal switch
    {
        Device.BindingRefusal.None => NativeResult.Ok,
        Device.BindingRefusal.NotWaiting or Device.BindingRefusal.NoParser => NativeResult.State,
        Device.BindingRefusal.JustRefused => NativeResult.Refused,
        _ => NativeResult.Invalid,
    };
}
