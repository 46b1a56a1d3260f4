using Andmu.Pipeline.Control.Commands;

namespace Andmu.Pipeline.Control.Tests.Parsing;

/// <summary>A message of the specification and the command that it is.</summary>
internal sealed record Example(string Name, string Json, ControlCommand Command);
