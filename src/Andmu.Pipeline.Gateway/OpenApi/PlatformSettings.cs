namespace Andmu.Pipeline.Gateway.OpenApi;

/// <summary>What the platform's users have set: a pending binding and the devices' settings. Safe for any thread.</summary>
internal sealed class PlatformSettings
{
    private volatile string _cameraSettings = SampleSettings.CamRW;
    private volatile Tuple<string, string> _binding = Tuple.Create("", "");

    public string CameraSettings
    {
        get => _cameraSettings;
        set => _cameraSettings = value;
    }

    /// <summary>User's mobile number and token; empty while nobody has asked for a binding.</summary>
    public (string Mobile, string Token) Binding
    {
        get => _binding.ToValueTuple();
        set => _binding = value.ToTuple();
    }
}
