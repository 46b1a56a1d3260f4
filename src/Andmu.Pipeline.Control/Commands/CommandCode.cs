namespace Andmu.Pipeline.Control.Commands;

/// <summary>The two numbers that name a command (specification 5.2.9 and 5.2.10), also in its response.</summary>
/// <param name="Request">1792 queries, 1793 sets, 1815 switches the device, 4097 upgrades it.</param>
/// <param name="SubRequest">Which of them; null for what has none.</param>
public readonly record struct CommandCode(int Request, int? SubRequest)
{
    /// <summary>For instance <c>1793/15</c>, or <c>4097</c>.</summary>
    public override string ToString() => SubRequest is { } sub ? $"{Request}/{sub}" : $"{Request}";
}
