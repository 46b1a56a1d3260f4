namespace Andmu.Pipeline.Spool.Tests.Fakes;

/// <summary>A file as the system shows it, and as the card has it.</summary>
internal sealed class FakeFile
{
    private const int SectorBytes = 512;

    private readonly List<(int Offset, byte[] Bytes)> _unsynced = [];
    private byte[] _shown = [];
    private byte[] _durable = [];

    public int Length { get; private set; }

    /// <summary>What the system shows.</summary>
    public Span<byte> Shown => _shown.AsSpan(0, Length);

    private int DurableLength { get; set; }

    /// <summary>A file that is on the card as it is.</summary>
    public static FakeFile Of(ReadOnlySpan<byte> content)
    {
        var file = new FakeFile();
        file.Write(0, content);
        file.Sync(succeeds: true, new Random(1));
        return file;
    }

    public void Write(int offset, ReadOnlySpan<byte> bytes)
    {
        Put(ref _shown, offset, bytes);
        Length = Math.Max(Length, offset + bytes.Length);
        _unsynced.Add((offset, bytes.ToArray()));
    }

    public void Sync(bool succeeds, Random random)
    {
        foreach ((int offset, byte[] bytes) in _unsynced)
        {
            PutSectors(offset, bytes, succeeds ? null : random);
        }

        // After a failure the system takes the pages for clean: nobody writes them any more.
        _unsynced.Clear();
        DurableLength = succeeds ? Length : random.Next(DurableLength, Length + 1);
    }

    /// <summary>The power fails: of what was not synced, some sectors are there, in any order, and some are destroyed whole; the length is anything
    /// between.</summary>
    public void Cut(Random random)
    {
        foreach ((int offset, byte[] bytes) in _unsynced)
        {
            if (random.Next(3) > 0)
            {
                PutSectors(offset, bytes, random.Next(2) == 0 ? null : random);
            }
        }

        _unsynced.Clear();
        DurableLength = random.Next(3) switch { 0 => DurableLength, 1 => Length, _ => random.Next(DurableLength, Length + 1) };
        _shown = new byte[DurableLength];
        _durable.AsSpan(0, Math.Min(_durable.Length, DurableLength)).CopyTo(_shown);
        _durable = [.. _shown];
        Length = DurableLength;
    }

    private static void Put(ref byte[] target, int offset, ReadOnlySpan<byte> bytes)
    {
        if (target.Length < offset + bytes.Length)
        {
            Array.Resize(ref target, Math.Max(target.Length * 2, offset + bytes.Length));
        }

        bytes.CopyTo(target.AsSpan(offset));
    }

    private void PutSectors(int offset, byte[] bytes, Random? random)
    {
        int end = offset + bytes.Length;
        for (int at = offset; at < end;)
        {
            int next = Math.Min((at / SectorBytes * SectorBytes) + SectorBytes, end);
            int choice = random?.Next(8) ?? 0;
            if (choice < 4)
            {
                Put(ref _durable, at, bytes.AsSpan(at - offset, next - at));
            }
            else if (choice == 7)
            {
                // Torn in the middle: the card gives back a sector of neither, and what lay in it before is gone, too.
                byte[] torn = new byte[SectorBytes];
                random!.NextBytes(torn);
                Put(ref _durable, at / SectorBytes * SectorBytes, torn);
            }

            at = next;
        }
    }
}
