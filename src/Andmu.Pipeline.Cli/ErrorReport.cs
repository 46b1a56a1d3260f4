using System.Net.Sockets;
using Andmu.Pipeline.Gateway;
using Andmu.Pipeline.OpenApi;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Cli;

/// <summary>Turns whatever went wrong into one line and an exit code.</summary>
internal static class ErrorReport
{
    // errno of a full disk and of an exceeded quota (asm-generic/errno.h); .NET keeps it in the low half of HResult.
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    /// <summary>Writes the line, and the stack trace if asked for.</summary>
    public static async Task<ExitCode> WriteAsync(Exception error, Terminal terminal, bool verbose, CancellationToken cancellationToken)
    {
        if (error is OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            await terminal.Error.WriteLineAsync("andmu: stopped before the end.");
            return ExitCode.Failure;
        }

        (ExitCode exitCode, string message) = Describe(error);
        await terminal.Error.WriteLineAsync($"andmu: {message.ReplaceLineEndings(" ")}");
        if (verbose)
        {
            await terminal.Error.WriteLineAsync(error.ToString());
        }

        return exitCode;
    }

    /// <summary>The exit code for why an uplink ended.</summary>
    public static ExitCode ExitCodeOf(UplinkFaultKind kind) => kind switch
    {
        UplinkFaultKind.Stopped => ExitCode.Ok,
        UplinkFaultKind.PeerNotVerified or UplinkFaultKind.LoginRefused or UplinkFaultKind.DeviceDeleted => ExitCode.Authentication,
        UplinkFaultKind.ProtocolViolation => ExitCode.Failure,
        _ => ExitCode.Network,
    };

    /// <summary>The exit code for a refused or failed call.</summary>
    public static ExitCode ExitCodeOf(OpenApiError code) => code switch
    {
        OpenApiError.AuthenticationFailed or OpenApiError.WrongPassword or OpenApiError.RegisteredByAnotherAccount or OpenApiError.Tls =>
            ExitCode.Authentication,
        OpenApiError.ModelIdNotInitialized or OpenApiError.DeviceIdInvalid or OpenApiError.Redirected => ExitCode.Usage,
        OpenApiError.Network or OpenApiError.Timeout or OpenApiError.HedgwUnavailable or OpenApiError.ServerError
            or OpenApiError.SystemError or OpenApiError.HttpStatus => ExitCode.Network,
        _ => ExitCode.Failure,
    };

    private static (ExitCode ExitCode, string Message) Describe(Exception error) => error switch
    {
        CliException cli => (cli.ExitCode, cli.Message),
        OpenApiException call => (ExitCodeOf(call.Code), call.Message),
        UplinkException uplink => (ExitCodeOf(uplink.Kind), uplink.Message),
        GatewayException gateway => (IsFullDisk(gateway.InnerException) ? ExitCode.Failure : ExitCode.Usage, gateway.Message),
        IOException full when IsFullDisk(full) => (ExitCode.Failure, $"The disk is full: make room, or choose another directory. ({full.Message})"),
        UnauthorizedAccessException denied => (ExitCode.Usage, $"{denied.Message} Choose another path, or give this user the right to use it."),
        IOException { InnerException: SocketException } broken => (ExitCode.Network, broken.Message),
        IOException io => (ExitCode.Failure, io.Message),
        SocketException socket => (ExitCode.Network, socket.Message),
        _ => (ExitCode.Failure, $"{error.GetType().Name}: {error.Message} Run it again with --verbose for where it happened."),
    };

    private static bool IsFullDisk(Exception? error) => error is IOException && (error.HResult & 0xFFFF) is NoSpace or QuotaExceeded;
}
