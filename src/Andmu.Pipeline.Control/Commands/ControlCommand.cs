namespace Andmu.Pipeline.Control;

/// <summary>What an app asks of a device (DevAppCmd type 33, specification 5.2.9 and 5.2.10): one derived record for each command, with values that were
/// checked against the specification.</summary>
public abstract record ControlCommand
{
    private protected ControlCommand()
    {
    }
}

/// <summary>A command that is answered with a value (specification 5.2.10 and 5.2.11).</summary>
/// <typeparam name="TAnswer">The value.</typeparam>
public interface IQuery<TAnswer>
    where TAnswer : notnull;
