using Andmu.Pipeline.Device.State;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Device.Startup;

/// <summary>What the uplink is to know of what the device knows.</summary>
internal static class UplinkSettings
{
    public static UplinkOptions Of(AndmuDeviceOptions options, KeptRegistration kept) => new()
    {
        Credentials = new DeviceCredentials
        {
            AccessKey = options.OpenApi.AccessKey,
            AccessSecret = options.OpenApi.AccessSecret,
            UserName = kept.UserMobile,
            DeviceToken = kept.DeviceToken,
            UnifiedId = kept.UnifiedId,
            DeviceMac = options.OpenApi.DeviceMacAddress,
        },
        Stream = options.Stream with { VideoCodec = options.VideoCodec, AudioCodec = options.AudioCodec },
        EventRecording = options.EventRecording,
        Congestion = options.Congestion,
        Advice = options.Advice,
        CatchUpRate = options.CatchUpRate,
        ConnectTimeout = options.ConnectTimeout,
        LoginTimeout = options.LoginTimeout,
        CloseTimeout = options.CloseTimeout,
        Backlog = options.Control.SdCard?.Backlog,
    };
}
