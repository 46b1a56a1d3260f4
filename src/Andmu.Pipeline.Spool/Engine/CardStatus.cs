using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool.Engine;

/// <summary>The part of a <see cref="SpoolStatus"/> that the engine knows.</summary>
internal readonly record struct CardStatus(
    SpoolState State, string? Volume, StoreSpace Space, long UsedBytes, int Segments, long DeliveredSegments, long Faults, long CardChanges);
