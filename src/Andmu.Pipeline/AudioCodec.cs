namespace Andmu.Pipeline;

/// <summary>Codec of an audio track, with the values of DevLoginReq.audio_type (specification 5.2.1).</summary>
public enum AudioCodec
{
    /// <summary>G.726.</summary>
    G726 = 1,

    /// <summary>G.711 A-law: 8 kHz, one byte a sample.</summary>
    G711ALaw = 2,
}
