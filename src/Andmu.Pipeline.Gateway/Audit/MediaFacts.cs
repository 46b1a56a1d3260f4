using Andmu.Hedgw;

namespace Andmu.Pipeline.Gateway.Audit;

/// <summary>What the audit looks at in a media package (specification 5.2.3).</summary>
internal readonly record struct MediaFacts(
    uint PackageType,
    bool IsKeyFrame,
    long DataLength,
    uint DataSize,
    uint StartTime,
    uint SequenceNumber,
    uint? ControlFlag,
    ulong? TakenAt = null)
{
    public static MediaFacts Of(TDMediaPackage package) => new(
        package.PackageType,
        package.Sync == 1,
        package.Data.Length,
        package.DataSize,
        package.StartTime,
        package.SeqNum,
        package.HasControlFlag ? package.ControlFlag : null,
        package.HasIpcamTime ? package.IpcamTime : null);

    /// <summary>Which package it is, as it stands at the head of a finding.</summary>
    public override string ToString() => $"{Kind} {SequenceNumber} at {StartTime} ms";

    private string Kind => PackageType switch
    {
        Audit.PackageType.Audio => "audio",
        Audit.PackageType.Video => IsKeyFrame ? "key frame" : "video",
        Audit.PackageType.ParameterSets => "parameter sets",
        _ => "package",
    };
}
