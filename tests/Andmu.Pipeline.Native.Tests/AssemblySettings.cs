using Xunit.Sdk;
using Xunit.v3;

// One at a time: compilers and a camera on machines with two cores.
[assembly: Parallelization(Mode = ParallelMode.None)]
