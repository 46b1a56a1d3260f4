using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Andmu.Pipeline.Protocol.Wire;

/// <summary>
/// Fills the blocks of a buffer writer without leaving a gap: it asks for no minimum, so the writer's owner alone decides how large
/// blocks are, and it asks only when a block is full.
/// </summary>
internal ref struct BlockWriter(IBufferWriter<byte> output)
{
    private readonly IBufferWriter<byte> _output = output;
    private Span<byte> _free = output.GetSpan();
    private int _written;

    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > _free.Length)
        {
            bytes[.._free.Length].CopyTo(_free);
            bytes = bytes[_free.Length..];
            _output.Advance(_written + _free.Length);
            _written = 0;
            _free = _output.GetSpan();
            if (_free.IsEmpty)
            {
                ThrowNoSpace();
            }
        }

        bytes.CopyTo(_free);
        _free = _free[bytes.Length..];
        _written += bytes.Length;
    }

    public void Complete()
    {
        _output.Advance(_written);
        _written = 0;
        _free = default;
    }

    // Against the contract of IBufferWriter; without this it would be asked for ever.
    [DoesNotReturn]
    private static void ThrowNoSpace() => throw new InvalidOperationException("The buffer writer gave an empty span.");
}
