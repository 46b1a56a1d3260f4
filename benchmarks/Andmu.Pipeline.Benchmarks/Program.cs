using Andmu.Pipeline.Benchmarks.Gates;
using Andmu.Pipeline.Benchmarks.Support;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

switch (args)
{
    case ["--gates"]:
        return GateRun.Run(Console.Out);
    case ["--ratios"]:
        RatioTable.Write(Console.Out);
        return 0;
}

// A dry round shows that everything runs and measures nothing: a process of its own for every benchmark would only take minutes.
string[] arguments = args.Contains("Dry") ? [.. args, "--inProcess"] : args;
IConfig config = DefaultConfig.Instance
    .AddColumn(new ThroughputColumn())
    .WithBuildTimeout(TimeSpan.FromMinutes(10)); // it builds all projects anew, which takes a busy machine more than the two minutes that it has by default
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(arguments, config);
return 0;
