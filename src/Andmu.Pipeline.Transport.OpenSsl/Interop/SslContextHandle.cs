using Microsoft.Win32.SafeHandles;

namespace Andmu.Pipeline.Transport.OpenSsl.Interop;

/// <summary>An SSL_CTX. Connections made from it keep it alive.</summary>
internal sealed class SslContextHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        LibSsl.ContextFree(handle);
        return true;
    }
}
