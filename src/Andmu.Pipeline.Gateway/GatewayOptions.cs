using System.Globalization;
using System.Net;
using System.Text;

namespace Andmu.Pipeline.Gateway;

/// <summary>How a local platform is set up. Immutable; the secret and the tokens are never printed.</summary>
public sealed record GatewayOptions
{
    /// <summary>The directory that holds the certificates, the issued tokens, the events and the recordings; created when missing.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The address to listen on; default 127.0.0.1. 0.0.0.0 and :: listen on every address of this machine.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>TCP port of the HEDGW channel, 1 to 65535, or 0 for any free one; default 50922, as in specification 5.1.4.</summary>
    public int HedgwPort { get; init; } = 50922;

    /// <summary>TCP port of the OpenAPI, 1 to 65535, or 0 for any free one; default 8443.</summary>
    public int OpenApiPort { get; init; } = 8443;

    /// <summary>
    /// TCP port on 127.0.0.1 by which other programs of this user drive the platform, 1 to 65535, or 0 for any free one; null, the default,
    /// for none. Its address and the token that it needs are in <c>control.json</c>, which the owner alone may read.
    /// </summary>
    public int? ControlPort { get; init; }

    /// <summary>The plan of every device that was not given one of its own; default <see cref="DevicePlan.Cloud"/>.</summary>
    public DevicePlan Plan { get; init; } = DevicePlan.Cloud;

    /// <summary>The vendor's access key; default the sample of specification 1.2.2.3.</summary>
    public string AccessKey { get; init; } = "Zhejian";

    /// <summary>The vendor's access secret; default the sample of specification 1.2.2.3.</summary>
    public string AccessSecret { get; init; } = "XgijVJq7eIp94Ax3cKvq";

    /// <summary>The heartbeat interval told to devices, whole seconds from 1 s; default 10 s.</summary>
    public TimeSpan PingPongSpan { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may take from its TLS handshake to a whole login packet; default 10 s.</summary>
    public TimeSpan LoginTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether a device is to deliver of an outage what belongs to events alone (sd_upload_mode 2, specification 5.2.1); default false, all.</summary>
    public bool SdUploadEventsOnly { get; init; }

    /// <summary>How long a recording stays open without media before its file is finished; default 30 s.</summary>
    public TimeSpan RecordingIdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest packet that carries media, in bytes; default 16 MiB.</summary>
    public int MaxMediaPacketBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The largest packet of any other kind, and of any kind before the login, in bytes; default 1 MiB.</summary>
    public int MaxControlPacketBytes { get; init; } = 1024 * 1024;

    /// <summary>The most connections at a time to either port; default 1024.</summary>
    public int MaxConnections { get; init; } = 1024;

    /// <summary>
    /// Whether a login needs a device token that this gateway issued (or one of <see cref="AcceptedTokens"/>); default true.
    /// With false any device token is taken.
    /// </summary>
    public bool RequireRegistration { get; init; } = true;

    /// <summary>Device tokens that are taken although this gateway did not issue them; default none.</summary>
    public IReadOnlyCollection<string> AcceptedTokens { get; init; } = [];

    /// <summary>What happens to every device after each of its logins on channel 0; default nothing.</summary>
    public DeviceScript Script { get; init; } = DeviceScript.Empty;

    /// <summary>
    /// The clock of every decision: WSSE windows, heartbeats, timeouts, names of recordings. Certificates alone follow the system's
    /// clock, because peers check them against theirs.
    /// </summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Shows where the gateway listens and what it allows, without the secret and the tokens.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(nameof(GatewayOptions));
        text.Append(CultureInfo.InvariantCulture, $" {{ DataDirectory = {DataDirectory}, Host = {Host}, HedgwPort = {HedgwPort}");
        text.Append(CultureInfo.InvariantCulture, $", OpenApiPort = {OpenApiPort}, Plan = {Plan}, AccessKey = {AccessKey}");
        text.Append(CultureInfo.InvariantCulture, $", RequireRegistration = {RequireRegistration} }}");
        return text.ToString();
    }

    internal void Validate()
    {
        Require(!string.IsNullOrWhiteSpace(DataDirectory), "DataDirectory must name a directory.");
        Require(Host is not null, "Host must be an IP address.");
        Require(HedgwPort is >= 0 and <= 65535, $"HedgwPort is {HedgwPort}; use 1 to 65535, or 0 for any free port.");
        Require(OpenApiPort is >= 0 and <= 65535, $"OpenApiPort is {OpenApiPort}; use 1 to 65535, or 0 for any free port.");
        Require(HedgwPort != OpenApiPort || HedgwPort == 0, $"HedgwPort and OpenApiPort are both {HedgwPort}; use two ports.");
        Require(ControlPort is null or (>= 0 and <= 65535), $"ControlPort is {ControlPort}; use 1 to 65535, 0 for any free port, or null for none.");
        Require(
            ControlPort is null or 0 || (ControlPort != HedgwPort && ControlPort != OpenApiPort),
            $"ControlPort is {ControlPort}, which is the port of another service; use a port of its own.");
        Require(Enum.IsDefined(Plan), $"Plan {(int)Plan} is not one of the specification's.");
        Require(!string.IsNullOrEmpty(AccessKey), "AccessKey must not be empty.");
        Require(!string.IsNullOrEmpty(AccessSecret), "AccessSecret must not be empty.");
        Require(PingPongSpan >= TimeSpan.FromSeconds(1) && PingPongSpan.Ticks % TimeSpan.TicksPerSecond == 0,
            $"PingPongSpan is {PingPongSpan}; use whole seconds from 1 s, as the wire carries them.");
        Require(LoginTimeout > TimeSpan.Zero, $"LoginTimeout is {LoginTimeout}; it must be positive.");
        Require(RecordingIdleTimeout > TimeSpan.Zero, $"RecordingIdleTimeout is {RecordingIdleTimeout}; it must be positive.");
        Require(MaxControlPacketBytes >= 1024, $"MaxControlPacketBytes is {MaxControlPacketBytes}; a login needs 1024.");
        Require(MaxMediaPacketBytes >= MaxControlPacketBytes, "MaxMediaPacketBytes must not be below MaxControlPacketBytes.");
        Require(MaxMediaPacketBytes <= 256 * 1024 * 1024, "MaxMediaPacketBytes must not be above 256 MiB: a packet is held in memory.");
        Require(MaxConnections > 0, $"MaxConnections is {MaxConnections}; it must be positive.");
        Require(AcceptedTokens is not null, "AcceptedTokens must not be null.");
        Require(Script is not null, "Script must not be null.");
        Require(TimeProvider is not null, "TimeProvider must not be null.");
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new GatewayException(GatewayFailure.BadOptions, message);
        }
    }
}
