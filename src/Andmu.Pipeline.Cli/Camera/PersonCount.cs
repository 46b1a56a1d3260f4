namespace Andmu.Pipeline.Cli.Camera;

/// <summary>Persons who crossed the counted regions (specification 5.2.6). Each number is 0 to 65535.</summary>
/// <param name="Upwards">From the bottom of the picture to its top.</param>
/// <param name="Downwards">From the top to the bottom.</param>
internal readonly record struct PersonCount(int Upwards, int Downwards)
{
    /// <summary>Most that one half of the number on the wire holds.</summary>
    public const int Largest = ushort.MaxValue;

    /// <summary>Both in one number: upwards in the high 16 bits, which makes it negative from 32768 on.</summary>
    public int Packed => (Upwards << 16) | Downwards;
}
