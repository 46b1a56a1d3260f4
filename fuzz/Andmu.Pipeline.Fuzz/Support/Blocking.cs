namespace Andmu.Pipeline.Fuzz.Support;

/// <summary>Ends of asynchronous calls over memory, which never wait.</summary>
internal static class Blocking
{
    public static T Get<T>(ValueTask<T> task)
    {
        Expect.Holds(task.IsCompleted, "a call over memory waits for something");
        return task.GetAwaiter().GetResult();
    }

    public static void Wait(Task task)
    {
        Expect.Holds(task.IsCompleted, "a call over memory waits for something");
        task.GetAwaiter().GetResult();
    }
}
