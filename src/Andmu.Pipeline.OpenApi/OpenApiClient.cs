using Andmu.Pipeline.OpenApi.Authentication;
using Andmu.Pipeline.OpenApi.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andmu.Pipeline.OpenApi;

/// <summary>The seven calls of the OpenAPI (specification 5.1) for one device. Safe to use from any thread.</summary>
/// <remarks>
/// Every call throws <see cref="OpenApiException"/> when it does not succeed and <see cref="OperationCanceledException"/> when the caller
/// cancels it; none is repeated but for the one second attempt after the platform has corrected the clock (specification 2.2).
/// The order after power-on: bind and register (once), settings, capabilities, device info, gateway address.
/// </remarks>
public sealed class OpenApiClient
{
    private readonly OpenApiOptions _options;
    private readonly PlatformClock _clock;
    private readonly BatchService _service;

    /// <summary>Creates a client; nothing is sent.</summary>
    /// <param name="http">
    /// What to send with, from <c>IHttpClientFactory</c> or over <see cref="OpenApiHttp.CreateHandler"/>. It may be shared; nothing is
    /// set on it and it is not disposed of. Its own time limit applies too.
    /// </param>
    /// <param name="options">Where to and as whom.</param>
    /// <param name="timeProvider">The device's clock; the system's when null.</param>
    /// <param name="logger">Where to tell of clock corrections and durations; secrets and tokens are never among it.</param>
    public OpenApiClient(HttpClient http, OpenApiOptions options, TimeProvider? timeProvider = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        timeProvider ??= TimeProvider.System;
        _options = options;
        _clock = new PlatformClock(timeProvider);
        _service = new BatchService(http, options, _clock, timeProvider, logger ?? NullLogger.Instance);
    }

    /// <summary>
    /// Platform time minus device time, as of the last answer that corrected the clock; zero before. What carries a time of day to the
    /// platform, media above all, should be stamped with the device's clock plus this.
    /// </summary>
    public TimeSpan ClockOffset => _clock.Offset;

    /// <summary>Registers the device for the user of a QR code or a bind (specification 5.1.1).</summary>
    /// <param name="request">Whose device it is and what it can do.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What the platform knows the device by from now on.</returns>
    public Task<Registration> RegisterAsync(RegisterRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequestMessage message = Message(MsgTypes.Register) with
        {
            UserMobile = request.UserMobile,
            UserToken = request.UserToken,
            DeviceModelId = request.DeviceModelId,
            Comment = request.Comment.ToString(),
            RegistMode = request.QrCodeEncrypted ? "1" : null,
        };
        return _service.PostAsync(
            message,
            static reply => new Registration(reply.RequiredText("deviceToken"), reply.RequiredText("unifiedId")),
            cancellationToken);
    }

    /// <summary>
    /// Asks whether a user has bound this wired device in the app (specification 5.1.2). Ask no more often than every 10 s; what comes
    /// first, this or a QR code, ends the other and is registered with.
    /// </summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The user, or null as long as there is none.</returns>
    public Task<BindInfo?> GetBindInfoAsync(CancellationToken cancellationToken = default) => _service.PostAsync(
        Message(MsgTypes.GetBindInfo),
        static reply => reply.Text("userMobile") is { } mobile && reply.Text("userToken") is { } token ? new BindInfo(mobile, token) : null,
        cancellationToken);

    /// <summary>Reports what the device can do, after registration and at every change (specification 5.1.3).</summary>
    /// <param name="deviceToken">The token of the registration.</param>
    /// <param name="capabilities">What it can do.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>When the platform has taken it.</returns>
    public Task ReportCapabilitiesAsync(string deviceToken, DeviceCapabilities capabilities, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(capabilities);
        RequestMessage message = Message(MsgTypes.ReportCapabilities, deviceToken) with { SupportKey = capabilities };
        return _service.PostAsync(message, Nothing, cancellationToken);
    }

    /// <summary>
    /// Asks where to log in (specification 5.1.4). To be asked only when none of the addresses in <see cref="EndpointCache"/> connects;
    /// <see cref="OpenApiError.HedgwUnavailable"/> says that there is none at present.
    /// </summary>
    /// <param name="deviceToken">The token of the registration.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The gateway's address.</returns>
    public Task<HedgwAddress> GetHedgwAddressAsync(string deviceToken, CancellationToken cancellationToken = default) =>
        _service.PostAsync(Message(MsgTypes.GetHedgwAddress, deviceToken), ReadAddress, cancellationToken);

    /// <summary>Asks for the settings that the platform holds for the device (specification 5.1.5).</summary>
    /// <param name="deviceToken">The token of the registration.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The settings.</returns>
    public Task<CameraSettings> GetSettingsAsync(string deviceToken, CancellationToken cancellationToken = default) =>
        _service.PostAsync(Message(MsgTypes.GetSettings, deviceToken), SettingsReader.Read, cancellationToken);

    /// <summary>Reports what has changed at the device (specification 5.1.6).</summary>
    /// <param name="deviceToken">The token of the registration.</param>
    /// <param name="update">What has changed.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>When the platform has taken it.</returns>
    /// <exception cref="ArgumentException">Nothing has changed.</exception>
    public Task UpdateSettingsAsync(string deviceToken, CameraStatusUpdate update, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        if (update == new CameraStatusUpdate())
        {
            throw new ArgumentException("The update holds nothing.", nameof(update));
        }

        RequestMessage message = Message(MsgTypes.UpdateSettings, deviceToken) with { CamParam = update };
        return _service.PostAsync(message, Nothing, cancellationToken);
    }

    /// <summary>Reports what runs on the device, after registration and whenever its firmware changes (specification 5.1.7).</summary>
    /// <param name="deviceToken">The token of the registration.</param>
    /// <param name="info">What runs on it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>When the platform has taken it.</returns>
    public Task UpdateDeviceInfoAsync(string deviceToken, DeviceInfo info, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(info);
        RequestMessage message = Message(MsgTypes.UpdateDeviceInfo, deviceToken) with
        {
            DeviceModelId = info.DeviceModelId,
            FirmwareVersion = info.FirmwareVersion,
            CameraAppVersion = info.CameraAppVersion,
        };
        return _service.PostAsync(message, Nothing, cancellationToken);
    }

    private RequestMessage Message(string msgType) =>
        new() { MsgType = msgType, DeviceMacAddress = _options.DeviceMacAddress, DeviceId = _options.DeviceId };

    private RequestMessage Message(string msgType, string deviceToken) =>
        Message(msgType) with { DeviceToken = Limits.Text(deviceToken, nameof(deviceToken)) };

    private static bool Nothing(ResponseObject reply) => true;

    private static HedgwAddress ReadAddress(ResponseObject reply)
    {
        string host = reply.RequiredText("serverAddr");
        int port = reply.RequiredInteger("serverPort", 1, ushort.MaxValue);
        return HedgwAddress.TryCreate(host, port, out HedgwAddress? address)
            ? address
            : throw reply.Wrong("serverAddr", "a host name or an IP address");
    }
}
