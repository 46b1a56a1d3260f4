using System.Runtime.InteropServices;
using Andmu.Pipeline.Native.Interop;

namespace Andmu.Pipeline.Native.Configuration;

/// <summary>andmu_config as it lies in the host's memory: of this version's size, of an earlier one's, or of a later one's.</summary>
internal static unsafe class ConfigMemory
{
    /// <summary>ANDMU_ABI_VERSION.</summary>
    public const uint AbiVersion = 1;

    /// <summary>The size of the first version, which ended before <see cref="NativeConfig.CardDir"/>. Members behind it have their defaults when the host
    /// does not know them.</summary>
    private static readonly uint FirstSize = (uint)Marshal.OffsetOf<NativeConfig>(nameof(NativeConfig.CardDir));

    /// <summary>Longer than it will ever be: another number is no size.</summary>
    private const uint MaxSize = 16384;

    /// <summary>Writes the defaults; members of a later version are cleared.</summary>
    public static NativeResult Initialise(void* config, uint size, uint abiVersion)
    {
        if (config is null)
        {
            return NativeResult.Invalid;
        }

        if (abiVersion != AbiVersion || size < FirstSize || size > MaxSize)
        {
            return NativeResult.Abi;
        }

        NativeConfig defaults = Defaults with { StructSize = size, AbiVersion = AbiVersion };
        var memory = new Span<byte>(config, (int)size);
        memory.Clear();
        new ReadOnlySpan<byte>(&defaults, Math.Min(sizeof(NativeConfig), (int)size)).CopyTo(memory);
        return NativeResult.Ok;
    }

    /// <summary>Reads it. A member that this version does not know must not be set: what the host asks for would not happen.</summary>
    public static NativeResult Read(void* config, out NativeConfig read)
    {
        read = default;
        if (config is null)
        {
            return NativeResult.Invalid;
        }

        uint size = *(uint*)config;
        if (size < FirstSize || size > MaxSize || ((NativeConfig*)config)->AbiVersion != AbiVersion)
        {
            return NativeResult.Abi;
        }

        int known = Math.Min(sizeof(NativeConfig), (int)size);
        NativeConfig set = Defaults;
        new ReadOnlySpan<byte>(config, known).CopyTo(new Span<byte>(&set, known));
        read = set;
        var later = new ReadOnlySpan<byte>((byte*)config + known, (int)size - known);
        return later.ContainsAnyExcept((byte)0) ? NativeResult.Abi : NativeResult.Ok;
    }

    private static NativeConfig Defaults => new()
    {
        VideoCodec = 1,
        AudioCodec = 2,
        AudioKhz = 8,
        AudioChannels = 1,
        Width = 1280,
        Height = 720,
        BufferBytes = 8 << 20,
        BufferMs = 60_000,
        BufferPackages = 4096,
        PreRollMs = 5_000,
        PostRollMs = 10_000,
        CatchUpPercent = 400,
        BitrateFloor = 128_000,
        ConnectTimeoutMs = 15_000,
        LoginTimeoutMs = 10_000,
        CloseTimeoutMs = 3_000,
        ApiTimeoutMs = 10_000,
        CommandTimeoutMs = 30_000,
        MaxCommands = 4,
        FirmwareMaxBytes = 256L << 20,
        CardQueueBytes = 8 << 20,
    };
}
