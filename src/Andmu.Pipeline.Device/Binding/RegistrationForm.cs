using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Device.Binding;

/// <summary>What a device registers with (specification 5.1.1), but for the user.</summary>
internal sealed class RegistrationForm
{
    private readonly AndmuDeviceOptions _options;

    /// <exception cref="ArgumentException">A value of the options' user is blank or too long.</exception>
    public RegistrationForm(AndmuDeviceOptions options)
    {
        _options = options;
        OfOptions = options is { UserMobile: { } mobile, UserToken: { } token } ? For(new QrBinding(mobile, token, options.QrCodeEncrypted)) : null;
    }

    /// <summary>For the user whom the options name; null when they name none.</summary>
    public RegisterRequest? OfOptions { get; }

    /// <summary>For a user.</summary>
    public RegisterRequest For(QrBinding user) => new()
    {
        UserMobile = user.UserMobile,
        UserToken = user.UserToken,
        DeviceModelId = _options.DeviceModelId,
        Comment = _options.DeviceComment,
        QrCodeEncrypted = user.IsEncrypted,
    };
}
