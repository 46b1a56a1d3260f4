using Andmu.Pipeline.Device.Diagnostics;
using Andmu.Pipeline.OpenApi;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.State;

/// <summary>What a device keeps across restarts: its registration and the gateway addresses. Without a folder it keeps nothing.</summary>
/// <remarks>Nothing here throws for what a disk does: a device whose flash is worn out still uploads, and says in the log what it could not keep.</remarks>
internal sealed class StateStore
{
    private readonly RegistrationFile? _registration;
    private readonly ILogger _logger;

    public StateStore(string? directory, TimeProvider timeProvider, ILogger logger)
    {
        _logger = logger;
        string? endpoints = null;
        if (directory is not null)
        {
            directory = Path.GetFullPath(directory);
            TryCreate(directory);
            _registration = new RegistrationFile(Path.Combine(directory, "registration.json"));
            endpoints = Path.Combine(directory, "endpoints.txt");
        }

        Endpoints = new EndpointCache(endpoints, timeProvider, logger);
    }

    /// <summary>The gateway addresses given out lately.</summary>
    public EndpointCache Endpoints { get; }

    /// <summary>The registration that is kept for this device, or null.</summary>
    public KeptRegistration? Load(string accessKey, string deviceId)
    {
        try
        {
            if (_registration?.Read() is not { } kept)
            {
                return null;
            }

            if (kept.AccessKey == accessKey && kept.DeviceId == deviceId)
            {
                return kept;
            }

            Log.RegistrationOfAnother(_logger);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            Log.RegistrationNotRead(_logger, error.Message);
        }

        return null;
    }

    /// <summary>Keeps a registration instead of the one before.</summary>
    public void Keep(KeptRegistration kept)
    {
        try
        {
            _registration?.Write(kept);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.RegistrationNotWritten(_logger, error.Message);
        }
    }

    /// <summary>Forgets the registration, and with it the addresses that it was given.</summary>
    public void Forget()
    {
        Endpoints.Clear();
        try
        {
            _registration?.Delete();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.RegistrationNotDeleted(_logger, error.Message);
        }
    }

    private void TryCreate(string directory)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(directory);
            }
            else
            {
                Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.RegistrationNotWritten(_logger, error.Message);
        }
    }
}
