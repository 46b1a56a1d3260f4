namespace Andmu.Pipeline.Cli.Spooling;

/// <summary>What time is wanted, by ipcam_time; both ends count.</summary>
internal readonly record struct ExportRange(DateTimeOffset? From, DateTimeOffset? To)
{
    private bool IsAll => From is null && To is null;

    /// <exception cref="CliException">It ends before it begins.</exception>
    public static ExportRange Between(DateTimeOffset? from, DateTimeOffset? to) =>
        from > to ? throw new CliException(ExitCode.Usage, "--to cannot be before --from.") : new ExportRange(from, to);

    /// <summary>Whether it is wanted; what has no time is wanted when all is.</summary>
    public bool Has(ulong? ipcamTime) => IsAll || (ipcamTime is <= long.MaxValue and { } time
        && (long)time >= (From?.ToUnixTimeMilliseconds() ?? long.MinValue)
        && (long)time <= (To?.ToUnixTimeMilliseconds() ?? long.MaxValue));
}
