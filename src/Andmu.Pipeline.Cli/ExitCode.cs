namespace Andmu.Pipeline.Cli;

/// <summary>What the command tells the shell.</summary>
internal enum ExitCode
{
    /// <summary>Everything worked.</summary>
    Ok = 0,

    /// <summary>Something went wrong that is none of the others.</summary>
    Failure = 1,

    /// <summary>The command line, a file named in it, or the machine's configuration is at fault.</summary>
    Usage = 2,

    /// <summary>One side did not accept who the other says it is: key, token, certificate.</summary>
    Authentication = 3,

    /// <summary>No connection, or not everything was delivered.</summary>
    Network = 4,
}
