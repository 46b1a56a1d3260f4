namespace Andmu.Pipeline.Gateway;

/// <summary>Why a gateway could not start.</summary>
public enum GatewayFailure
{
    /// <summary>An option has a value that cannot work.</summary>
    BadOptions,

    /// <summary>A port is taken by another program.</summary>
    PortBusy,

    /// <summary>The host address is not one of this machine, or the port needs a privilege.</summary>
    AddressNotAvailable,

    /// <summary>The data directory cannot be created, read or written, or its disk is full.</summary>
    DataDirectory,
}
