using Andmu.Pipeline.Spool.Queueing;
using Andmu.Pipeline.Spool.Writing;

namespace Andmu.Pipeline.Spool.Engine;

/// <summary>What of a lane others than the engine touch: the queue to the card, when it is due, the reader.</summary>
internal sealed record LanePorts(RecordRing Queue, CommitRule Rule, SpoolReader Reader);
