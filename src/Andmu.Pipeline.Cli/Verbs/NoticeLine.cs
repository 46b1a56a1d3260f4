using System.Globalization;
using Andmu.Pipeline.Gateway;

namespace Andmu.Pipeline.Cli.Verbs;

/// <summary>One line for what happened on a local platform: time, kind, device, particulars.</summary>
internal static class NoticeLine
{
    /// <summary>Writes it and flushes, so that who reads a pipe sees it at once.</summary>
    public static void Write(TextWriter output, GatewayNotice notice)
    {
        string device = notice.DeviceId.Length == 0 ? "-" : notice.DeviceId;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{notice.Time.ToLocalTime():HH:mm:ss.fff} {notice.Kind} {device} {notice.Text}").TrimEnd());
        output.Flush();
    }
}
