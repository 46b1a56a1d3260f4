using Andmu.Pipeline.OpenApi;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Cli.Tests;

public sealed class ErrorReportTests
{
    [Theory]
    [InlineData(UplinkFaultKind.Stopped, ExitCode.Ok)]
    [InlineData(UplinkFaultKind.NoEndpoint, ExitCode.Network)]
    [InlineData(UplinkFaultKind.ConnectFailed, ExitCode.Network)]
    [InlineData(UplinkFaultKind.TlsFailed, ExitCode.Network)]
    [InlineData(UplinkFaultKind.PeerNotVerified, ExitCode.Authentication)]
    [InlineData(UplinkFaultKind.LoginTimeout, ExitCode.Network)]
    [InlineData(UplinkFaultKind.LoginRefused, ExitCode.Authentication)]
    [InlineData(UplinkFaultKind.NotAdmitted, ExitCode.Network)]
    [InlineData(UplinkFaultKind.DeviceDeleted, ExitCode.Authentication)]
    [InlineData(UplinkFaultKind.ProtocolViolation, ExitCode.Failure)]
    [InlineData(UplinkFaultKind.PeerClosed, ExitCode.Network)]
    [InlineData(UplinkFaultKind.ConnectionLost, ExitCode.Network)]
    [InlineData(UplinkFaultKind.PeerSilent, ExitCode.Network)]
    public void ExitCodeOf_Fault_Code(UplinkFaultKind kind, object expected) => Assert.Equal(expected, ErrorReport.ExitCodeOf(kind));

    [Theory]
    [InlineData(OpenApiError.AuthenticationFailed, ExitCode.Authentication)]
    [InlineData(OpenApiError.WrongPassword, ExitCode.Authentication)]
    [InlineData(OpenApiError.RegisteredByAnotherAccount, ExitCode.Authentication)]
    [InlineData(OpenApiError.Tls, ExitCode.Authentication)]
    [InlineData(OpenApiError.Network, ExitCode.Network)]
    [InlineData(OpenApiError.Timeout, ExitCode.Network)]
    [InlineData(OpenApiError.HedgwUnavailable, ExitCode.Network)]
    [InlineData(OpenApiError.ServerError, ExitCode.Network)]
    [InlineData(OpenApiError.ModelIdNotInitialized, ExitCode.Usage)]
    [InlineData(OpenApiError.DeviceIdInvalid, ExitCode.Usage)]
    [InlineData(OpenApiError.BadRequest, ExitCode.Failure)]
    [InlineData(OpenApiError.InvalidResponse, ExitCode.Failure)]
    public void ExitCodeOf_Call_Code(OpenApiError error, object expected) => Assert.Equal(expected, ErrorReport.ExitCodeOf(error));
}
