using System.Numerics;

namespace Andmu.Pipeline.Gateway.Recording.Flac;

/// <summary>
/// Rice-coded errors, RFC 9639 9.2.7:
/// <code>
/// 00 | partition order (4) | parameter (4) errors ... | parameter (4) errors ... | ...
/// </code>
/// A parameter k splits an error, folded to be non-negative, into a unary quotient and k low bits. 2^order partitions share a block,
/// each with its own k; the first is shorter by the warm-up samples.
/// </summary>
internal static class RiceCoding
{
    // With the four-bit parameters of coding method 0; 15 is the escape, which is not needed beside verbatim subframes.
    private const int MaxParameter = 14;
    private const int MaxPartitionOrder = 5;

    /// <summary>The partition order that takes the fewest bits, and how many those are, the coding's own header included.</summary>
    public static (int PartitionOrder, long Bits) Choose(ReadOnlySpan<int> errors, int blockSize, int predictorOrder)
    {
        (int PartitionOrder, long Bits) best = (0, long.MaxValue);
        for (int order = 0; order <= MaxPartitionOrder; order++)
        {
            int size = blockSize >> order;
            if (size << order != blockSize || size <= predictorOrder)
            {
                break;
            }

            long bits = 6;
            int start = 0;
            for (int partition = 0; partition < 1 << order; partition++)
            {
                int count = size - (partition == 0 ? predictorOrder : 0);
                bits += 4 + ChooseParameter(errors.Slice(start, count)).Bits;
                start += count;
            }

            if (bits < best.Bits)
            {
                best = (order, bits);
            }
        }

        return best;
    }

    public static void Write(ref FlacBitWriter writer, ReadOnlySpan<int> errors, int blockSize, int predictorOrder, int partitionOrder)
    {
        writer.Write(0, 2);
        writer.Write((uint)partitionOrder, 4);
        int size = blockSize >> partitionOrder;
        int start = 0;
        for (int partition = 0; partition < 1 << partitionOrder; partition++)
        {
            int count = size - (partition == 0 ? predictorOrder : 0);
            WritePartition(ref writer, errors.Slice(start, count));
            start += count;
        }
    }

    private static void WritePartition(ref FlacBitWriter writer, ReadOnlySpan<int> errors)
    {
        int parameter = ChooseParameter(errors).Parameter;
        writer.Write((uint)parameter, 4);
        foreach (int error in errors)
        {
            uint folded = Fold(error);
            writer.WriteUnary(folded >> parameter);
            writer.Write(folded, parameter);
        }
    }

    private static (int Parameter, long Bits) ChooseParameter(ReadOnlySpan<int> errors)
    {
        long sum = 0;
        foreach (int error in errors)
        {
            sum += Fold(error);
        }

        // The best k is near the logarithm of the mean; its neighbours are measured too.
        int guess = errors.IsEmpty ? 0 : BitOperations.Log2((uint)(sum / errors.Length) | 1);
        (int Parameter, long Bits) best = (0, long.MaxValue);
        for (int k = Math.Max(0, guess - 1); k <= Math.Min(MaxParameter, guess + 1); k++)
        {
            long bits = (long)errors.Length * (k + 1);
            foreach (int error in errors)
            {
                bits += Fold(error) >> k;
            }

            if (bits < best.Bits)
            {
                best = (k, bits);
            }
        }

        return best.Bits == long.MaxValue ? (MaxParameter, long.MaxValue / 64) : best;
    }

    // 0, -1, 1, -2, 2 ... become 0, 1, 2, 3, 4 ...
    private static uint Fold(int error) => (uint)((error << 1) ^ (error >> 31));
}
