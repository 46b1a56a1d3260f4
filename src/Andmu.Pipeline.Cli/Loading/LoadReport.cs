using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andmu.Pipeline.Buffering;

namespace Andmu.Pipeline.Cli.Loading;

/// <summary>What a load has shown: <c>load --json</c> writes it, and scripts read the names.</summary>
internal sealed record LoadReport
{
    [JsonPropertyName("devices")]
    public required int Devices { get; init; }

    /// <summary>Those that were online when the measuring began, and when it ended.</summary>
    [JsonPropertyName("online")]
    public required int Online { get; init; }

    /// <summary>From the first connection to the last login.</summary>
    [JsonPropertyName("connect_s")]
    public required double ConnectSeconds { get; init; }

    /// <summary>For how long it was measured.</summary>
    [JsonPropertyName("wall_s")]
    public required double WallSeconds { get; init; }

    /// <summary>Pictures sent while it was measured.</summary>
    [JsonPropertyName("frames")]
    public required long Frames { get; init; }

    [JsonPropertyName("frames_per_s")]
    public double FramesPerSecond => Rounded(Frames / WallSeconds);

    /// <summary>On the wire, encryption included.</summary>
    [JsonPropertyName("mbit_per_s")]
    public required double MegabitsPerSecond { get; init; }

    /// <summary>Pictures that were lost, from the start on.</summary>
    [JsonPropertyName("dropped")]
    public required long Dropped { get; init; }

    [JsonPropertyName("gops_dropped")]
    public required long GopsDropped { get; init; }

    [JsonPropertyName("dropped_by_reason")]
    public required Dictionary<string, long> DroppedByReason { get; init; }

    /// <summary>Pictures that waited still when the time to deliver was over.</summary>
    [JsonPropertyName("unsent")]
    public required long Unsent { get; init; }

    [JsonPropertyName("reconnects")]
    public required int Reconnects { get; init; }

    /// <summary>From the encoder's write of a picture until the network has taken it.</summary>
    [JsonPropertyName("send_delay_ms")]
    public required SendDelay SendDelay { get; init; }

    /// <summary>How late the load itself made a picture, at the most: beyond a few ms the machine is too busy to be measured on.</summary>
    [JsonPropertyName("encoder_late_ms_max")]
    public required double EncoderLateMilliseconds { get; init; }

    [JsonPropertyName("cpu_s")]
    public required double CpuSeconds { get; init; }

    /// <summary>Of the whole process, the making of the load included.</summary>
    [JsonPropertyName("cpu_us_per_frame")]
    public double CpuMicrosecondsPerFrame => Frames > 0 ? Rounded(CpuSeconds * 1e6 / Frames) : 0;

    [JsonPropertyName("alloc_bytes")]
    public required long AllocatedBytes { get; init; }

    [JsonPropertyName("alloc_bytes_per_frame")]
    public double AllocatedBytesPerFrame => Frames > 0 ? Rounded(AllocatedBytes / (double)Frames) : 0;

    [JsonPropertyName("rss_kb")]
    public required long ResidentKilobytes { get; init; }

    /// <summary>Resident before there was a device.</summary>
    [JsonPropertyName("baseline_kb")]
    public required long BaselineKilobytes { get; init; }

    [JsonPropertyName("managed_kb")]
    public required long ManagedKilobytes { get; init; }

    /// <summary>What of the devices' buffers has been in use.</summary>
    [JsonPropertyName("buffers_kb")]
    public required long BuffersKilobytes { get; init; }

    /// <summary>What a device takes beyond its buffer.</summary>
    [JsonPropertyName("kb_per_device")]
    public double KilobytesPerDevice => Rounded((ResidentKilobytes - BaselineKilobytes - BuffersKilobytes) / (double)Devices);

    [JsonPropertyName("threads")]
    public required int Threads { get; init; }

    public static double Rounded(double value) => Math.Round(value, 3);

    public static Dictionary<string, long> ByReason(LoadDevice[] devices) => Enum.GetValues<DropReason>().ToDictionary(
        static reason => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()), reason => devices.Sum(device => device.Drops[reason].Packages));

    /// <summary>For people.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        devices    {Online} of {Devices} online, connected in {ConnectSeconds:0.0} s, {Reconnects} reconnects
        frames     {FramesPerSecond:0} a second for {WallSeconds:0.0} s, {MegabitsPerSecond:0.0} Mbit/s on the wire
        dropped    {Dropped} frames, {GopsDropped} GOPs; {Unsent} not sent at the end
        delay      p50 {SendDelay.P50:0.00} ms, p99 {SendDelay.P99:0.00} ms, p99.9 {SendDelay.P999:0.00} ms, max {SendDelay.Max:0.00} ms; frames made up to {EncoderLateMilliseconds:0.0} ms late
        cpu        {CpuSeconds:0.00} s, {CpuMicrosecondsPerFrame:0.0} us a frame
        memory     {ResidentKilobytes / 1024.0:0.0} MB, managed {ManagedKilobytes / 1024.0:0.0} MB; {KilobytesPerDevice:0.0} KB a device beyond its buffer
        allocated  {AllocatedBytesPerFrame:0.0} B a frame
        threads    {Threads}
        """);
}

/// <summary>Source-generated, so that nothing is looked up by reflection.</summary>
[JsonSerializable(typeof(LoadReport))]
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class LoadReportJson : JsonSerializerContext;
