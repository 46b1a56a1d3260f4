using Andmu.Pipeline.Native.Interop;

namespace Andmu.Pipeline.Native.Configuration;

/// <summary>andmu_config as it lies in the host's memory: of this version's size, or of a later one's.</summary>
internal static unsafe class ConfigMemory
{
    /// <summary>ANDMU_ABI_VERSION.</summary>
    public const uint AbiVersion = 1;

    /// <summary>Longer than it will ever be: another number is no size.</summary>
    private const uint MaxSize = 16384;

    /// <summary>Writes the defaults; members of a later version are cleared.</summary>
    public static NativeResult Initialise(void* config, uint size, uint abiVersion)
    {
        if (config is null)
        {
            return NativeResult.Invalid;
        }

        if (abiVersion != AbiVersion || size < sizeof(NativeConfig) || size > MaxSize)
        {
            return NativeResult.Abi;
        }

        new Span<byte>(config, (int)size).Clear();
        *(NativeConfig*)config = Defaults with { StructSize = size, AbiVersion = AbiVersion };
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
        if (size < sizeof(NativeConfig) || size > MaxSize || ((NativeConfig*)config)->AbiVersion != AbiVersion)
        {
            return NativeResult.Abi;
        }

        read = *(NativeConfig*)config;
        var later = new ReadOnlySpan<byte>((byte*)config + sizeof(NativeConfig), (int)size - sizeof(NativeConfig));
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
    };
}
