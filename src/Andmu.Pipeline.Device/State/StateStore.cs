using Andmu.Pipeline.Device.Diagnostics;
using Andmu.Pipeline.OpenApi;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.State;

/// <summary>What a device keeps across restarts: its registration, the gateway addresses, and what was switched off. Without a folder it keeps nothing.</summary>
/// <remarks>Nothing here throws for what a disk does: a device whose flash is worn out still uploads, and says in the log what it could not keep.</remarks>
internal sealed class StateStore
{
    private readonly StateFile<KeptRegistration>? _registration;
    private readonly StateFile<KeptSwitches>? _switches;
    private readonly StateFile<KeptSchedules>? _schedules;
    private readonly ILogger _logger;

    public StateStore(string? directory, TimeProvider timeProvider, ILogger logger)
    {
        _logger = logger;
        string? endpoints = null;
        if (directory is not null)
        {
            directory = Path.GetFullPath(directory);
            TryCreate(directory);
            _registration = new StateFile<KeptRegistration>(Path.Combine(directory, "registration.json"), StateJson.Registration);
            _switches = new StateFile<KeptSwitches>(Path.Combine(directory, "switches.json"), StateJson.Switches);
            _schedules = new StateFile<KeptSchedules>(Path.Combine(directory, "schedules.json"), StateJson.Schedules);
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

            MakePrivate(_registration);
            if (!kept.IsUsable)
            {
                throw new FormatException("A value is empty or too long.");
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

    /// <summary>Keeps a registration instead of the one before, whose user's switches are forgotten.</summary>
    public void Keep(KeptRegistration kept)
    {
        ForgetSwitches();
        try
        {
            _registration?.Write(kept);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.RegistrationNotWritten(_logger, error.Message);
        }
    }

    /// <summary>What was switched off, or null when nothing is kept.</summary>
    public KeptSwitches? LoadSwitches()
    {
        try
        {
            return _switches?.Read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            Log.SwitchesNotRead(_logger, error.Message);
            return null;
        }
    }

    /// <summary>Keeps what is switched off.</summary>
    public void Keep(KeptSwitches kept)
    {
        try
        {
            _switches?.Write(kept);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.SwitchesNotWritten(_logger, error.Message);
        }
    }

    /// <summary>What is switched by the week, or null when nothing is kept.</summary>
    public KeptSchedules? LoadSchedules()
    {
        try
        {
            return _schedules?.Read() switch
            {
                null => null,
                { IsUsable: true } kept => kept,
                _ => throw new FormatException("A time is not a whole minute."),
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            Log.SchedulesNotRead(_logger, error.Message);
            return null;
        }
    }

    /// <summary>Keeps what is switched by the week.</summary>
    public void Keep(KeptSchedules kept)
    {
        try
        {
            _schedules?.Write(kept);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.SchedulesNotWritten(_logger, error.Message);
        }
    }

    /// <summary>Forgets the registration, and with it the addresses that it was given, and what its user has switched off.</summary>
    public void Forget()
    {
        Endpoints.Clear();
        ForgetSwitches();
        try
        {
            _registration?.Delete();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.RegistrationNotDeleted(_logger, error.Message);
        }
    }

    private void MakePrivate(StateFile<KeptRegistration> file)
    {
        try
        {
            if (file.MakePrivate())
            {
                Log.RegistrationWasReadable(_logger);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.RegistrationIsReadable(_logger, error.Message); // a card without modes, or a read-only one: no reason to register again
        }
    }

    private void ForgetSwitches()
    {
        try
        {
            _switches?.Delete();
            _schedules?.Delete();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.SwitchesNotWritten(_logger, error.Message);
        }
    }

    private void TryCreate(string directory)
    {
        try
        {
            PrivateFolder.Create(directory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.RegistrationNotWritten(_logger, error.Message);
        }
    }
}
