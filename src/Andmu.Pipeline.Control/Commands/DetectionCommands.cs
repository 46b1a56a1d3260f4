namespace Andmu.Pipeline.Control;

/// <summary>How easily motion is seen (specification 5.2.9.2; request 1793, subRequest 15).</summary>
/// <param name="Sensitivity">30, 50, 80, 90 or 100; more is more sensitive. 80 unless set.</param>
public sealed record SetMotionSensitivity(int Sensitivity) : ControlCommand;

/// <summary>How easily sound is heard (specification 5.2.9.3; request 1793, subRequest 29).</summary>
/// <param name="Sensitivity">80, 85, 90, 95 or 100; more is more sensitive. 90 unless set.</param>
public sealed record SetSoundSensitivity(int Sensitivity) : ControlCommand;

/// <summary>Where motion is looked for (specification 5.2.9.13; request 1793, subRequest 56). Replaces what was set before.</summary>
/// <param name="Regions">At most 25; empty: the whole picture.</param>
public sealed record SetMotionRegions(IReadOnlyList<MotionRegion> Regions) : ControlCommand
{
    /// <summary>The same as blocks: those of all regions that are enabled; all blocks when there is no region.</summary>
    public MotionBlocks Blocks => MotionBlocks.Of(Regions);
}

/// <summary>Whether the head follows what moves (specification 5.2.9.21; request 1793, subRequest 109).</summary>
/// <param name="On">Whether it does.</param>
public sealed record SetMotionTracking(bool On) : ControlCommand;

/// <summary>How long nothing may move before a head that has followed something returns (specification 5.2.9.22; request 1793, subRequest 116).</summary>
/// <param name="Time">Whole seconds, from 0.</param>
public sealed record SetTrackingReturnTime(TimeSpan Time) : ControlCommand;
