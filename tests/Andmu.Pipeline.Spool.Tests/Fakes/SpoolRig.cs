using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Andmu.Pipeline.Spool.Engine;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Spool.Tests.Fakes;

/// <summary>A journal on a fake card and virtual time, stepped by the test. Each record's data says its number and can be checked.</summary>
internal sealed class SpoolRig
{
    public static readonly SpoolOptions Small = new()
    {
        SegmentBytes = 64 * 1024,
        CapacityBytes = long.MaxValue,
        FreeSpaceFloorBytes = 0,
        MaxRecordBytes = 8 * 1024,
        QueueBytes = 64 * 1024,
        QueueRecords = 256,
    };

    private const int MaxSteps = 10_000;

    public SpoolRig(FakeStore store, SpoolOptions? options = null, int seed = 1, FakeTimeProvider? time = null)
    {
        Store = store;
        Time = time ?? new FakeTimeProvider();
        Journal = new SpoolJournal(store, options ?? Small, Time, new Random(seed));
    }

    public FakeStore Store { get; }

    public FakeTimeProvider Time { get; }

    public SpoolJournal Journal { get; }

    public SpoolStatus Status => Journal.Status;

    private SpoolEngine Engine => Journal.Engine;

    public static byte[] Data(uint id, int length)
    {
        byte[] data = new byte[Math.Max(length, sizeof(uint) * 2)];
        Fill(data, id);
        BinaryPrimitives.WriteUInt32LittleEndian(data, id);
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(sizeof(uint)), data.Length);
        return data;
    }

    public static uint Check(ReadOnlySpan<byte> data)
    {
        uint id = BinaryPrimitives.ReadUInt32LittleEndian(data);
        Assert.Equal(data.Length, BinaryPrimitives.ReadInt32LittleEndian(data[sizeof(uint)..]));
        Assert.True(data.SequenceEqual(Data(id, data.Length)), $"record {id} is not as it was written");
        return id;
    }

    private static void Fill(Span<byte> data, uint id)
    {
        ulong state = id * 0x9E37_79B9_7F4A_7C15 | 1; // xorshift: System.Random with a seed is the slowest part of these tests
        foreach (ref ulong word in MemoryMarshal.Cast<byte, ulong>(data))
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            word = state;
        }
    }

    public SpoolAppendResult AddMedia(uint id, int length, bool startsGop, out long ticket) =>
        Journal.TryAppend(new SpoolMedia(2, startsGop, id, id, 1000 + id), Data(id, length), out ticket);

    public SpoolAppendResult AddEvent(uint id, out long ticket) =>
        Journal.TryAppend(new SpoolEvent(1, 1, 1000 + id), Data(id, 20), out ticket);

    /// <summary>Adds and expects that there is room.</summary>
    public long Media(uint id, int length = 1000, bool startsGop = false)
    {
        Assert.Equal(SpoolAppendResult.Accepted, AddMedia(id, length, startsGop, out long ticket));
        return ticket;
    }

    public long Event(uint id)
    {
        Assert.Equal(SpoolAppendResult.Accepted, AddEvent(id, out long ticket));
        return ticket;
    }

    /// <summary>Steps until nothing is due.</summary>
    public void Run()
    {
        for (int i = 0; Engine.Step() == TimeSpan.Zero; i++)
        {
            Assert.True(i < MaxSteps, "the engine does not come to rest");
        }
    }

    public bool Step() => Engine.Step() == TimeSpan.Zero;

    public void Run(TimeSpan time)
    {
        Time.Advance(time);
        Run();
    }

    /// <summary>Adds media and brings it to the card.</summary>
    public void Keep(uint id, int length = 1000)
    {
        long ticket = Media(id, length, startsGop: true);
        Run(Small.SyncInterval);
        Assert.Equal(ticket, Journal.KeptThrough(SpoolLane.Media));
    }

    /// <summary>Reads all that is there.</summary>
    public List<uint> ReadAll(SpoolReader reader, List<SpoolPosition>? positions = null)
    {
        var found = new List<uint>();
        for (int tries = 0; tries < 3; tries++)
        {
            while (reader.TryRead(out SpoolRecord record))
            {
                found.Add(Check(record.Data.Span));
                positions?.Add(record.Position);
                tries = 0;
            }

            Run();
        }

        return found;
    }

    public void Close()
    {
        Engine.Close();
        Run();
    }
}
