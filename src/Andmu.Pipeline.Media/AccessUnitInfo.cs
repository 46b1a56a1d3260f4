namespace Andmu.Pipeline.Media;

/// <summary>What <see cref="AccessUnit.Inspect"/> found in one access unit.</summary>
public readonly record struct AccessUnitInfo
{
    /// <summary>There is a coded picture; when false, <see cref="Fault"/> says why and every other member is false or zero.</summary>
    public bool HasPicture => PictureBytes > 0;

    /// <summary>Why there is no picture.</summary>
    public AccessUnitFault Fault { get; init; }

    /// <summary>A decoder can start here: IDR (H.264) or IRAP (H.265).</summary>
    public bool IsRandomAccess { get; init; }

    /// <summary>No other picture of its temporal sub-layer refers to this one.</summary>
    public bool IsDisposable { get; init; }

    /// <summary>H.265 RASL: decoded after its IRAP picture, shown before it, and not decodable when the stream was cut in between. Always false
    /// for H.264.</summary>
    public bool IsSkippedLeading { get; init; }

    /// <summary>H.265 CRA: after a cut it has to be sent as BLA (<see cref="H265.H265BrokenLink"/>). Always false for H.264.</summary>
    public bool IsCleanRandomAccess { get; init; }

    /// <summary>What <see cref="AccessUnit.WritePicture"/> will write, in bytes.</summary>
    public int PictureBytes { get; init; }
}
