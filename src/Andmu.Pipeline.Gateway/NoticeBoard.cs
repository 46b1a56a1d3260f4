using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Gateway;

/// <summary>Tells the host and the log what happens. Safe for any thread; a host's faulty handler harms nobody.</summary>
internal sealed partial class NoticeBoard(TimeProvider time, ILogger logger)
{
    // Enough for the longest answer of specification 5.2.11, a list of Wi-Fi networks.
    private const int MaxTextLength = 16 * 1024;

    public event EventHandler<GatewayNotice>? Posted;

    public void Post(GatewayNoticeKind kind, string deviceId, string text)
    {
        var notice = new GatewayNotice(kind, time.GetUtcNow(), deviceId, Printable(text));
        LogNotice(notice.Kind, notice.DeviceId, notice.Text);
        try
        {
            Posted?.Invoke(this, notice);
        }
#pragma warning disable CA1031 // Whatever the host throws, the connection that was being served is not at fault.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFaultyHandler(e);
        }
    }

    // Much of a text was written by a device: on a terminal or in a log it must stay text.
    private static string Printable(string text) => string.Create(Math.Min(text.Length, MaxTextLength), text, static (span, source) =>
    {
        for (int i = 0; i < span.Length; i++)
        {
            span[i] = char.IsControl(source[i]) ? ' ' : source[i];
        }
    });

    [LoggerMessage(1, LogLevel.Information, "{Kind} {DeviceId} {Text}")]
    private partial void LogNotice(GatewayNoticeKind kind, string deviceId, string text);

    [LoggerMessage(2, LogLevel.Error, "A handler of gateway notices failed")]
    private partial void LogFaultyHandler(Exception e);
}
