// One at a time: these tests measure memory, and run real time against real sockets on machines with two cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
