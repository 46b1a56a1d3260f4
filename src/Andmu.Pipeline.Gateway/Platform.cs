using Andmu.Pipeline.Gateway.Devices;
using Andmu.Pipeline.Gateway.Hedgw;
using Andmu.Pipeline.Gateway.Hosting;

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
    EventLog Events)
{
    public LoginVerifier Logins { get; } = new(Options, Faults, Registry, Plans);
}
