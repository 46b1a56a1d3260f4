using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Device;

/// <summary>What an <see cref="AndmuDevice"/> has just done, or is about to do.</summary>
public enum DeviceStep
{
    /// <summary>No kept registration: the platform is asked for one (specification 5.1.1).</summary>
    Registering,

    /// <summary>There is a registration, new or kept. <see cref="AndmuDevice.Uplink"/> is there and not started yet.</summary>
    Registered,

    /// <summary><see cref="AndmuDevice.Settings"/> are there (specification 5.1.5).</summary>
    SettingsRead,

    /// <summary>The platform knows the capabilities (specification 5.1.3).</summary>
    CapabilitiesReported,

    /// <summary>The platform knows model and versions (specification 5.1.7).</summary>
    InfoReported,

    /// <summary>The uplink has been given the address of a gateway: <see cref="DeviceProgress.Gateway"/>.</summary>
    GatewayAddress,

    /// <summary>The uplink has come into another state: <see cref="DeviceProgress.Uplink"/>.</summary>
    UplinkChanged,

    /// <summary>A call did not succeed and is made again: <see cref="DeviceProgress.Error"/>, <see cref="DeviceProgress.RetryIn"/>.</summary>
    Retrying,

    /// <summary>A call did not succeed, and making it again would not help: <see cref="DeviceProgress.Error"/>. The media goes on without it.</summary>
    GivenUp,

    /// <summary>The platform no longer accepts the registration, and it is forgotten: a new QR code or binding is needed. Why, says the
    /// <see cref="UplinkState.Ended"/> before.</summary>
    RegistrationForgotten,

    /// <summary>The device is not registered and waits for a user, from a QR code or the wired binding. With a <see cref="DeviceProgress.Error"/>: for
    /// another, since the platform has refused the one before.</summary>
    WaitingForUser,
}
