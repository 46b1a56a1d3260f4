namespace Andmu.Pipeline.Control.Commands;

/// <summary>Resolutions that an app chooses between, by their numbers on the wire (specification 5.2.9.5).</summary>
public enum VideoResolution
{
    /// <summary>Low: VGA.</summary>
    Sd = 0,

    /// <summary>High: the device's maximum.</summary>
    Hd = 1,
}
