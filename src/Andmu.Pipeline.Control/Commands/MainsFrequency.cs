namespace Andmu.Pipeline.Control.Commands;

/// <summary>Frequencies of the mains, in hertz, as on the wire (specification 5.2.9.9).</summary>
public enum MainsFrequency
{
    /// <summary>Not given; never in a command that was parsed.</summary>
    None = 0,

    /// <summary>50 Hz.</summary>
    Hz50 = 50,

    /// <summary>60 Hz.</summary>
    Hz60 = 60,
}
