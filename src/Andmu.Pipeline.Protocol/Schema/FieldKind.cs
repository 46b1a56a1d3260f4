namespace Andmu.Pipeline.Protocol.Schema;

/// <summary>What a field holds, as far as people are shown it.</summary>
internal enum FieldKind
{
    /// <summary>A uint32.</summary>
    Number,

    /// <summary>A uint64.</summary>
    Number64,

    /// <summary>A string.</summary>
    Text,

    /// <summary>A string that holds a JSON command, in which there may be a Wi-Fi key (specification 5.2.9).</summary>
    Json,

    /// <summary>A string that is never shown, nor its length.</summary>
    Secret,

    /// <summary>Bytes, of which only the size is shown.</summary>
    Bytes,
}
