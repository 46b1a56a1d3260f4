namespace Andmu.Pipeline.OpenApi;

/// <summary>
/// Suppression of flicker (specification 5.1.5, <c>antiFlicker</c>): its example gives a mains frequency, its table On and Off.
/// </summary>
public enum AntiFlicker
{
    /// <summary>Off.</summary>
    Off,

    /// <summary>On, at the frequency that the device finds right.</summary>
    On,

    /// <summary>On, for 50 Hz mains.</summary>
    Hz50,

    /// <summary>On, for 60 Hz mains.</summary>
    Hz60,
}
