using Andmu.Hedgw;
using CsCheck;
using Google.Protobuf;

namespace Andmu.Pipeline.Protocol.Tests.Support;

/// <summary>Random values that dwell on the edges: where a varint grows by a byte, and where a type ends.</summary>
internal static class Generators
{
    public static readonly uint[] EdgesOf32 =
    [
        0, 1, 2, 0x7F, 0x80, 0x3FFF, 0x4000, 0x1F_FFFF, 0x20_0000, 0xFFF_FFFF, 0x1000_0000, int.MaxValue, 0x8000_0000, uint.MaxValue,
    ];

    public static readonly ulong[] EdgesOf64 =
    [
        .. EdgesOf32, 1ul << 32, (1ul << 35) - 1, 1ul << 35, (1ul << 42) - 1, 1ul << 42, (1ul << 49) - 1, 1ul << 49, (1ul << 56) - 1,
        1ul << 56, long.MaxValue, 1ul << 63, ulong.MaxValue,
    ];

    public static Gen<uint> UInt32 { get; } = Gen.OneOf(Gen.OneOf(EdgesOf32), Gen.UInt);

    public static Gen<ulong> UInt64 { get; } = Gen.OneOf(Gen.OneOf(EdgesOf64), Gen.ULong);

    /// <summary>Sizes around 128, where the lengths of the data, of the package and of the message grow at different points.</summary>
    public static Gen<byte[]> Payload { get; } = Gen.OneOf(Gen.Byte.Array[0, 8], Gen.Byte.Array[70, 130], Gen.Byte.Array[0, 1000]);

    public static Gen<MediaPackageHeader> Header { get; } = Gen.Select(
        Gen.OneOf(Gen.UInt[0, 6], UInt32),
        Gen.Bool,
        UInt32,
        UInt32,
        UInt64.Select(Gen.Bool),
        UInt32.Select(Gen.Bool),
        (type, key, start, sequence, ipcamTime, controlFlag) => new MediaPackageHeader(
            (PackageType)type,
            key,
            start,
            sequence,
            ipcamTime.Item2 ? ipcamTime.Item1 : null,
            controlFlag.Item2 ? controlFlag.Item1 : null));

    public static Gen<HEDGWMessage> Media { get; } = Header.Select(Payload, (header, payload) => Reference.Message(header, payload));

    /// <summary>A message of any type, every optional field now there and now not.</summary>
    public static Gen<HEDGWMessage> AnyMessage { get; } = Gen.OneOf(
        Media,
        UInt32.Select(Reference.Ping),
        UInt32.Select(Reference.Pong),
        Gen.Select(Gen.OneOf(0u, 2001u, 2008u, 2026u), UInt32, Gen.String[0, 20], Gen.Bool, LoginResponse),
        Gen.Select(UInt32, UInt64, Gen.String[0, 20], Gen.Bool, Event),
        Gen.Select(UInt32, Gen.String[0, 20], Payload, Gen.Bool, AppCommand));

    /// <summary>
    /// Runs the check on as many values, the same ones in every run. (CsCheck's own Sample takes a seed for its first value only.)
    /// </summary>
    public static void ForEach<T>(this Gen<T> generator, int count, Action<T> check)
    {
        for (uint i = 0; i < count; i++)
        {
            T value = generator.Generate(new PCG(i, 20261123), null, out _);
            try
            {
                check(value);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"Failed on value {i}: {value}", error);
            }
        }
    }

    private static HEDGWMessage LoginResponse(uint result, uint span, string time, bool full)
    {
        DevLoginResp response = new() { Result = result };
        if (full)
        {
            response.ServerTime = time;
            response.PingPongSpan = span;
            response.DeviceStatus = 3;
        }

        return new HEDGWMessage { MessageType = HEDGWMessage.Types.MessageType.DevLoginResp, DevLoginResp = response };
    }

    private static HEDGWMessage Event(uint type, ulong time, string text, bool full)
    {
        DevEventCmd command = new() { Type = type, Status = 1, IpcamTime = time };
        if (full)
        {
            command.Msg = text;
        }

        return new HEDGWMessage { MessageType = HEDGWMessage.Types.MessageType.DevEventCmd, DevEventCmd = command };
    }

    private static HEDGWMessage AppCommand(uint type, string source, byte[] data, bool full)
    {
        DevAppCmd command = new() { Type = type, SrcDeviceId = source };
        if (full)
        {
            command.Msg = source;
            command.Data = ByteString.CopyFrom(data);
            command.DataSize = (uint)data.Length;
        }

        return new HEDGWMessage { MessageType = HEDGWMessage.Types.MessageType.DevAppCmd, DevAppCmd = command };
    }
}
