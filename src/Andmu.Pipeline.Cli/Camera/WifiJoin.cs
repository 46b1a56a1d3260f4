namespace Andmu.Pipeline.Cli.Camera;

/// <summary>What became of an attempt to join a network.</summary>
internal enum WifiJoin
{
    Joined,
    UnknownNetwork,
    WrongKey,
}
