namespace Andmu.Pipeline.Device.Tests.Doubles;

/// <summary>Draws the middle every time: the pauses of the OpenAPI are 0.5, 1, 2, 4, 8, 16, 16... seconds.</summary>
internal sealed class HalfRandom : Random
{
    public override double NextDouble() => 0.5;

    public override int Next() => 1;
}
