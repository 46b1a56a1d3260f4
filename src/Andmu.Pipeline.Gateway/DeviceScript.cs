using System.Globalization;

namespace Andmu.Pipeline.Gateway;

/// <summary>
/// What the platform does to every device after each of its logins on channel 0 (the live stream): plans, viewers, stalls, each at an
/// offset from the login on the gateway's clock. Immutable: each call returns a script with one step more. What a login ends before its
/// time does not happen, and begins anew with the next; a plan once changed stays, though, as it does on the real platform.
/// </summary>
public sealed class DeviceScript
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24); // timers take 24.8 days everywhere

    private DeviceScript(IReadOnlyList<Step> steps) => Steps = steps;

    /// <summary>Nothing happens.</summary>
    public static DeviceScript Empty { get; } = new([]);

    /// <summary>The steps in the order of their offsets; of two at the same time the one that was added first comes first.</summary>
    internal IReadOnlyList<Step> Steps { get; }

    internal readonly record struct Step(TimeSpan Offset, string Name, Func<DeviceSession, CancellationToken, Task> Action);

    /// <summary>The device is given a plan, as by <see cref="DeviceSession.SetPlanAsync"/>.</summary>
    /// <param name="offset">After the login, from zero to 24 days.</param>
    /// <param name="plan">The plan.</param>
    public DeviceScript PlanAt(TimeSpan offset, DevicePlan plan)
    {
        if (!Enum.IsDefined(plan))
        {
            throw new ArgumentOutOfRangeException(nameof(plan), plan, "Not one of the specification's plans.");
        }

        return With(offset, $"plan {plan}", (session, cancellationToken) => session.SetPlanAsync(plan, cancellationToken));
    }

    /// <summary>A viewer watches, as by <see cref="DeviceSession.StartViewerAsync"/> and <see cref="DeviceSession.StopViewerAsync"/>.</summary>
    /// <param name="offset">After the login, from zero to 24 days.</param>
    /// <param name="length">How long, above zero; null for as long as the connection lasts.</param>
    /// <param name="viewerId">The viewer's id; viewers that overlap need different ones.</param>
    public DeviceScript ViewerAt(TimeSpan offset, TimeSpan? length, string viewerId)
    {
        ArgumentException.ThrowIfNullOrEmpty(viewerId);
        DeviceScript starts = With(
            offset, $"viewer {viewerId}", (session, cancellationToken) => session.StartViewerAsync(viewerId, cancellationToken));
        if (length is not { } time)
        {
            return starts;
        }

        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero, nameof(length));
        return starts.With(
            offset + time, $"end of viewer {viewerId}", (session, cancellationToken) => session.StopViewerAsync(viewerId, cancellationToken));
    }

    /// <summary>The platform does not read from the device for a time, as by <see cref="DeviceSession.StallReadsFor"/>.</summary>
    /// <param name="offset">After the login, from zero to 24 days.</param>
    /// <param name="length">How long, above zero and at most 24 days.</param>
    public DeviceScript StallAt(TimeSpan offset, TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Longest);
        return With(offset, "stall", (session, _) =>
        {
            session.StallReadsFor(length);
            return Task.CompletedTask;
        });
    }

    /// <summary>Anything else that can be done to a device.</summary>
    /// <param name="offset">After the login, from zero to 24 days.</param>
    /// <param name="action">
    /// What to do; the next step waits for it, and its token is cancelled when the connection ends. An <see cref="IOException"/> of a
    /// connection that has ended is no fault; any other error ends the connection, and its notice names the step.
    /// </param>
    public DeviceScript At(TimeSpan offset, Func<DeviceSession, CancellationToken, Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return With(offset, "step", action);
    }

    private DeviceScript With(TimeSpan offset, string name, Func<DeviceSession, CancellationToken, Task> action)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(offset, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Longest);
        string at = string.Create(CultureInfo.InvariantCulture, $"{name} at {offset.TotalSeconds:0.###} s");
        return new DeviceScript([.. Steps.Append(new Step(offset, at, action)).OrderBy(static step => step.Offset)]);
    }
}
