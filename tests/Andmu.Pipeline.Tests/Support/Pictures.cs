using Andmu.Hedgw;

namespace Andmu.Pipeline.Tests.Support;

/// <summary>What the platform got, seen as a decoder sees it.</summary>
internal static class Pictures
{
    private const uint Video = 2;
    private const uint ParameterSets = 3;

    /// <summary>The numbers of the pictures, each payload checked byte by byte.</summary>
    public static int[] Numbers(IEnumerable<TDMediaPackage> media) =>
        [.. media.Where(p => p.PackageType == Video).Select(p => Payload.Check(p.Data.Span, H264.HeaderBytes))];

    /// <summary>Parameter sets, a key frame, its pictures without a hole, and so on: it decodes from the first package.</summary>
    public static void AssertDecodes(IReadOnlyList<TDMediaPackage> media)
    {
        uint? next = null;
        bool afterSets = false;
        foreach (TDMediaPackage package in media.Where(p => p.PackageType is Video or ParameterSets))
        {
            Assert.Equal((uint)package.Data.Length, package.DataSize);
            if (package.PackageType == ParameterSets)
            {
                Assert.Equal(H264.Sets, package.Data.ToByteArray());
                afterSets = true;
                continue;
            }

            bool isKey = package.Sync == 1;
            Assert.Equal(isKey, afterSets);
            Assert.True(isKey || package.SeqNum == next, $"Picture {package.SeqNum} where {next} was due.");
            Assert.True(next is not null || isKey, "It does not start at a key frame.");
            next = package.SeqNum + 1;
            afterSets = false;
        }
    }

    public static List<TDMediaPackage> MediaOf(IEnumerable<HEDGWMessage> messages) =>
        [.. messages.Where(m => m.MessageType == HEDGWMessage.Types.MessageType.TdmediaPackage).Select(m => m.TdMediaPackage)];
}
