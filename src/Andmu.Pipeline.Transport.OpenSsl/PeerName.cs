using System.Globalization;
using System.Net;
using System.Text;
using Andmu.Pipeline.Transport.OpenSsl.Interop;

namespace Andmu.Pipeline.Transport.OpenSsl;

/// <summary>Whom the certificate has to be made out to: a DNS name, or an address.</summary>
internal readonly struct PeerName
{
    private readonly IPAddress? _address;
    private readonly string? _name;

    private PeerName(IPAddress? address, string? name) => (_address, _name) = (address, name);

    /// <summary>False for what neither is a name nor an address. libssl takes an empty name for "any", and one that begins with a dot for "any below it".</summary>
    public static bool TryParse(string host, out PeerName name)
    {
        name = default;
        if (IPAddress.TryParse(host, out IPAddress? address))
        {
            name = new PeerName(address, null);
            return true;
        }

        try
        {
            string ascii = new IdnMapping().GetAscii(host.EndsWith('.') ? host[..^1] : host);
            if (ascii.Length == 0 || ascii[0] == '.' || ascii.Contains('\0', StringComparison.Ordinal))
            {
                return false;
            }

            name = new PeerName(null, ascii);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Asks for it (SNI, names only: RFC 6066 3) and has libssl check it.</summary>
    /// <returns>False when libssl does not take it.</returns>
    public unsafe bool Require(SslHandle ssl)
    {
        nint parameters = LibSsl.Parameters(ssl);
        if (_address is not null)
        {
            ReadOnlySpan<byte> bytes = _address.GetAddressBytes();
            fixed (byte* start = bytes)
            {
                return LibCrypto.SetAddress(parameters, start, (nuint)bytes.Length) == 1;
            }
        }

        LibCrypto.SetHostFlags(parameters, LibCrypto.CheckNoPartialWildcards);
        byte[] name = Encoding.ASCII.GetBytes(_name + "\0");
        fixed (byte* start = name)
        {
            return LibCrypto.SetHost(parameters, start, (nuint)name.Length - 1) == 1
                && LibSsl.Control(ssl, LibSsl.ControlHostName, 0, start) == 1; // TLSEXT_NAMETYPE_host_name
        }
    }
}
