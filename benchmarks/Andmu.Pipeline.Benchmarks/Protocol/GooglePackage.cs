using System.Buffers.Binary;
using Andmu.Hedgw;
using Andmu.Pipeline.Benchmarks.Support;
using Andmu.Pipeline.Protocol;
using Google.Protobuf;

namespace Andmu.Pipeline.Benchmarks.Protocol;

/// <summary>
/// A media package by Google.Protobuf, as well as it can be done: both messages are made once and filled again, the payload is wrapped and not copied, and
/// the packet is written straight into the output.
/// </summary>
internal sealed class GooglePackage
{
    private readonly TDMediaPackage _package = new();
    private readonly HEDGWMessage _message = new() { MessageType = HEDGWMessage.Types.MessageType.TdmediaPackage };

    public GooglePackage() => _message.TdMediaPackage = _package;

    public void Write(FixedBufferWriter output, in MediaPackageHeader header, ReadOnlyMemory<byte> payload)
    {
        _package.PackageType = (uint)header.PackageType;
        _package.Sync = header.IsKeyFrame ? 1u : 0u;
        _package.Data = UnsafeByteOperations.UnsafeWrap(payload);
        _package.DataSize = (uint)payload.Length;
        _package.StartTime = header.StartTime;
        _package.SeqNum = header.SequenceNumber;
        _package.IpcamTime = header.IpcamTime.GetValueOrDefault();
        _package.ControlFlag = header.ControlFlag.GetValueOrDefault();
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(sizeof(int)), _message.CalculateSize());
        output.Advance(sizeof(int));
        _message.WriteTo(output);
    }
}
