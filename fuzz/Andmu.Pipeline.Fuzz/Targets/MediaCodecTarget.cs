using System.Buffers;
using Andmu.Hedgw;
using Andmu.Pipeline.Fuzz.Support;
using Andmu.Pipeline.Protocol;
using Google.Protobuf;

namespace Andmu.Pipeline.Fuzz.Targets;

/// <summary>Reads a media package: <see cref="MediaPackageReader"/>, or one that a test has broken.</summary>
internal delegate MediaPackage MediaRead(in InboundMessage message);

/// <summary>
/// Differential, for a message without its length prefix: what our readers accept as a media package, Google.Protobuf parses to the same fields; what Google.Protobuf
/// accepts and ours do not, they refuse by a rule of their own that is written down. Every layout in memory gives the same. What was read is written to the bytes that
/// Google.Protobuf writes, and these are read to the same package again.
/// </summary>
internal sealed class MediaCodecTarget(MediaRead read) : IFuzzTarget
{
    public MediaCodecTarget()
        : this(MediaPackageReader.Read)
    {
    }

    public string Name => "media-codec";

    public string Property => "Our media codec and Google.Protobuf read the same fields out of the same bytes and write the same bytes.";

    public void Run(ReadOnlySpan<byte> input)
    {
        byte[] bytes = input.ToArray();
        HEDGWMessage? theirs = Parse(bytes);
        string? first = null;
        foreach (ReadOnlySequence<byte> layout in Chunks.Layouts(bytes))
        {
            string ours = ReadAs(layout, theirs);
            first ??= ours;
            Expect.Same(first, ours, "another layout");
        }
    }

    private string ReadAs(in ReadOnlySequence<byte> bytes, HEDGWMessage? theirs)
    {
        try
        {
            InboundMessage message = MessageReader.Read(bytes);
            if (message.Type != MessageType.MediaPackage)
            {
                return $"{message.Type}";
            }

            MediaPackage package = read(message);
            Expect.Holds(theirs is not null, "accepted what Google.Protobuf refuses");
            CheckFields(package, theirs.TdMediaPackage);
            CheckWriter(package);
            return $"{package.Header}, {package.UnknownFields} unknown";
        }
        catch (ProtocolException error)
        {
            Expect.Holds(theirs is null || ProtobufRules.IsOurs(error.Code), $"refused ({error.Code}) what Google.Protobuf accepts");
            return $"{error.Code} at {error.Offset}: {error.Message}";
        }
    }

    private static void CheckFields(in MediaPackage package, TDMediaPackage theirs)
    {
        MediaPackageHeader expected = new(
            (PackageType)theirs.PackageType,
            theirs.Sync == 1,
            theirs.StartTime,
            theirs.SeqNum,
            theirs.HasIpcamTime ? theirs.IpcamTime : null,
            theirs.HasControlFlag ? theirs.ControlFlag : null);
        Expect.Same(expected, package.Header, "fields");
        Expect.SameBytes(theirs.Data.Span, package.Data.ToArray(), "data");
    }

    private static void CheckWriter(in MediaPackage package)
    {
        byte[] payload = package.Data.ToArray();
        ArrayBufferWriter<byte> output = new();
        MediaPackageWriter.Write(output, package.Header, payload);
        Expect.Same(MediaPackageWriter.GetPacketLength(package.Header, payload.Length), output.WrittenCount, "length of the packet");
        byte[] theirs = Rewrite(package.Header, payload).ToByteArray();
        Expect.SameBytes(theirs, output.WrittenSpan[4..], "written packet");

        MediaPackage again = MediaPackageReader.Read(MessageReader.Read(new ReadOnlySequence<byte>(theirs)));
        Expect.Same(package.Header, again.Header, "fields of what was written");
        Expect.SameBytes(payload, again.Data.ToArray(), "data of what was written");
    }

    private static HEDGWMessage Rewrite(in MediaPackageHeader header, byte[] payload)
    {
        TDMediaPackage package = new()
        {
            PackageType = (uint)header.PackageType,
            Sync = header.IsKeyFrame ? 1u : 0,
            Data = UnsafeByteOperations.UnsafeWrap(payload),
            DataSize = (uint)payload.Length,
            StartTime = header.StartTime,
            SeqNum = header.SequenceNumber,
        };
        if (header.IpcamTime is { } ipcamTime)
        {
            package.IpcamTime = ipcamTime;
        }

        if (header.ControlFlag is { } controlFlag)
        {
            package.ControlFlag = controlFlag;
        }

        return new HEDGWMessage { MessageType = HEDGWMessage.Types.MessageType.TdmediaPackage, TdMediaPackage = package };
    }

    private static HEDGWMessage? Parse(byte[] bytes)
    {
        try
        {
            return HEDGWMessage.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
