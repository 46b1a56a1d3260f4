using System.Text.Json;
using Andmu.Pipeline.Gateway.Commands;

namespace Andmu.Pipeline.Gateway.Audit;

/// <summary>Holds the event of a person count against specification 5.2.6: <c>{"start":s,"stop":s,"count":int}</c>, status always 1.</summary>
internal static class PersonCountCheck
{
    public static IReadOnlyList<string> Check(uint status, string? message)
    {
        var reader = new FieldReader("person count", "5.2.6");
        reader.Require(status == 1, $"status is {status}, not 1");
        if (message is null)
        {
            reader.Add("msg is missing");
            return reader.Problems;
        }

        using JsonDocument? document = reader.Parse(message);
        if (document is not null)
        {
            long? start = reader.Integer(document.RootElement, "start", 0, long.MaxValue);
            long? stop = reader.Integer(document.RootElement, "stop", 0, long.MaxValue);
            reader.Require(start is null || stop is null || start <= stop, "stop is before start");

            // 16 bits for each direction; the upper one's sign bit makes an int of the source negative.
            reader.Integer(document.RootElement, "count", int.MinValue, uint.MaxValue);
        }

        return reader.Problems;
    }
}
