namespace Andmu.Pipeline.Transport.OpenSsl.Tests;

public sealed class TlsRecordBoundaryTests
{
    private static readonly byte[] TwoRecords = [0x16, 3, 3, 0, 3, 1, 2, 3, 0x17, 3, 3, 1, 0, .. new byte[256]];

    [Fact]
    public void Advance_SplitAtEveryByte_IsBetweenRecordsOnlyThere()
    {
        for (int split = 0; split <= TwoRecords.Length; split++)
        {
            TlsRecordBoundary boundary = default;
            boundary.Advance(TwoRecords.AsSpan(0, split));
            Assert.Equal(split is 0 or 8 || split == TwoRecords.Length, boundary.IsBetweenRecords);
            boundary.Advance(TwoRecords.AsSpan(split));
            Assert.True(boundary.IsBetweenRecords);
        }
    }

    [Fact]
    public void Advance_EmptyFragment_IsARecord()
    {
        TlsRecordBoundary boundary = default;
        boundary.Advance([0x17, 3, 3, 0, 0]);
        Assert.True(boundary.IsBetweenRecords);
    }
}
