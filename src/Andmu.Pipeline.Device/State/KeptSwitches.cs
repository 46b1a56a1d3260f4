namespace Andmu.Pipeline.Device.State;

/// <summary>Which switches were how at last.</summary>
/// <param name="IsOn">The device.</param>
/// <param name="IsMicrophoneOn">Its microphone.</param>
internal sealed record KeptSwitches(bool IsOn, bool IsMicrophoneOn)
{
    /// <summary>A device that its user has switched nothing off of.</summary>
    public static KeptSwitches AllOn { get; } = new(IsOn: true, IsMicrophoneOn: true);
}
