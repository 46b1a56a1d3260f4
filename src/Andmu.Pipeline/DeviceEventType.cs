namespace Andmu.Pipeline;

/// <summary>What happened: the type of a DevEventCmd (specification 5.2.6).</summary>
public enum DeviceEventType
{
    /// <summary>Motion.</summary>
    Motion = 1,

    /// <summary>Sound.</summary>
    Sound = 2,

    /// <summary>A face.</summary>
    Face = 3,

    /// <summary>A person count, with its figures as JSON in the message.</summary>
    PersonCount = 4,

    /// <summary>A human shape.</summary>
    HumanShape = 5,
}
