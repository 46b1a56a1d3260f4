namespace Andmu.Pipeline.Protocol.Schema;

/// <summary>The names and kinds of a message's fields, in the order of their numbers (specification appendix D and 5.2).</summary>
/// <remarks>
/// Written out rather than taken from the generated classes: their descriptors are read by reflection, cost a device memory and time
/// at start, and know no secrets. A test compares the two.
/// </remarks>
internal sealed class MessageSchema
{
    private MessageSchema(string name, params FieldSchema[] fields)
    {
        Name = name;
        Fields = fields;
        foreach (FieldSchema field in fields)
        {
            FieldBits |= 1u << field.Number;
            RequiredBits |= field.IsRequired ? 1u << field.Number : 0;
        }
    }

    public string Name { get; }

    public IReadOnlyList<FieldSchema> Fields { get; }

    /// <summary>A bit for every field number.</summary>
    public uint FieldBits { get; }

    /// <summary>A bit for every field number that must be there.</summary>
    public uint RequiredBits { get; }

    private static readonly MessageSchema DevLoginReq = new(
        "DevLoginReq",
        Required(1, "access_key", FieldKind.Text),
        Required(2, "access_secret", FieldKind.Secret),
        Required(3, "user_name", FieldKind.Text),
        Required(4, "device_token", FieldKind.Secret),
        Required(5, "unified_id", FieldKind.Text),
        Required(6, "device_mac", FieldKind.Text),
        Required(9, "channel_id"),
        Optional(10, "video_type"),
        Required(11, "video_width"),
        Required(12, "video_height"),
        Required(13, "audio_type"),
        Required(14, "audio_khz"),
        Required(15, "audio_channel"));

    private static readonly MessageSchema DevLoginResp = new(
        "DevLoginResp",
        Required(1, "result"),
        Optional(4, "server_time", FieldKind.Text),
        Optional(5, "device_status"),
        Optional(6, "ping_pong_span"),
        Optional(7, "sd_upload_mode"),
        Optional(8, "person_count_span"),
        Optional(9, "service_days"));

    private static readonly MessageSchema DevEventCmd = new(
        "DevEventCmd",
        Required(1, "type"),
        Required(2, "status"),
        Required(3, "ipcam_time", FieldKind.Number64),
        Optional(4, "msg", FieldKind.Json));

    private static readonly MessageSchema DevServerCmd = new(
        "DevServerCmd",
        Required(1, "type"),
        Optional(2, "device_status"),
        Optional(3, "thumbnail_span"),
        Optional(4, "thumbnail_width"),
        Optional(5, "thumbnail_height"),
        Optional(6, "service_days"));

    private static readonly MessageSchema DevAppCmd = new(
        "DevAppCmd",
        Required(1, "type"),
        Required(2, "src_device_id", FieldKind.Text),
        Optional(3, "dst_device_id", FieldKind.Text),
        Optional(4, "count"),
        Optional(5, "id"),
        Optional(6, "msg", FieldKind.Json),
        Optional(7, "data_size"),
        Optional(8, "data", FieldKind.Bytes));

    private static readonly MessageSchema DevIpCamCmd = new(
        "DevIpCamCmd",
        Required(1, "type"),
        Required(2, "src_device_id", FieldKind.Text),
        Optional(3, "dst_device_id", FieldKind.Text),
        Optional(4, "msg", FieldKind.Json),
        Optional(5, "data_size"),
        Optional(6, "data", FieldKind.Bytes));

    private static readonly MessageSchema Ping = new("Ping", Required(1, "id"));

    private static readonly MessageSchema Pong = new("Pong", Required(1, "id"));

    private static readonly MessageSchema MediaPackage = new(
        "TDMediaPackage",
        Required(1, "package_type"),
        Required(2, "sync"),
        Required(3, "data", FieldKind.Bytes),
        Required(4, "data_size"),
        Required(5, "start_time"),
        Required(6, "seq_num"),
        Optional(7, "ipcam_time", FieldKind.Number64),
        Optional(8, "control_flag"));

    /// <summary>The schema of a message; null if the specification does not have the type.</summary>
    public static MessageSchema? For(MessageType type) => type switch
    {
        MessageType.DevLoginReq => DevLoginReq,
        MessageType.DevLoginResp => DevLoginResp,
        MessageType.DevEventCmd => DevEventCmd,
        MessageType.DevServerCmd => DevServerCmd,
        MessageType.DevAppCmd => DevAppCmd,
        MessageType.DevIpCamCmd => DevIpCamCmd,
        MessageType.Ping => Ping,
        MessageType.Pong => Pong,
        MessageType.MediaPackage => MediaPackage,
        _ => null,
    };

    /// <summary>The field that a tag begins; null if there is none, or it has another wire type.</summary>
    public FieldSchema? Find(uint tag)
    {
        foreach (FieldSchema field in Fields)
        {
            if (field.Tag == tag)
            {
                return field;
            }
        }

        return null;
    }

    private static FieldSchema Required(int number, string name, FieldKind kind = FieldKind.Number) => new(number, name, kind, true);

    private static FieldSchema Optional(int number, string name, FieldKind kind = FieldKind.Number) => new(number, name, kind, false);
}
