using Microsoft.Win32.SafeHandles;

namespace Andmu.Pipeline.Transport.OpenSsl.Interop;

/// <summary>An SSL with its BIO.</summary>
internal sealed class SslHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    private CallbackBio? _bio;

    /// <summary>What it reads from and writes to; given back with it, not before.</summary>
    public void Attach(CallbackBio bio)
    {
        _bio = bio;
        LibSsl.SetBio(this, bio.Pointer, bio.Pointer);
    }

    protected override bool ReleaseHandle()
    {
        LibSsl.Free(handle); // and the BIO with it
        _bio?.Release();
        return true;
    }
}
