using System.IO.Pipelines;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Messages;
using Andmu.Pipeline.Tests.Support;

namespace Andmu.Pipeline.Tests.Session;

[Collection(Allocation.Name)]
public sealed class HeartbeatAllocationTests
{
    [Fact]
    public void Outbox_PingsAndPongs_AllocateNothing()
    {
        var outbox = new ControlOutbox(new WakeSignal());
        PipeWriter writer = PipeWriter.Create(Stream.Null, new StreamPipeWriterOptions(minimumBufferSize: 1 << 20));
        Assert.Equal(0, Allocation.Of(1_000, i =>
        {
            outbox.PostPing((uint)i);
            outbox.PostPong((uint)i);
            outbox.WriteTo(writer, static _ => false, out _);
            outbox.OnFlushed(i);
            outbox.OnRead(i);
        }));
        writer.Complete();
    }
}
