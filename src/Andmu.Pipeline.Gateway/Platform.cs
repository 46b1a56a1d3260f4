using Andmu.Pipeline.Gateway.Devices;
using Andmu.Pipeline.Gateway.Hedgw;
using Andmu.Pipeline.Gateway.Hosting;
using Andmu.Pipeline.Gateway.Recording;

namespace Andmu.Pipeline.Gateway;

/// <summary>What all connections of one gateway share.</summary>
internal sealed record Platform(
    GatewayOptions Options,
    DataDirectory Data,
    NoticeBoard Notices,
    GatewayFaults Faults,
    DeviceRegistry Registry,
    PlanBook Plans,
    SessionTable Sessions,
    EventLog Events,
    RecorderPool Recorders)
{
    /// <summary>What is known of each device from connection to connection.</summary>
    public KnownDevices Known { get; } = new();

    public LoginVerifier Logins { get; } = new(Options, Faults, Registry, Plans);
}
