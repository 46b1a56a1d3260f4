namespace Andmu.Pipeline.Control;

/// <summary>Switches the counting of persons (specification 5.2.9.18; request 1793, subRequest 92).</summary>
/// <param name="On">Whether they are counted.</param>
public sealed record SetPersonCount(bool On) : ControlCommand;

/// <summary>Where persons are counted (specification 5.2.9.17; request 1793, subRequest 94). Replaces what was set before.</summary>
/// <param name="Regions">Empty: the whole picture.</param>
public sealed record SetPersonRegions(IReadOnlyList<PictureRegion> Regions) : ControlCommand;

/// <summary>When persons are counted (specification 5.2.9.19; request 1793, subRequest 93). Replaces what was set before.</summary>
/// <param name="Schedule">Active: they are counted.</param>
/// <param name="On">The <c>status</c> beside the list, which the specification does not explain; null when the app does not say.</param>
public sealed record SetPersonSchedule(WeeklySchedule Schedule, bool? On) : ControlCommand;
