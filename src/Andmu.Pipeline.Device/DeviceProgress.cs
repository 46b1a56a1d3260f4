using System.Globalization;
using Andmu.Pipeline.OpenApi;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Device;

/// <summary>One step of an <see cref="AndmuDevice"/>, for command lines, logs and status lights.</summary>
/// <param name="Step">Which.</param>
public sealed record DeviceProgress(DeviceStep Step)
{
    /// <summary>With <see cref="DeviceStep.GatewayAddress"/>: the address that is tried first.</summary>
    public HedgwEndpoint? Gateway { get; init; }

    /// <summary>With <see cref="DeviceStep.UplinkChanged"/>: the new state, and what led to it.</summary>
    public UplinkStateChange? Uplink { get; init; }

    /// <summary>With <see cref="DeviceStep.Retrying"/> and <see cref="DeviceStep.GivenUp"/>: what went wrong, and with which call. With
    /// <see cref="DeviceStep.WaitingForUser"/>: why the platform refused the user before, if there was one.</summary>
    public OpenApiException? Error { get; init; }

    /// <summary>With <see cref="DeviceStep.Retrying"/>: after which pause the call is made again.</summary>
    public TimeSpan? RetryIn { get; init; }

    /// <summary>The step in one line for people; holds no secret.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Step switch
    {
        DeviceStep.Registering => "registering",
        DeviceStep.Registered => "registered",
        DeviceStep.SettingsRead => "settings read",
        DeviceStep.CapabilitiesReported => "capabilities reported",
        DeviceStep.InfoReported => "device information reported",
        DeviceStep.GatewayAddress => $"gateway {Gateway}",
        DeviceStep.UplinkChanged when Uplink is { Fault: { } fault } change => $"uplink {Word(change)}: {fault.Message}",
        DeviceStep.UplinkChanged when Uplink is { } change => $"uplink {Word(change)}",
        DeviceStep.Retrying when RetryIn is { } wait =>
            string.Create(CultureInfo.InvariantCulture, $"trying again in {wait.TotalSeconds:0.0} s: {Error?.Message}"),
        DeviceStep.GivenUp => $"given up: {Error?.Message}",
        DeviceStep.WaitingForUser when Error is { } error => $"waiting for another user: {error.Message}",
        DeviceStep.WaitingForUser => "waiting for a user",
        DeviceStep.RegistrationForgotten => "registration forgotten",
        _ => Step.ToString(),
    };

    private static string Word(UplinkStateChange change) => change.State switch
    {
        UplinkState.New => "new",
        UplinkState.Connecting => "connecting",
        UplinkState.LoggingIn => "logging in",
        UplinkState.Online => "online",
        UplinkState.Waiting => "waiting",
        _ => "ended",
    };
}
