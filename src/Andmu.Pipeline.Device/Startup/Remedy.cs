namespace Andmu.Pipeline.Device.Startup;

/// <summary>What may help against a registration that did not succeed.</summary>
internal enum Remedy
{
    /// <summary>Time: the same again, after a pause.</summary>
    Repeat,

    /// <summary>Another QR code, or another binding.</summary>
    AnotherUser,

    /// <summary>Neither: the host has to be told.</summary>
    TellHost,
}
