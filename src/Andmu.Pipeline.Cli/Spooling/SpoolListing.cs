using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Andmu.Pipeline.Spool;
using Andmu.Pipeline.Spool.Inspection;

namespace Andmu.Pipeline.Cli.Spooling;

/// <summary>Lists the segments of a journal, a line each, and their sum.</summary>
internal static class SpoolListing
{
    private const string Header =
        "segment       records      numbers                 bytes  first                     last                      damaged  delivered";

    public static void Write(SpoolDirectory directory, ScanProgress progress, bool isJson, CancellationToken cancellationToken)
    {
        var total = new SegmentSummary();
        if (!isJson)
        {
            progress.WriteLine(Header);
        }

        foreach (SpoolSegment segment in directory.Segments)
        {
            SegmentSummary summary = SegmentSummary.Of(directory.Card, segment, progress, cancellationToken);
            if (!summary.IsGone)
            {
                total.Add(summary);
                progress.WriteLine(isJson ? Json(segment, summary) : Line(segment, summary));
            }
        }

        progress.WriteLine(isJson ? Json(null, total) : Line(null, total));
    }

    private static string Line(SpoolSegment? segment, SegmentSummary summary)
    {
        string numbers = summary.FirstRecord == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{summary.FirstRecord}-{summary.LastRecord}");
        string damaged = string.Create(CultureInfo.InvariantCulture, $"{summary.DamagedPlaces}{(summary.HasTornTail ? "+tail" : "")}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{segment?.Name ?? "total",-12}  {summary.Records,7}  {numbers,-17}  {summary.Bytes,12}  {SpoolTime.Text(summary.FirstTime),-24}  {SpoolTime.Text(summary.LastTime),-24}  {damaged,7}  {Delivered(segment, summary)}")
            .TrimEnd();
    }

    private static string Delivered(SpoolSegment? segment, SegmentSummary summary) => segment switch
    {
        null => "",
        { DeliveredThrough: 0 } => "-",
        { DeliveredThrough: var through } when through >= summary.LastRecord => "all",
        { DeliveredThrough: var through } => string.Create(CultureInfo.InvariantCulture, $"through {through}"),
    };

    private static string Json(SpoolSegment? segment, SegmentSummary summary)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("segment", segment?.Name ?? "total");
            if (segment is not null)
            {
                json.WriteString("lane", segment.Lane == SpoolLane.Media ? "media" : "event");
                json.WriteNumber("firstRecord", summary.FirstRecord);
                json.WriteNumber("lastRecord", summary.LastRecord);
                json.WriteNumber("deliveredThrough", segment.DeliveredThrough);
            }

            json.WriteNumber("records", summary.Records);
            json.WriteNumber("bytes", summary.Bytes);
            WriteTime(json, "first", summary.FirstTime);
            WriteTime(json, "last", summary.LastTime);
            json.WriteNumber("damaged", summary.DamagedPlaces);
            json.WriteBoolean("tornTail", summary.HasTornTail);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(line.WrittenSpan);
    }

    private static void WriteTime(Utf8JsonWriter json, string name, ulong? time)
    {
        if (time is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, SpoolTime.Text(time));
        }
    }
}
