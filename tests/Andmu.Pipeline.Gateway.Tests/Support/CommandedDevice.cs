using System.Buffers.Binary;
using System.Text.Json;
using Andmu.Hedgw;
using Google.Protobuf;
using static Andmu.Hedgw.HEDGWMessage.Types;

namespace Andmu.Pipeline.Gateway.Tests.Support;

/// <summary>A device that is commanded: takes what the gateway sends, and answers as a test wants it to.</summary>
internal static class CommandedDevice
{
    /// <summary>Takes the next command and its msgSession.</summary>
    public static async Task<(DevAppCmd Command, long Session)> TakeCommandAsync(this RawDevice device)
    {
        DevAppCmd command = (await device.ReceiveAsync())!.DevAppCmd;
        Assert.Equal(33u, command.Type);
        using JsonDocument document = JsonDocument.Parse(command.Msg);
        return (command, document.RootElement.GetProperty("msgSession").GetInt64());
    }

    public static Task SendMessageAsync(this RawDevice device, uint type, string message, string destination = "app") =>
        device.SendAsync(new HEDGWMessage
        {
            MessageType = MessageType.DevIpCamCmd,
            DevIpcamCmd = new DevIpCamCmd { Type = type, SrcDeviceId = "110234567894562", DstDeviceId = destination, Msg = message },
        });

    public static Task SendPictureAsync(
        this RawDevice device, uint sequence, uint count, byte[] jpeg, uint command = 103, int? size = null, string destination = "app")
    {
        byte[] data = new byte[16 + jpeg.Length];
        BinaryPrimitives.WriteUInt32BigEndian(data, command);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(4), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(8), count);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(12), (uint)(size ?? jpeg.Length));
        jpeg.CopyTo(data, 16);
        return device.SendDataAsync(data, destination);
    }

    public static Task SendDataAsync(this RawDevice device, byte[] data, string destination = "app") => device.SendAsync(new HEDGWMessage
    {
        MessageType = MessageType.DevIpCamCmd,
        DevIpcamCmd = new DevIpCamCmd
        {
            Type = 4,
            SrcDeviceId = "110234567894562",
            DstDeviceId = destination,
            DataSize = (uint)data.Length,
            Data = ByteString.CopyFrom(data),
        },
    });

    /// <summary>An answer as the specification's examples have it (5.2.11).</summary>
    public static string Answer(long session, int request, int subRequest, string? parameters = null, int response = 0) =>
        $$"""
        {"msgCategory":"camera","msgContent":{"response":{{response}},{{(parameters is null ? "" : $"\"responseParams\":{parameters},")}}"responseRequest":{{request}},"responseSubRequest":{{subRequest}}},"msgSequence":1,"msgSession":{{session}},"msgTimeStamp":1484541696}
        """;
}
