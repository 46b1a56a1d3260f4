using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Parameters;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Andmu.Pipeline.Benchmarks.Support;

/// <summary>GB/s: the parameter <c>Bytes</c> of a benchmark over its mean. Without such a parameter there is nothing to say.</summary>
internal sealed class ThroughputColumn : IColumn
{
    private const string Parameter = "Bytes";

    public string Id => nameof(ThroughputColumn);

    public string ColumnName => "GB/s";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => "Bytes of the data over the mean time";

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        ParameterInstance? bytes = benchmarkCase.Parameters.Items.FirstOrDefault(static item => item.Name == Parameter);
        double? nanoseconds = summary[benchmarkCase]?.ResultStatistics?.Mean;
        return bytes is { Value: int count } && nanoseconds > 0
            ? (count / nanoseconds.Value).ToString("0.0", CultureInfo.InvariantCulture)
            : "-";
    }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);
}
