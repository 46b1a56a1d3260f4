using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Andmu.Pipeline.Gateway.Hosting;

namespace Andmu.Pipeline.Gateway.Devices;

/// <summary>
/// The devices that registered, and the tokens they were given; written to <c>devices.json</c> after every change, so that a
/// restarted gateway still knows its devices. Safe for any thread.
/// </summary>
internal sealed class DeviceRegistry
{
    // One token is 24 characters; a user's name is at most 1024. 100000 devices are far more than one machine serves.
    private const int MaxDevices = 100_000;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly Dictionary<string, DeviceRecord> _byId;

    private DeviceRegistry(string path, Dictionary<string, DeviceRecord> byId)
    {
        _path = path;
        _byId = byId;
    }

    public static DeviceRegistry Load(DataDirectory data)
    {
        var byId = new Dictionary<string, DeviceRecord>(StringComparer.Ordinal);
        try
        {
            if (File.Exists(data.Devices))
            {
                using FileStream stream = File.OpenRead(data.Devices);
                foreach (DeviceRecord record in JsonSerializer.Deserialize(stream, DeviceJson.Default.DeviceRecordArray) ?? [])
                {
                    byId[record.DeviceId] = record;
                }
            }
        }
        catch (Exception e) when (e is JsonException || DataDirectory.IsFileFault(e))
        {
            throw DataDirectory.Unusable(data.Devices, e);
        }

        return new DeviceRegistry(data.Devices, byId);
    }

    /// <summary>Registers a device, again or for the first time; null when another account holds it (error 21113) or none fits any more.</summary>
    public DeviceRecord? Register(string deviceId, string mac, string userMobile, string modelId)
    {
        lock (_gate)
        {
            if (_byId.TryGetValue(deviceId, out DeviceRecord? known))
            {
                if (known.UserMobile != userMobile)
                {
                    return null;
                }

                // The same token again: a device whose answer was lost asks twice, and both answers must work.
                return Store(known with { Mac = mac, ModelId = modelId });
            }

            return _byId.Count >= MaxDevices ? null : Store(new DeviceRecord
            {
                DeviceId = deviceId,
                Mac = mac,
                UserMobile = userMobile,
                ModelId = modelId,
                Token = NewToken(24),
                UnifiedId = NewToken(18),
            });
        }
    }

    public void SetVersions(DeviceRecord device, string modelId, string firmware, string cameraApp)
    {
        lock (_gate)
        {
            if (_byId.ContainsKey(device.DeviceId))
            {
                Store(device with { ModelId = modelId, FirmwareVersion = firmware, CameraAppVersion = cameraApp });
            }
        }
    }

    public bool Forget(string deviceId)
    {
        lock (_gate)
        {
            bool removed = _byId.Remove(deviceId);
            if (removed)
            {
                Save();
            }

            return removed;
        }
    }

    public DeviceRecord? Find(string deviceId)
    {
        lock (_gate)
        {
            return _byId.GetValueOrDefault(deviceId);
        }
    }

    public DeviceRecord? FindByToken(string token)
    {
        lock (_gate)
        {
            return _byId.Values.FirstOrDefault(device => Matches(device.Token, token));
        }
    }

    public DeviceRecord? FindByMac(string mac)
    {
        lock (_gate)
        {
            return _byId.Values.FirstOrDefault(device => device.Mac.Equals(mac, StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>Compares secrets in a time that does not depend on where they differ.</summary>
    public static bool Matches(string expected, string actual) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(actual));

    private DeviceRecord Store(DeviceRecord record)
    {
        if (_byId.GetValueOrDefault(record.DeviceId) != record)
        {
            _byId[record.DeviceId] = record;
            Save();
        }

        return record;
    }

    private void Save() => DataDirectory.WriteSecretAtomically(
        _path, JsonSerializer.SerializeToUtf8Bytes(_byId.Values.ToArray(), DeviceJson.Default.DeviceRecordArray));

    // Upper-case letters and digits, as the sample tokens of specification 5.1.1.
    private static string NewToken(int length) => RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", length);
}
