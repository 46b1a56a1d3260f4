using Andmu.Pipeline.Native.Handles;

namespace Andmu.Pipeline.Native.Tests.Managed;

public sealed class HandleTableTests
{
    private readonly HandleTable<object> _table = new();

    [Fact]
    public void Find_OfWhatWasAdded_GivesIt()
    {
        object item = new();
        nint handle = _table.Add(item);
        Assert.NotEqual(0, handle);
        Assert.Same(item, _table.Find(handle));
    }

    [Fact]
    public void Remove_Twice_GivesItOnce()
    {
        object item = new();
        nint handle = _table.Add(item);
        Assert.Same(item, _table.Remove(handle));
        Assert.Null(_table.Remove(handle));
        Assert.Null(_table.Find(handle));
    }

    [Fact]
    public void Add_InAFreedSlot_DoesNotReviveTheOldHandle()
    {
        nint old = _table.Add(new object());
        _table.Remove(old);
        nint handle = _table.Add(new object());
        Assert.NotEqual(old, handle);
        Assert.Null(_table.Find(old));
        Assert.NotNull(_table.Find(handle));
    }

    [Fact]
    public void Add_BeyondTheCapacity_GivesNoHandle()
    {
        nint[] handles = [.. Enumerable.Range(0, HandleTable<object>.Capacity).Select(_ => _table.Add(new object()))];
        Assert.Equal(handles.Length, handles.Distinct().Count());
        Assert.Equal(0, _table.Add(new object()));
        _table.Remove(handles[7]);
        Assert.NotEqual(0, _table.Add(new object()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Find_OfWhatIsNoHandle_GivesNothing(long handle)
    {
        _table.Add(new object());
        Assert.Null(_table.Find((nint)handle));
        Assert.Null(_table.Remove((nint)handle));
    }
}
