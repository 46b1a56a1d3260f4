namespace Andmu.Pipeline.Gateway.Recording.Flac;

/// <summary>
/// The fixed linear predictors, RFC 9639 9.2.5: a sample is foretold from up to four before it, and only the error is coded.
/// The error of order n is the difference of the errors of order n - 1.
/// </summary>
internal static class FixedPredictor
{
    public const int MaxOrder = 4;

    /// <summary>Writes the errors of an order behind its warm-up samples and returns the sum of their magnitudes.</summary>
    public static long Predict(ReadOnlySpan<int> samples, int order, Span<int> errors)
    {
        long sum = 0;
        for (int i = order; i < samples.Length; i++)
        {
            int error = order switch
            {
                0 => samples[i],
                1 => samples[i] - samples[i - 1],
                2 => samples[i] - (2 * samples[i - 1]) + samples[i - 2],
                3 => samples[i] - (3 * samples[i - 1]) + (3 * samples[i - 2]) - samples[i - 3],
                _ => samples[i] - (4 * samples[i - 1]) + (6 * samples[i - 2]) - (4 * samples[i - 3]) + samples[i - 4],
            };
            errors[i - order] = error;
            sum += Math.Abs(error);
        }

        return sum;
    }

    /// <summary>The order whose errors are smallest; its errors are left in <paramref name="errors"/>.</summary>
    public static int Choose(ReadOnlySpan<int> samples, Span<int> errors)
    {
        int best = 0;
        long least = long.MaxValue;
        for (int order = 0; order <= MaxOrder && order < samples.Length; order++)
        {
            long sum = Predict(samples, order, errors);
            if (sum < least)
            {
                least = sum;
                best = order;
            }
        }

        Predict(samples, best, errors);
        return best;
    }
}
