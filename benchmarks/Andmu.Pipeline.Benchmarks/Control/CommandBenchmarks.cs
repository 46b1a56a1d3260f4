using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Control.Responses;
using BenchmarkDotNet.Attributes;

namespace Andmu.Pipeline.Benchmarks.Control;

/// <summary>
/// What does a command of an app cost: read and checked, answered, refused? Commands come by hand, a few a minute; an app that floods a camera must find that
/// a refusal costs the camera no more than a command does.
/// </summary>
[MemoryDiagnoser]
public class CommandBenchmarks
{
    private const string SetPosition =
        """{ "msgTimeStamp": 1457353997, "msgSession": 6633732, "msgSequence": 0, "msgCategory": "camera", """ +
        """ "msgContent": { "request": 1793, "subRequest": 81, "requestParams": { "pan": 50, "tilt": 5 } } }""";

    private const string QueryPosition =
        """{ "msgContent": { "requestParams": {}, "subRequest": 81, "request": 1792 }, "msgSession": 1377903621, "msgSequence": 0, """ +
        """ "msgTimeStamp": 1403494504362, "msgCategory": "camera" }""";

    private readonly string _outOfRange = SetPosition.Replace("50", "5000000", StringComparison.Ordinal);
    private readonly ReceivedCommand _query = CommandParser.Parse(QueryPosition);
    private readonly PtzPosition _position = new(50, 5);

    /// <summary>A command whose every value is right.</summary>
    [Benchmark(Baseline = true)]
    public bool Parse() => CommandParser.Parse(SetPosition).Command is SetPtzPosition;

    /// <summary>One that is out of its range.</summary>
    [Benchmark]
    public bool Refuse() => CommandParser.Parse(_outOfRange).Command is null;

    /// <summary>The answer to a query.</summary>
    [Benchmark]
    public int Answer() =>
        CommandResponse.Succeeded(_query, (QueryPtzPosition)_query.Command!, _position, new MessageStamp(1, DateTimeOffset.UnixEpoch)).Length;
}
