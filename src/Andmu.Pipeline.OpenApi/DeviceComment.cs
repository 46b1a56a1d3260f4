using System.Globalization;

namespace Andmu.Pipeline.OpenApi;

/// <summary>
/// The <c>comment</c> of a registration: hardware and fixed capabilities in the specification's own notation (5.1.1), for instance
/// <c>['HW':'3RD-X01','FEATURE':17]</c>.
/// </summary>
public sealed record DeviceComment
{
    /// <summary>Creates the comment.</summary>
    /// <param name="hardware">
    /// Hardware name, for instance <c>3RD-X01</c>: 1 to 64 visible ASCII characters without quotes, brackets and backslashes.
    /// </param>
    /// <param name="capabilities">What the device can do for its whole life.</param>
    /// <exception cref="ArgumentException">The name would break the notation, which knows no escape and no blank.</exception>
    public DeviceComment(string hardware, FixedCapabilities capabilities)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(hardware);
        if (hardware.Length > 64 || hardware.AsSpan().ContainsAnyExceptInRange('!', '~') || hardware.AsSpan().IndexOfAny("'\"[]\\") >= 0)
        {
            throw new ArgumentException(
                "Hardware must be 1 to 64 visible ASCII characters without quotes, brackets and backslashes.", nameof(hardware));
        }

        Hardware = hardware;
        Capabilities = capabilities;
    }

    /// <summary>Hardware name.</summary>
    public string Hardware { get; }

    /// <summary>What the device can do for its whole life.</summary>
    public FixedCapabilities Capabilities { get; }

    /// <summary>The comment as it is sent, without any blank.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"['HW':'{Hardware}','FEATURE':{(int)Capabilities}]");
}
