using Andmu.Pipeline.Native.Handles;
using Andmu.Pipeline.Native.Interop;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Native.Diagnostics;

/// <summary>The log of all devices, as andmu_set_log has it: one function of the host's, or none. Thread-safe.</summary>
internal static unsafe class NativeLog
{
    private static readonly Lock Changing = new();
    private static Sink? _sink;

    /// <summary>Sets where the log goes; the function before is no longer running when it returns. Not in a callback.</summary>
    /// <param name="level">1 error to 4 debug.</param>
    /// <param name="log">Null for nowhere.</param>
    /// <param name="user">Passed to it.</param>
    public static void Set(int level, delegate* unmanaged<void*, int, byte*, byte*, void> log, void* user)
    {
        lock (Changing)
        {
            Sink? before = Interlocked.Exchange(ref _sink, log is null || level == 0 ? null : new Sink(level, log, user));
            before?.Gate.Close();
        }
    }

    public static bool IsEnabled(LogLevel level) => Volatile.Read(ref _sink) is { } current && NumberOf(level) <= current.Level;

    public static void Write(LogLevel level, string category, string message, Exception? error)
    {
        if (Volatile.Read(ref _sink) is not { } current || NumberOf(level) > current.Level || !current.Gate.TryEnter())
        {
            return;
        }

        try
        {
            using var scope = new NativeScope();
            string line = error is null ? message : $"{message} {error.GetType().Name}: {error.Message}";
            current.Log(current.User, NumberOf(level), scope.Text(category[(category.LastIndexOf('.') + 1)..]), scope.Text(line.ReplaceLineEndings(" ")));
        }
        finally
        {
            current.Gate.Leave();
        }
    }

    private static int NumberOf(LogLevel level) => level switch
    {
        LogLevel.Critical or LogLevel.Error => 1,
        LogLevel.Warning => 2,
        LogLevel.Information => 3,
        LogLevel.None => int.MaxValue,
        _ => 4,
    };

    private sealed class Sink(int level, delegate* unmanaged<void*, int, byte*, byte*, void> log, void* user)
    {
        private readonly delegate* unmanaged<void*, int, byte*, byte*, void> _log = log;
        private readonly void* _user = user;

        public int Level => level;

        public CallbackGate Gate { get; } = new();

        public delegate* unmanaged<void*, int, byte*, byte*, void> Log => _log;

        public void* User => _user;
    }
}
