using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Andmu.Pipeline.OpenApi.Authentication;
using Andmu.Pipeline.OpenApi.Tests.Doubles;

namespace Andmu.Pipeline.OpenApi.Tests.Authentication;

public sealed class WsseHeaderTests
{
    // The printed example of specification 2.1, with the secret of 1.2.2.3.
    private const string Nonce = "6FQHGU7M01ZMIA5G";
    private const string Created = "2017-01-01T15:00:00+08:00";
    private const string PrintedDigest = "dGhpcyBpcyBhIGV4YW1wbGUyYmNiOTI4YWM4ZjIzOTMxYTdhOTVhNjMyNGMwMmYzMWQxZWQwMjU5";

    [Fact]
    public void Create_SpecificationSample_HasItsForm() => Assert.Equal(
        $"UsernamePwd Username=\"Zhejian-110234567894562\",PasswordDigest=\"{WsseHeader.Digest(Nonce, Created, Sample.Secret, false)}\"," +
        $"Nonce=\"{Nonce}\",Created=\"{Created}\"",
        WsseHeader.Create("Zhejian", "110234567894562", Sample.Secret, Nonce, Sample.Now, hexDigest: false));

    [Fact]
    public void Digest_SpecificationSample_IsTheSha1InsideThePrintedDigest()
    {
        string printed = Encoding.ASCII.GetString(Convert.FromBase64String(PrintedDigest));
        string sha1 = Convert.ToHexStringLower(Convert.FromBase64String(WsseHeader.Digest(Nonce, Created, Sample.Secret, hexDigest: false)));
        Assert.Equal("this is a example" + sha1, printed);
    }

    [Fact]
    public void Digest_Hex_IsBase64OfThePrintedDigits() => Assert.EndsWith(
        Encoding.ASCII.GetString(Convert.FromBase64String(WsseHeader.Digest(Nonce, Created, Sample.Secret, hexDigest: true))),
        Encoding.ASCII.GetString(Convert.FromBase64String(PrintedDigest)), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "", "")]
    [InlineData("6FQHGU7M01ZMIA5G", "2026-07-31T23:59:59-03:30", "ADtuchbM8TBPhQdSi8U4")]
    [InlineData("AAAAAAAAAAAAAAAA", "2017-01-01T07:00:00+00:00", "a secret of 55 - 41 bytes, so that the padding takes two blocks")]
    public void Digest_Any_EqualsAnIndependentSha1(string nonce, string created, string secret) => Assert.Equal(
        Convert.ToBase64String(Sha1(Encoding.UTF8.GetBytes(nonce + created + secret))), WsseHeader.Digest(nonce, created, secret, hexDigest: false));

    [Fact]
    public void NewNonce_Many_SixteenCharactersAndNeverTheSame()
    {
        var nonces = new HashSet<string>();
        for (int i = 0; i < 1000; i++)
        {
            string nonce = WsseHeader.NewNonce();
            Assert.Matches("^[A-Z0-9]{16}$", nonce);
            Assert.True(nonces.Add(nonce));
        }
    }

    /// <summary>SHA-1 by the text of FIPS 180-4, so that the check does not lean on the library under test.</summary>
    private static byte[] Sha1(byte[] message)
    {
        byte[] padded = new byte[(message.Length + 8) / 64 * 64 + 64];
        message.CopyTo(padded, 0);
        padded[message.Length] = 0x80;
        BinaryPrimitives.WriteInt64BigEndian(padded.AsSpan(padded.Length - 8), message.Length * 8L);
        uint[] h = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0];
        uint[] w = new uint[80];
        for (int block = 0; block < padded.Length; block += 64)
        {
            for (int t = 0; t < 80; t++)
            {
                w[t] = t < 16
                    ? BinaryPrimitives.ReadUInt32BigEndian(padded.AsSpan(block + (t * 4)))
                    : BitOperations.RotateLeft(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
            }

            (uint a, uint b, uint c, uint d, uint e) = (h[0], h[1], h[2], h[3], h[4]);
            for (int t = 0; t < 80; t++)
            {
                (uint f, uint k) = (t / 20) switch
                {
                    0 => ((b & c) | (~b & d), 0x5A827999u),
                    1 => (b ^ c ^ d, 0x6ED9EBA1u),
                    2 => ((b & c) | (b & d) | (c & d), 0x8F1BBCDCu),
                    _ => (b ^ c ^ d, 0xCA62C1D6u),
                };
                (a, b, c, d, e) = (BitOperations.RotateLeft(a, 5) + f + e + k + w[t], a, BitOperations.RotateLeft(b, 30), c, d);
            }

            (h[0], h[1], h[2], h[3], h[4]) = (h[0] + a, h[1] + b, h[2] + c, h[3] + d, h[4] + e);
        }

        byte[] digest = new byte[20];
        for (int i = 0; i < 5; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(digest.AsSpan(i * 4), h[i]);
        }

        return digest;
    }
}
