using System.Text.Json;
using System.Text.Json.Serialization;
using Andmu.Pipeline.Device.Firmware;

namespace Andmu.Pipeline.Device.State;

/// <summary>Reads and writes what is kept. Every key must be there and none twice; unknown ones are left to versions to come.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    WriteIndented = true)]
[JsonSerializable(typeof(KeptRegistration))]
[JsonSerializable(typeof(KeptSwitches))]
[JsonSerializable(typeof(KeptSchedules))]
[JsonSerializable(typeof(KeptUpgrade))]
[JsonSerializable(typeof(KeptStatistics))]
internal sealed partial class StateJson : JsonSerializerContext;
