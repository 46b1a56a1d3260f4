using Xunit.Sdk;
using Xunit.v3;

// One at a time, but for chaos, which has a collection of its own: compilers and a camera on machines with two cores.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
[assembly: Parallelization(Mode = ParallelMode.Collections)]
