using System.Text;

namespace Andmu.Pipeline.Cli.Tests.Support;

/// <summary>Keeps what is written, by any thread, and tells when a line has come.</summary>
internal sealed class WatchedWriter : TextWriter
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly List<(string Part, TaskCompletionSource<string> Found)> _awaited = [];

    public override Encoding Encoding => Encoding.UTF8;

    public string Text
    {
        get
        {
            lock (_lock)
            {
                return _text.ToString();
            }
        }
    }

    public Task<string> LineAsync(string part)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _awaited.Add((part, found));
            Look();
        }

        return found.Task;
    }

    public override void Write(char value) => Append([value]);

    public override void Write(char[] buffer, int index, int count) => Append(buffer.AsSpan(index, count));

    public override void Write(string? value) => Append(value);

    public override void WriteLine(string? value) => Append(value + "\n");

    private void Append(ReadOnlySpan<char> text)
    {
        lock (_lock)
        {
            _text.Append(text);
            if (text.Contains('\n'))
            {
                Look();
            }
        }
    }

    private void Look()
    {
        string[] lines = _text.ToString().Split('\n')[..^1];
        foreach ((string part, TaskCompletionSource<string> found) in _awaited)
        {
            if (Array.Find(lines, line => line.Contains(part, StringComparison.Ordinal)) is { } line)
            {
                found.TrySetResult(line);
            }
        }
    }
}
