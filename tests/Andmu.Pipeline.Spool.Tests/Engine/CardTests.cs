using Andmu.Pipeline.Spool.Tests.Fakes;

namespace Andmu.Pipeline.Spool.Tests.Engine;

/// <summary>Cards are pulled, swapped and write-protected: the state says so, nothing kept is lost, and it comes back by itself.</summary>
public sealed class CardTests
{
    private readonly FakeStore _store = new();
    private readonly SpoolRig _rig;

    public CardTests()
    {
        _rig = new SpoolRig(_store);
        _rig.Run();
    }

    [Fact]
    public void NoCardAtTheStart_IsMissing_ThenTakesWhatWaited()
    {
        var store = new FakeStore { Card = null };
        var rig = new SpoolRig(store);
        rig.Run();
        Assert.Equal(SpoolState.Missing, rig.Status.State);
        rig.Event(1);
        rig.Media(2);
        rig.Run(TimeSpan.FromSeconds(60));
        Assert.Equal(2, rig.Status.PendingRecords);

        store.Card = new FakeCard();
        rig.Run(SpoolRig.Small.ProbeInterval);
        Assert.Equal(SpoolState.Ready, rig.Status.State);
        Assert.Equal(2, rig.Status.KeptRecords);
    }

    [Fact]
    public void Pulled_IsMissing_AndTheSameCardGoesOn()
    {
        FakeCard card = _store.Card!;
        _rig.Keep(1);
        _store.Card = null;
        _rig.Media(2, startsGop: true);
        _rig.Run(SpoolRig.Small.SyncInterval);
        Assert.Equal(SpoolState.Missing, _rig.Status.State);
        Assert.Equal(0, _rig.Status.TotalBytes);

        _store.Card = card;
        _rig.Run(SpoolRig.Small.ProbeInterval);
        Assert.Equal(SpoolState.Ready, _rig.Status.State);
        Assert.Equal(0, _rig.Status.CardChanges);
        Assert.Equal([1u, 2u], _rig.ReadAll(_rig.Journal.Media));
    }

    [Fact]
    public void Pulled_NothingWritten_IsNoticedAtTheNextLook()
    {
        _store.Card = null;
        _rig.Run(SpoolRig.Small.ProbeInterval);
        Assert.Equal(SpoolState.Missing, _rig.Status.State);
    }

    [Fact]
    public void Swapped_WithoutAnError_TheNewCardIsUsedAndReadFromItsStart()
    {
        FakeCard first = _store.Card!;
        _rig.Keep(1);
        _store.Card = new FakeCard();
        _rig.Run(SpoolRig.Small.ProbeInterval);
        Assert.Equal(1, _rig.Status.CardChanges);
        _rig.Keep(2);
        Assert.Equal([2u], _rig.ReadAll(_rig.Journal.Media));

        _store.Card = first;
        _rig.Run(SpoolRig.Small.ProbeInterval);
        _rig.Keep(3);
        Assert.Equal([1u, 3u], _rig.ReadAll(_rig.Journal.Media));
    }

    [Fact]
    public void ConfirmedOnACardThatIsGone_ChangesNothingOnAnother()
    {
        var positions = new List<SpoolPosition>();
        _rig.Keep(1);
        _rig.ReadAll(_rig.Journal.Media, positions);
        _store.Card = new FakeCard();
        _rig.Run(SpoolRig.Small.ProbeInterval);
        _rig.Keep(2);
        _rig.Journal.Media.Confirm(positions[0]);
        Assert.Equal([2u], _rig.ReadAll(_rig.Journal.Media));
        Assert.True(_rig.Journal.Media.HasBacklog);
    }

    [Fact]
    public void ReadOnly_IsSaid_IsRead_AndTakesWritesAgain()
    {
        _rig.Keep(1);
        _store.Card!.IsReadOnly = true;
        _rig.Media(2, startsGop: true);
        _rig.Run(SpoolRig.Small.SyncInterval);
        Assert.Equal(SpoolState.ReadOnly, _rig.Status.State);
        Assert.Equal([1u], _rig.ReadAll(_rig.Journal.Media));
        Assert.Equal(1, _rig.Status.PendingRecords);

        _store.Card.IsReadOnly = false;
        _rig.Run(SpoolRig.Small.ProbeInterval);
        Assert.Equal(SpoolState.Ready, _rig.Status.State);
        Assert.Equal([2u], _rig.ReadAll(_rig.Journal.Media));
    }

    [Fact]
    public void Away_QueueIsFull_RefusesAndCountsUntilItIsBack()
    {
        FakeCard card = _store.Card!;
        _store.Card = null;
        uint id = 1;
        while (_rig.AddMedia(id, 1000, startsGop: false, out _) == SpoolAppendResult.Accepted)
        {
            id++;
        }

        Assert.Equal(1, _rig.Journal.Loss(SpoolLossReason.QueueFull).Count);
        _store.Card = card;
        _rig.Run(SpoolRig.Small.ProbeInterval);
        Assert.Equal(SpoolAppendResult.Accepted, _rig.AddMedia(id, 1000, startsGop: false, out _));
        _rig.Run(SpoolRig.Small.SyncInterval);
        Assert.Equal(id, _rig.Status.KeptRecords);
    }

    [Fact]
    public void BadPlace_UnderTheIdentity_CardGetsANewOneAndLosesNothing()
    {
        _rig.Keep(1);
        _store.Bad.Add(_store.Card!.Files[Format.Layout.VolumeName]);
        for (int i = 0; i < 5; i++)
        {
            _rig.Run(SpoolRig.Small.ProbeInterval);
        }

        Assert.Equal(SpoolState.Ready, _rig.Status.State);
        _rig.Keep(2);
        Assert.Equal([1u, 2u], _rig.ReadAll(_rig.Journal.Media));
    }

    [Fact]
    public void BadPlace_UnderBothCursors_AreMadeAnew()
    {
        _rig.Keep(1);
        Confirm();
        _rig.Keep(2);
        Confirm();
        Array.ForEach(Format.Layout.CursorNames, name => _store.Bad.Add(_store.Card!.Files[name]));
        for (uint id = 3; id <= 6; id++)
        {
            _rig.Run(SpoolRig.Small.ProbeInterval);
            _rig.Keep(id);
            Confirm();
        }

        var next = new SpoolRig(_store);
        next.Run();
        Assert.Empty(next.ReadAll(next.Journal.Media));
        Assert.Equal(SpoolState.Ready, _rig.Status.State);
    }

    [Fact]
    public void Close_CardAway_CountsWhatIsLost()
    {
        _store.Card = null;
        _rig.Media(1);
        _rig.Event(1);
        _rig.Close();
        Assert.Equal(2, _rig.Journal.Loss(SpoolLossReason.Closed).Count);
        Assert.Equal(SpoolState.Closed, _rig.Status.State);
    }

    [Fact]
    public void Close_CardThere_KeepsAllThatWaits()
    {
        _rig.Media(1);
        _rig.Event(1);
        _rig.Close();
        Assert.Equal(2, _rig.Status.KeptRecords);
        Assert.Equal(0, _rig.Journal.Loss(SpoolLossReason.Closed).Count);
    }

    private void Confirm()
    {
        var positions = new List<SpoolPosition>();
        _rig.ReadAll(_rig.Journal.Media, positions);
        _rig.Journal.Media.Confirm(positions[^1]);
        _rig.Run();
        _rig.Run(SpoolRig.Small.CursorInterval);
    }
}
