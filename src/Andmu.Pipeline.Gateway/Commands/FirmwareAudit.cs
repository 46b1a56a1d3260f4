using System.Globalization;
using System.Text.Json;

namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>
/// Holds the reports of an upgrade against specification 5.2.11.2. A device need not report every stage, but none before the one it has
/// reported, and nothing more after an end. It outlives connections: the last stage is reported after a restart. Safe for any thread.
/// <code>
/// 1 download starts   2 downloading   3 downloaded   4 download failed (end)
/// 5 install starts    6 installing    7 installed (end)   8 install failed (end)
/// </code>
/// </summary>
internal sealed class FirmwareAudit
{
    private const int Request = 2049;
    private const int MaxCommentLength = 2048;

    private readonly Lock _gate = new();
    private long? _session;
    private int _last;
    private long _lastSize;

    /// <summary>An upgrade is ordered.</summary>
    public void Expect(long session)
    {
        lock (_gate)
        {
            _session = session;
            _last = 0;
            _lastSize = 0;
        }
    }

    /// <summary>Reads and checks a report; null when it has no status to speak of.</summary>
    public FirmwareProgress? Read(FieldReader reader, JsonElement root, DateTimeOffset now)
    {
        long? session = reader.BareEnvelope(root);
        if (reader.Member(root, "msgContent", JsonValueKind.Object) is not { } content)
        {
            return null;
        }

        reader.Integer(content, "request", Request, Request);
        if (reader.Member(content, "requestParams", JsonValueKind.Object) is not { } report)
        {
            return null;
        }

        string? firmware = reader.Text(report, "firmwareversion");
        string? app = reader.Text(report, "cameraappversion");
        long? current = reader.Digits(report, "currentSize");
        long? total = reader.Digits(report, "totalSize");
        string? comment = report.TryGetProperty("comment", out _) ? reader.Text(report, "comment", MaxCommentLength) : null;
        if (reader.Text(report, "status", 1) is not { } text)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int status) || status is < 1 or > 8)
        {
            reader.Add("status is not \"1\" to \"8\"");
            return null;
        }

        reader.Require(current is null || total is null || current <= total, "currentSize is above totalSize");
        CheckOrder(reader, session, status, current);
        return new FirmwareProgress(now, session ?? 0, status, firmware ?? "", app ?? "", current ?? 0, total ?? 0, comment);
    }

    private void CheckOrder(FieldReader reader, long? session, int status, long? size)
    {
        lock (_gate)
        {
            if (_session is null || session != _session)
            {
                reader.Add("msgSession is not the one of the upgrade that was ordered last");
                return;
            }

            reader.Require(status >= _last, $"stage {status} comes after stage {_last}");
            reader.Require(_last is not (4 or 7 or 8) || status == _last, $"stage {status} comes after the end, stage {_last}");
            reader.Require(status != 2 || _last != 2 || size is null || size >= _lastSize, "currentSize went back");
            _last = Math.Max(status, _last);
            _lastSize = size ?? _lastSize;
        }
    }
}
