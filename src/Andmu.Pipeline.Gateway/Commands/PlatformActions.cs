using System.Globalization;

namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>What the platform itself tells a device: viewers (DevAppCmd 0, 8, 9), plan and thumbnails (DevServerCmd 7, 9).</summary>
internal static class PlatformActions
{
    private const int MaxViewers = 1_000_000;
    private const int MaxSpanSeconds = 86_400;
    private const int MaxSide = 8192;
    private const int MaxViewerLength = 64;

    public static IReadOnlyList<CommandDefinition> All { get; } =
    [
        new CommandDefinition("view-start", "A viewer starts to watch.", Viewer())
        {
            Action = static (session, command, cancellationToken) => session.StartViewerAsync(command.Value("id"), cancellationToken),
        },
        new CommandDefinition("view-end", "A viewer stops watching.", Viewer())
        {
            Action = static (session, command, cancellationToken) => session.StopViewerAsync(command.Value("id"), cancellationToken),
        },
        new CommandDefinition("view-count", "How many viewers are online.", Number("value", 0, MaxViewers))
        {
            Action = static (session, command, cancellationToken) => session.SetViewerCountAsync(Whole(command, "value"), cancellationToken),
        },
        new CommandDefinition(
            "plan", "Another plan, from now on.",
            new CommandParameter("value", ValueForm.Outside("trial|cloud|expired|event|deleted", static text => PlanOf(text) is not null)))
        {
            Action = static (session, command, cancellationToken) => session.SetPlanAsync(PlanOf(command.Value("value"))!.Value, cancellationToken),
        },
        new CommandDefinition(
            "thumbnails", "A thumbnail each span of seconds; 0 ends them.",
            Number("span", 0, MaxSpanSeconds), Number("width", 1, MaxSide, "320"), Number("height", 1, MaxSide, "180"))
        {
            Action = static (session, command, cancellationToken) => session.RequestThumbnailsAsync(
                TimeSpan.FromSeconds(Whole(command, "span")), Whole(command, "width"), Whole(command, "height"), cancellationToken),
        },
    ];

    private static CommandParameter Viewer() =>
        new("id", ValueForm.Outside("NAME", static text => text.Length is > 0 and <= MaxViewerLength), "app");

    private static CommandParameter Number(string name, int minimum, int maximum, string? standard = null) => new(
        name,
        ValueForm.Outside(
            string.Create(CultureInfo.InvariantCulture, $"{minimum}..{maximum}"), text => ValueForm.TryRead(text, minimum, maximum, out _)),
        standard);

    private static int Whole(PlatformCommand command, string name) => int.Parse(command.Value(name), CultureInfo.InvariantCulture);

    private static DevicePlan? PlanOf(string name) => name switch
    {
        "trial" => DevicePlan.Trial,
        "cloud" => DevicePlan.Cloud,
        "expired" => DevicePlan.Expired,
        "event" => DevicePlan.Event,
        "deleted" => DevicePlan.Deleted,
        _ => null,
    };
}
