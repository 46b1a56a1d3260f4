using Andmu.Pipeline.Native.Handles;

namespace Andmu.Pipeline.Native.Tests.Managed;

public sealed class CallbackGateTests
{
    [Fact]
    public void Enter_AfterClose_IsRefused()
    {
        var gate = new CallbackGate();
        gate.Close();
        Assert.False(gate.TryEnter());
        Assert.False(CallbackGate.IsInCallback);
    }

    [Fact]
    public void IsInCallback_IsOfTheThreadThatIsInOne()
    {
        var gate = new CallbackGate();
        Assert.True(gate.TryEnter());
        Assert.True(CallbackGate.IsInCallback);
        bool other = true;
        var thread = new Thread(() => other = CallbackGate.IsInCallback);
        thread.Start();
        thread.Join();
        Assert.False(other);
        gate.Leave();
        Assert.False(CallbackGate.IsInCallback);
    }

    [Fact]
    public void Close_WaitsForWhatIsInside()
    {
        var gate = new CallbackGate();
        Assert.True(gate.TryEnter());
        bool left = false;
        bool leftBefore = false;
        var closer = new Thread(() =>
        {
            gate.Close();
            leftBefore = Volatile.Read(ref left);
        });
        closer.Start();
        while (closer.ThreadState != ThreadState.WaitSleepJoin)
        {
            Thread.Yield();
        }

        Volatile.Write(ref left, true);
        gate.Leave();
        closer.Join();
        Assert.True(leftBefore);
    }
}
