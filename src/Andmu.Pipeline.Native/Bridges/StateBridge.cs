using Andmu.Pipeline.Device;
using Andmu.Pipeline.Native.Interop;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Native.Bridges;

/// <summary>Steps of a device as on_state is told of them.</summary>
internal sealed unsafe class StateBridge(HostCallbacks host, NotificationQueue queue)
{
    private const int StartFailedStep = 11;
    private const int EndedStep = 12;

    private volatile UplinkState _uplink;

    public UplinkState Uplink => _uplink;

    public void OnProgress(DeviceProgress progress)
    {
        if (progress.Uplink is { } change)
        {
            _uplink = change.State;
        }

        var told = new Told(NumberOf(progress.Step), _uplink, progress.ToString())
        {
            Error = progress.Error is { } failed ? ErrorMap.Of(failed) : progress.Uplink?.Fault is { } fault ? ErrorMap.Of(fault.Kind) : NativeResult.Ok,
            Code = progress.Error is { } refused ? ErrorMap.CodeOf(refused) : progress.Uplink?.Fault?.Code ?? 0,
            Retry = progress.RetryIn ?? TimeSpan.Zero,
            Gateway = progress.Gateway,
        };
        Post(told);
    }

    public void OnStartFailed(Exception error) => Post(new Told(StartFailedStep, _uplink, $"start failed: {error.Message}")
    {
        Error = error is InvalidOperationException ? NativeResult.Invalid : ErrorMap.Of(error), // no user to register for
        Code = error is OpenApi.OpenApiException refused ? ErrorMap.CodeOf(refused) : 0,
    });

    public void OnEnded(UplinkFault end)
    {
        _uplink = UplinkState.Ended;
        Post(new Told(EndedStep, UplinkState.Ended, $"ended: {end.Message}") { Error = ErrorMap.Of(end.Kind), Code = end.Code ?? 0 });
    }

    private void Post(Told told) => queue.Post(() =>
    {
        using var scope = new NativeScope();
        var state = new NativeState
        {
            StructSize = (uint)sizeof(NativeState),
            Step = told.Step,
            Uplink = (int)told.Uplink,
            Error = told.Error,
            PlatformCode = told.Code,
            RetryMs = (int)Math.Min(told.Retry.TotalMilliseconds, int.MaxValue),
            GatewayPort = told.Gateway?.Port ?? 0,
            GatewayHost = scope.Text(told.Gateway?.Host),
            Text = scope.Text(told.Text),
        };
        host.State(&state);
    });

    private static int NumberOf(DeviceStep step) => step switch
    {
        DeviceStep.Registering => 0,
        DeviceStep.Registered => 1,
        DeviceStep.SettingsRead => 2,
        DeviceStep.CapabilitiesReported => 3,
        DeviceStep.InfoReported => 4,
        DeviceStep.GatewayAddress => 5,
        DeviceStep.UplinkChanged => 6,
        DeviceStep.Retrying => 7,
        DeviceStep.GivenUp => 8,
        DeviceStep.RegistrationForgotten => 9,
        _ => 10,
    };

    private sealed record Told(int Step, UplinkState Uplink, string Text)
    {
        public NativeResult Error { get; init; }

        public int Code { get; init; }

        public TimeSpan Retry { get; init; }

        public HedgwEndpoint? Gateway { get; init; }
    }
}
