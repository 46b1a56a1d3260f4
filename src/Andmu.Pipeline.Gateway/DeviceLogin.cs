namespace Andmu.Pipeline.Gateway;

/// <summary>What a device said of itself when it logged in (specification 5.2.1), without its secrets.</summary>
/// <param name="Mac">The device's MAC address, 12 hexadecimal digits.</param>
/// <param name="UserName">The user's name or mobile number.</param>
/// <param name="ChannelId">0 live stream, 1 SD-card backlog.</param>
/// <param name="VideoType">1 H.264, 2 H.265.</param>
/// <param name="VideoWidth">Luma samples.</param>
/// <param name="VideoHeight">Luma samples.</param>
/// <param name="AudioType">1 G.726, 2 G.711 A-law.</param>
/// <param name="AudioKilohertz">Sampling rate in kHz.</param>
/// <param name="AudioChannels">Number of channels.</param>
public sealed record DeviceLogin(
    string Mac,
    string UserName,
    int ChannelId,
    int VideoType,
    long VideoWidth,
    long VideoHeight,
    int AudioType,
    long AudioKilohertz,
    long AudioChannels);
