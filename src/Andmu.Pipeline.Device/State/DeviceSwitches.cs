using Andmu.Pipeline.OpenApi;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Device.State;

/// <summary>Device on or off, microphone on or off. Thread-safe.</summary>
/// <remarks>Who decides on a switch, the strongest first: the host, once it has set it; the platform's settings (specification 5.1.5); how it was before the
/// power-off, if the same user's; on. So that a camera which its user has switched off sends no picture after a power cut, even if the
/// settings cannot be read.</remarks>
internal sealed class DeviceSwitches
{
    private readonly Lock _lock = new();
    private readonly StateStore _store;
    private readonly MediaTrack _audio;
    private KeptSwitches _kept;
    private UplinkSession? _uplink;
    private bool _isOn;
    private bool _isOnByHost;
    private bool _isMicrophoneOnByHost;

    public DeviceSwitches(StateStore store, MediaTrack audio)
    {
        _store = store;
        _audio = audio;
        _kept = store.LoadSwitches() ?? KeptSwitches.AllOn;
        _isOn = _kept.IsOn;
        audio.IsMuted = !_kept.IsMicrophoneOn; // at once: what is written is silence from the first pack on
    }

    public bool IsOn
    {
        get
        {
            lock (_lock)
            {
                return _isOn;
            }
        }

        set
        {
            lock (_lock)
            {
                _isOnByHost = true;
                Set(value, !_audio.IsMuted);
            }
        }
    }

    public bool IsMicrophoneOn
    {
        get
        {
            lock (_lock)
            {
                return !_audio.IsMuted;
            }
        }

        set
        {
            lock (_lock)
            {
                _isMicrophoneOnByHost = true;
                Set(_isOn, value);
            }
        }
    }

    /// <summary>There is a registration, kept or new, and an uplink for it that is not started yet.</summary>
    public void OnRegistered(UplinkSession uplink)
    {
        lock (_lock)
        {
            _uplink = uplink;
            _kept = _store.LoadSwitches() ?? KeptSwitches.AllOn; // those of another user are forgotten by now
            Set(_isOnByHost ? _isOn : _kept.IsOn, _isMicrophoneOnByHost ? !_audio.IsMuted : _kept.IsMicrophoneOn);
        }
    }

    /// <summary>The platform's settings were read.</summary>
    public void Apply(CameraSettings settings)
    {
        lock (_lock)
        {
            Set(_isOnByHost ? _isOn : settings.Status ?? _isOn, _isMicrophoneOnByHost ? !_audio.IsMuted : settings.CameraMicrophone ?? !_audio.IsMuted);
        }
    }

    private void Set(bool on, bool microphoneOn)
    {
        _isOn = on;
        _audio.IsMuted = !microphoneOn;
        if (_uplink is { } uplink)
        {
            uplink.IsDeviceOn = on;
        }

        var now = new KeptSwitches(on, microphoneOn);
        if (now != _kept)
        {
            _kept = now; // a flash is not written without need
            _store.Keep(now);
        }
    }
}
