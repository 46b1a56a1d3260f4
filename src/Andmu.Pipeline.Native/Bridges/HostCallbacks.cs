using Andmu.Pipeline.Native.Handles;
using Andmu.Pipeline.Native.Interop;

namespace Andmu.Pipeline.Native.Bridges;

/// <summary>The host's functions, called through the device's gate. The one place of this project where C is called.</summary>
internal sealed unsafe class HostCallbacks(in NativeConfig config)
{
    private readonly NativeConfig _config = config;

    /// <summary>Closed when the device is destroyed.</summary>
    public CallbackGate Gate { get; } = new();

    public bool HasCommand => _config.OnCommand is not null;

    public bool HasTalk => _config.OnTalk is not null;

    public bool HasPicture => _config.OnPicture is not null;

    public bool HasPersonCount => _config.OnPersonCount is not null;

    public bool HasVerify => _config.OnFirmwareVerify is not null;

    public bool HasInstall => _config.OnFirmwareInstall is not null;

    public void State(NativeState* state)
    {
        if (_config.OnState is not null && Gate.TryEnter())
        {
            _config.OnState(_config.User, state);
            Gate.Leave();
        }
    }

    public void Plan(int plan) => Number(_config.OnPlan, plan);

    public void Viewers(int viewers) => Number(_config.OnViewers, viewers);

    public void Bitrate(int bitsPerSecond) => Number(_config.OnBitrate, bitsPerSecond);

    public void Power(int on) => Number(_config.OnPower, on);

    public void Card(int status) => Number(_config.OnCard, status);

    public void KeyFrame() => Bare(_config.OnKeyFrame);

    public void PanoramaEnd() => Bare(_config.OnPanoramaEnd);

    public void Clip(NativeClip clip)
    {
        clip.StructSize = (uint)sizeof(NativeClip);
        if (_config.OnClip is not null && Gate.TryEnter())
        {
            _config.OnClip(_config.User, &clip);
            Gate.Leave();
        }
    }

    public void FirmwareProgress(NativeFirmwareProgress* progress)
    {
        if (_config.OnFirmwareProgress is not null && Gate.TryEnter())
        {
            _config.OnFirmwareProgress(_config.User, progress);
            Gate.Leave();
        }
    }

    public NativeResult Command(NativeCommand* command)
    {
        if (_config.OnCommand is null || !Gate.TryEnter())
        {
            return NativeResult.Stopped;
        }

        NativeResult result = _config.OnCommand(_config.User, command);
        Gate.Leave();
        return result;
    }

    public void Talk(NativeTalk* talk)
    {
        if (_config.OnTalk is not null && Gate.TryEnter())
        {
            _config.OnTalk(_config.User, talk);
            Gate.Leave();
        }
    }

    public void Picture(NativePicture picture)
    {
        picture.StructSize = (uint)sizeof(NativePicture);
        if (_config.OnPicture is not null && Gate.TryEnter())
        {
            _config.OnPicture(_config.User, &picture);
            Gate.Leave();
        }
    }

    public NativeResult PersonCount(out int upwards, out int downwards)
    {
        int up = 0;
        int down = 0;
        NativeResult result = NativeResult.Stopped;
        if (_config.OnPersonCount is not null && Gate.TryEnter())
        {
            result = _config.OnPersonCount(_config.User, &up, &down);
            Gate.Leave();
        }

        (upwards, downwards) = (up, down);
        return result;
    }

    public NativeResult FirmwareVerify(NativeFirmware* firmware) => Firmware(_config.OnFirmwareVerify, firmware);

    public NativeResult FirmwareInstall(NativeFirmware* firmware) => Firmware(_config.OnFirmwareInstall, firmware);

    private NativeResult Firmware(delegate* unmanaged<void*, NativeFirmware*, NativeResult> callback, NativeFirmware* firmware)
    {
        if (callback is null || !Gate.TryEnter())
        {
            return NativeResult.Stopped;
        }

        NativeResult result = callback(_config.User, firmware);
        Gate.Leave();
        return result;
    }

    private void Number(delegate* unmanaged<void*, int, void> callback, int number)
    {
        if (callback is not null && Gate.TryEnter())
        {
            callback(_config.User, number);
            Gate.Leave();
        }
    }

    private void Bare(delegate* unmanaged<void*, void> callback)
    {
        if (callback is not null && Gate.TryEnter())
        {
            callback(_config.User);
            Gate.Leave();
        }
    }
}
