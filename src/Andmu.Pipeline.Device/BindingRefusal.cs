namespace Andmu.Pipeline.Device;

/// <summary>Why a QR code, or a user, was not taken to register with.</summary>
public enum BindingRefusal
{
    /// <summary>It was taken.</summary>
    None,

    /// <summary>The device does not register: <see cref="AndmuDevice.StartAsync"/> is not under way, it is registered already, or neither
    /// <see cref="AndmuDeviceOptions.QrCodeParser"/> nor <see cref="AndmuDeviceOptions.WiredBinding"/> is set.</summary>
    NotWaiting,

    /// <summary>There is no <see cref="AndmuDeviceOptions.QrCodeParser"/> to read it with.</summary>
    NoParser,

    /// <summary>The text is longer than any QR code.</summary>
    TooLong,

    /// <summary>It is not a QR code of the app: the parser gave null, or threw.</summary>
    NotUnderstood,

    /// <summary>The mobile number or the token is blank, or longer than 1023 bytes of UTF-8 (specification 1.2.2.1).</summary>
    Invalid,

    /// <summary>The platform refused just this user and token less than a minute ago: make a new code in the app.</summary>
    JustRefused,
}
