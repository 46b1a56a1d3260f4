using Andmu.Hedgw;
using Andmu.Pipeline.Protocol.Schema;
using Google.Protobuf.Reflection;

namespace Andmu.Pipeline.Protocol.Tests.Schema;

public sealed class MessageSchemaTests
{
    [Theory]
    [InlineData(MessageType.DevLoginReq)]
    [InlineData(MessageType.DevLoginResp)]
    [InlineData(MessageType.DevEventCmd)]
    [InlineData(MessageType.DevServerCmd)]
    [InlineData(MessageType.DevAppCmd)]
    [InlineData(MessageType.DevIpCamCmd)]
    [InlineData(MessageType.Ping)]
    [InlineData(MessageType.Pong)]
    [InlineData(MessageType.MediaPackage)]
    public void For_EveryType_IsTheCompiledSchema(MessageType type)
    {
        MessageSchema schema = MessageSchema.For(type)!;
        MessageDescriptor compiled = HedgwReflection.Descriptor.MessageTypes.Single(message => message.Name == schema.Name);

        Assert.Equal(
            compiled.Fields.InFieldNumberOrder().Select(field => (field.FieldNumber, field.Name, field.IsRequired, Kind(field.FieldType))),
            schema.Fields.Select(field => (field.Number, field.Name, field.IsRequired, Kind(field.Kind))));
    }

    [Fact]
    public void For_UnknownType_IsNull() => Assert.Null(MessageSchema.For((MessageType)3));

    private static FieldType Kind(FieldType type) => type;

    private static FieldType Kind(FieldKind kind) => kind switch
    {
        FieldKind.Number => FieldType.UInt32,
        FieldKind.Number64 => FieldType.UInt64,
        FieldKind.Bytes => FieldType.Bytes,
        _ => FieldType.String,
    };
}
