namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>What a device answers to a command.</summary>
public enum AnswerKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>DevIpCamCmd type 2 with the command's msgSession (specification 5.2.11).</summary>
    Response,

    /// <summary>DevIpCamCmd type 3 with the new resolution, once it has changed (specification 5.2.11.3).</summary>
    ResolutionChange,
}
