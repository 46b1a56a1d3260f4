using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Andmu.Pipeline.Transport.OpenSsl.Interop;

/// <summary>A BIO whose bytes come from, and go to, a <see cref="TlsSession"/>: libssl's records go straight into pinned blocks, without a memory BIO between.</summary>
internal sealed unsafe class CallbackBio
{
    private static readonly nint Method = CreateMethod();

    // Weak: a connection that nobody disposes of is to be collected, and its SSL with it.
    private GCHandle _session;

    /// <exception cref="InvalidOperationException">libcrypto has no memory.</exception>
    public CallbackBio(TlsSession session)
    {
        Pointer = LibCrypto.BioNew(Method);
        if (Pointer == 0)
        {
            throw new InvalidOperationException("OpenSSL has no memory for a connection.");
        }

        _session = GCHandle.Alloc(session, GCHandleType.Weak);
        LibCrypto.BioSetData(Pointer, GCHandle.ToIntPtr(_session));
        LibCrypto.BioSetInitialized(Pointer, 1);
    }

    /// <summary>The SSL that it is attached to owns it.</summary>
    public nint Pointer { get; }

    /// <summary>libssl calls back no more.</summary>
    public void Release() => _session.Free();

    private static nint CreateMethod()
    {
        nint method = LibCrypto.BioMethodNew(LibCrypto.BioNewIndex() | LibCrypto.BioTypeSourceSink, "andmu"); // lives as long as the process
        _ = LibCrypto.BioMethodSetWrite(method, &OnWrite);
        _ = LibCrypto.BioMethodSetRead(method, &OnRead);
        _ = LibCrypto.BioMethodSetControl(method, &OnControl);
        return method;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnWrite(nint bio, byte* data, int length) =>
        length > 0 && SessionOf(bio) is { } session && session.TryTakeRecord(new ReadOnlySpan<byte>(data, length)) ? length : -1;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnRead(nint bio, byte* data, int length)
    {
        LibCrypto.BioClearFlags(bio, LibCrypto.BioFlagsReadRetry);
        int count = length > 0 && SessionOf(bio) is { } session ? session.GiveReceived(new Span<byte>(data, length)) : 0;
        if (count > 0)
        {
            return count;
        }

        LibCrypto.BioSetFlags(bio, LibCrypto.BioFlagsReadRetry);
        return -1;
    }

    /// <summary>Flushing is another's business; of the rest, push, pop and kernel TLS among it, nothing is supported.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint OnControl(nint bio, int command, nint number, void* pointer) => command == LibCrypto.BioCtrlFlush ? 1 : 0;

    private static TlsSession? SessionOf(nint bio) => (TlsSession?)GCHandle.FromIntPtr(LibCrypto.BioGetData(bio)).Target;
}
