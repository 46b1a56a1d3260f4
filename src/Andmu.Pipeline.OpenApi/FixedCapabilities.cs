namespace Andmu.Pipeline.OpenApi;

/// <summary>What a device can do for its whole life: fixed at registration (specification 4 and 5.1.1, bits of <c>FEATURE</c>).</summary>
[Flags]
public enum FixedCapabilities
{
    /// <summary>None of these.</summary>
    None = 0,

    /// <summary>Connects by Wi-Fi.</summary>
    WiFi = 0x1,

    /// <summary>Pans, tilts or zooms.</summary>
    Ptz = 0x10,

    /// <summary>Has no microphone.</summary>
    NoMicrophone = 0x200,

    /// <summary>Has a fisheye lens.</summary>
    Fisheye = 0x800,
}
