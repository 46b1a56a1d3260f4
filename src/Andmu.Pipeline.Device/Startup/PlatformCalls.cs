using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Device.Startup;

/// <summary>Calls of the OpenAPI, and what each answer says of the platform's clock. Thread-safe.</summary>
internal sealed class PlatformCalls(OpenApiClient client, MediaBuffer buffer)
{
    private volatile bool _clockIsKnown;
    private long _failures;
    private long _addressRequests;

    /// <summary>How many calls have failed.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>How often a gateway was asked for.</summary>
    public long AddressRequests => Interlocked.Read(ref _addressRequests);

    /// <summary>A gateway is asked for.</summary>
    public void OnAddressRequest() => Interlocked.Increment(ref _addressRequests);

    /// <summary>From now on the media's clock is the login's: server_time is exact to the millisecond, a Date header to the second.</summary>
    public void OnOnline() => _clockIsKnown = true;

    /// <summary>Makes a call, once.</summary>
    /// <exception cref="OpenApiException">It did not succeed.</exception>
    public async Task MakeAsync(Func<OpenApiClient, CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        try
        {
            await call(client, cancellationToken);
        }
        catch (OpenApiException)
        {
            Interlocked.Increment(ref _failures);
            throw;
        }
        finally
        {
            if (!_clockIsKnown)
            {
                buffer.ClockOffset = client.ClockOffset; // a refused call may have corrected the clock too
            }
        }
    }
}
