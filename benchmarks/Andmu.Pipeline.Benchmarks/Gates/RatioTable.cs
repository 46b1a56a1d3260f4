using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Parameters;
using BenchmarkDotNet.Running;

namespace Andmu.Pipeline.Benchmarks.Gates;

/// <summary>
/// Every benchmark against the baseline of its class, by turns (<see cref="Duel"/>): a table in a minute that a busy machine does not spoil, where BenchmarkDotNet,
/// which measures one after the other, wants the machine for itself.
/// </summary>
internal static class RatioTable
{
    private const int Measurements = 5;

    /// <summary>Writes it as Markdown.</summary>
    public static void Write(TextWriter output)
    {
        output.WriteLine("| what | bytes | ns | against | ratio |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (Type type in typeof(RatioTable).Assembly.GetTypes().Where(static type => type.Name.EndsWith("Benchmarks", StringComparison.Ordinal)))
        {
            foreach (IGrouping<string, BenchmarkCase> cases in BenchmarkConverter.TypeToBenchmarks(type).BenchmarksCases.GroupBy(static one => one.Parameters.DisplayInfo))
            {
                WriteClass(output, type, [.. cases]);
            }
        }
    }

    private static void WriteClass(TextWriter output, Type type, BenchmarkCase[] cases)
    {
        if (cases.FirstOrDefault(static one => one.Descriptor.Baseline) is not { } baseline)
        {
            return;
        }

        object instance = Activator.CreateInstance(type)!;
        foreach (ParameterInstance parameter in baseline.Parameters.Items)
        {
            type.GetProperty(parameter.Name)!.SetValue(instance, parameter.Value);
        }

        baseline.Descriptor.GlobalSetupMethod?.Invoke(instance, null);
        string bytes = baseline.Parameters.Items.FirstOrDefault(static item => item.Name == "Bytes")?.Value?.ToString() ?? "";
        foreach (BenchmarkCase one in cases.Where(one => one != baseline))
        {
            (double ratio, double seconds) = Measure(new Duel(Code(instance, one), Code(instance, baseline)));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {type.Name[..^"Benchmarks".Length]}.{Name(one)} | {bytes} | {seconds * 1e9:0} | {Name(baseline)} | {ratio:0.00} |"));
        }

        baseline.Descriptor.GlobalCleanupMethod?.Invoke(instance, null);
    }

    private static (double Ratio, double Seconds) Measure(Duel duel)
    {
        duel.WarmUp();
        duel.Measure(); // compiled for speed by now, but perhaps while it ran
        (double Ratio, double Seconds)[] all = new (double, double)[Measurements];
        for (int i = 0; i < Measurements; i++)
        {
            all[i] = (duel.Measure(), duel.OursSeconds);
        }

        return all.OrderBy(static one => one.Ratio).ElementAt(Measurements / 2);
    }

    private static string Name(BenchmarkCase one) => one.Descriptor.WorkloadMethod.Name;

    private static Func<int> Code(object instance, BenchmarkCase one)
    {
        MethodInfo method = one.Descriptor.WorkloadMethod;
        return method.ReturnType == typeof(int)
            ? method.CreateDelegate<Func<int>>(instance)
            : (Func<int>)typeof(RatioTable).GetMethod(nameof(Wrap), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(method.ReturnType).Invoke(null, [instance, method])!;
    }

    private static Func<int> Wrap<T>(object instance, MethodInfo method)
    {
        Func<T> code = method.CreateDelegate<Func<T>>(instance);
        return () => code() is null ? 0 : 1;
    }
}
