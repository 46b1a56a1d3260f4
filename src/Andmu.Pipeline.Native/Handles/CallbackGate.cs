namespace Andmu.Pipeline.Native.Handles;

/// <summary>Every callback of a device goes through its gate: once it is closed none begins, and closing waits for those that are inside. Thread-safe.</summary>
internal sealed class CallbackGate
{
    [ThreadStatic]
    private static int _depth;

    private readonly object _lock = new();
    private int _inside;
    private bool _closed;

    /// <summary>Whether this thread is in a callback, of whichever device: then it must not wait for callbacks to return.</summary>
    public static bool IsInCallback => _depth > 0;

    /// <summary>Before a callback. False: the gate is closed, and there is to be none.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_closed)
            {
                return false;
            }

            _inside++;
        }

        _depth++;
        return true;
    }

    /// <summary>After a callback.</summary>
    public void Leave()
    {
        _depth--;
        lock (_lock)
        {
            _inside--;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Lets no callback in any more, and waits until none is inside. Not in a callback.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            while (_inside > 0)
            {
                Monitor.Wait(_lock);
            }
        }
    }
}
