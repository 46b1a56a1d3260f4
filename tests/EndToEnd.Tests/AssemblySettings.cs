using Xunit.Sdk;
using Xunit.v3;

// One at a time: these tests measure memory, and run real time against real sockets on machines with two cores.
[assembly: Parallelization(Mode = ParallelMode.None)]
