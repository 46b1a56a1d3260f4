using System.Runtime.InteropServices;

namespace Andmu.Pipeline.Transport.OpenSsl.Interop;

/// <summary>What libssl says went wrong: the first error of this thread's queue, in words. The queue holds no data of the connection.</summary>
internal static unsafe class OpenSslError
{
    private const int ReasonMask = 0xFFF; // of both versions' packed codes; the reasons of libssl are smaller

    /// <summary>For a message; without a full stop.</summary>
    public static string Describe()
    {
        nuint error = LibCrypto.PeekError();
        return error == 0 ? "the connection is broken" : Marshal.PtrToStringUTF8((nint)LibCrypto.ReasonOf(error)) ?? $"OpenSSL error {error:X8}";
    }

    /// <summary>Whether the handshake failed for the peer's certificate, or for want of one.</summary>
    public static bool IsVerificationFailure => (int)(LibCrypto.PeekError() & ReasonMask) == LibSsl.ReasonVerifyFailed;

    /// <summary>What a certificate's check has found.</summary>
    public static string DescribeVerification(nint result) => Marshal.PtrToStringUTF8((nint)LibCrypto.VerificationText(result)) ?? $"error {result}";
}
