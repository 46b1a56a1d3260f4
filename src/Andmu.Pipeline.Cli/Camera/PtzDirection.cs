namespace Andmu.Pipeline.Cli.Camera;

/// <summary>Where a head is to turn, with the numbers of specification 5.2.9.11.</summary>
internal enum PtzDirection
{
    Left = 1,
    Right = 2,
    Up = 3,
    Down = 4,
}
