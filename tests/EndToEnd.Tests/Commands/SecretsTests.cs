using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Device;
using Andmu.Pipeline.Device.Commands;
using Andmu.Pipeline.Device.Firmware;
using EndToEnd.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EndToEnd.Tests.Commands;

/// <summary>Secrets planted as canaries are in no log, exception, metric, trace or file but the state file.</summary>
public sealed class SecretsTests
{
    [Fact]
    public async Task ALifeWithCommands_LeavesNoSecretAnywhereButInTheStateFile()
    {
        string state = Directory.CreateTempSubdirectory("andmu-e2e-").FullName;
        using var said = new Eavesdropper();
        string token;
        await using (CommandedCamera camera = await CommandedCamera.StartAsync(
            new DeviceControlOptions
            {
                Firmware = new FirmwareOptions
                {
                    StagingDirectory = Path.Combine(state, "staging"),
                    Installer = static (_, _) => default,
                    AllowUnverified = true,
                },
            },
            options => options with { StateDirectory = state },
            said))
        {
            token = camera.Device.Registration!.DeviceToken;
            camera.Device.Commands.Handle<SetWifi>(static (command, _) => throw new InvalidOperationException($"cannot join {command}"));
            camera.Device.FirmwareProgressed += progress => said.Add(progress.ToString());
            await camera.SendAsync(Wifi("\"CANARY-wifi-key\""));
            camera.Device.Commands.Handle<SetWifi>(static (command, _) => throw new CommandRejectedException($"not {command}"));
            await camera.SendAsync(Wifi("\"CANARY-wifi-key\""));
            await camera.SendAsync(Wifi("[\"CANARY-wifi-key\"]"));
            await camera.SendAsync("""
                {"msgSession":"1","msgContent":{"request":4097,"requestParams":{"serviceType":1,"newServiceVersion":"2",
                "url":"https://user:CANARY-password@127.0.0.1:1/CANARY-path?sign=CANARY-sign","checkSum":"00112233445566778899aabbccddeeff"}}}
                """);
            await Eventually.TrueAsync(() => camera.Platform.Device.FirmwareReports.Any(static report => report.Status == 4));
            said.Add($"{camera.Device.CommandTotals} {camera.Device.Registration} {string.Join(' ', camera.Commands)}");
            said.Add(string.Join(' ', camera.Platform.Device.FirmwareReports));
            said.Collect();
        }

        string[] secrets = ["CANARY", token, "XgijVJq7eIp94Ax3cKvq"];
        Assert.NotEmpty(said.Lines);
        Assert.DoesNotContain(said.Lines, line => secrets.Any(secret => line.Contains(secret, StringComparison.Ordinal)));
        foreach (string path in Directory.EnumerateFiles(state, "*", SearchOption.AllDirectories))
        {
            string text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
            bool isStateFile = Path.GetFileName(path) == "registration.json";
            Assert.Equal(isStateFile, text.Contains(token, StringComparison.Ordinal));
            Assert.DoesNotContain("CANARY", text, StringComparison.Ordinal);
            Assert.DoesNotContain("XgijVJq7eIp94Ax3cKvq", text, StringComparison.Ordinal);
        }

        Directory.Delete(state, recursive: true);
    }

    private static string Wifi(string key) => $$"""
        {"msgSession":1,"msgContent":{"request":1793,"subRequest":17,"requestParams":{"ssid":"home","bssid":"","encryption":"WPA","key":{{key}} } } }
        """;

    /// <summary>Hears everything that the library says to a log, a meter or a trace.</summary>
    private sealed class Eavesdropper : ILoggerFactory, ILogger
    {
        private readonly MeterListener _meters = new();
        private readonly ActivityListener _traces = new();

        public Eavesdropper()
        {
            _meters.InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name.StartsWith("Andmu", StringComparison.Ordinal))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => AddTags(instrument.Name, tags));
            _meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => AddTags(instrument.Name, tags));
            _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => AddTags(instrument.Name, tags));
            _meters.Start();
            _traces.ShouldListenTo = static source => source.Name.StartsWith("Andmu", StringComparison.Ordinal);
            _traces.Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded;
            _traces.ActivityStopped = activity => Add(
                $"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.SelectMany(static e => e.Tags))}");
            ActivitySource.AddActivityListener(_traces);
        }

        public ConcurrentQueue<string> Lines { get; } = new();

        public void Add(string line) => Lines.Enqueue(line);

        public void Collect() => _meters.RecordObservableInstruments();

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            string parameters = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join("; ", pairs) : "";
            Add($"{formatter(state, exception)} {parameters} {exception}");
        }

        public void Dispose()
        {
            _meters.Dispose();
            _traces.Dispose();
        }

        private void AddTags(string name, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                Add($"{name} {tag.Key} {tag.Value}");
            }
        }
    }
}
