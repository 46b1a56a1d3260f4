namespace Andmu.Pipeline.Session;

/// <summary>The one place where a loop is started: on the scheduler that the host chose, off the caller's context.</summary>
/// <remarks>Awaits capture the scheduler they start on, so all that follows runs there: the thread pool in a camera, one thread on
/// virtual time in a simulation.</remarks>
internal static class LoopStarter
{
    public static Task<T> Start<T>(Func<Task<T>> loop, TaskScheduler scheduler) =>
        Task.Factory.StartNew(loop, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler).Unwrap();
}
