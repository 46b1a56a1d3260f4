namespace Andmu.Pipeline.Native.Interop;

/// <summary>andmu_result: what an exported function returns.</summary>
internal enum NativeResult
{
    Ok = 0,
    Pending = 1,
    Invalid = -1,
    Handle = -2,
    State = -3,
    Again = -4,
    KeyFrame = -5,
    Malformed = -6,
    Busy = -7,
    Callback = -8,
    Abi = -9,
    NoTls = -10,
    Network = -11,
    Peer = -12,
    Auth = -13,
    Refused = -14,
    Timeout = -15,
    Unsupported = -16,
    Stopped = -17,
    Memory = -18,
    Limit = -19,
    Internal = -20,
    Forked = -21,
}
