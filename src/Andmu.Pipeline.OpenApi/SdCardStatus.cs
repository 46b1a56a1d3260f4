namespace Andmu.Pipeline.OpenApi;

/// <summary>State of the SD card (specification 5.1.6, <c>sdcardStatus</c>).</summary>
public enum SdCardStatus
{
    /// <summary>No card.</summary>
    Absent = 1,

    /// <summary>A card that does not work.</summary>
    Faulty = 2,

    /// <summary>A card that works.</summary>
    Normal = 3,
}
