namespace Andmu.Pipeline.Advice;

/// <summary>Why the encoder is asked for a key frame. A later one outranks an earlier one.</summary>
internal enum KeyFrameReason
{
    /// <summary>An event began within a GOP: a key frame now makes a clean cut.</summary>
    EventInMidGop,

    /// <summary>A GOP was cut, or none has come yet: nothing that comes can be decoded until a key frame does.</summary>
    NothingToStartFrom,
}
