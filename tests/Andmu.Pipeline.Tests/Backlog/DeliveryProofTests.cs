using Andmu.Pipeline.Backlog;

namespace Andmu.Pipeline.Tests.Backlog;

/// <summary>What a Pong proves of a backlog.</summary>
public sealed class DeliveryProofTests
{
    private readonly DeliveryProof _proof = new();

    [Fact]
    public void OnPong_InTheMiddleOfAGop_ConfirmsToTheEndOfTheOneBefore()
    {
        Write(1, true);
        Write(2, false);
        Write(3, true);
        Write(4, false);
        _proof.OnPing(1);
        Write(5, false);

        Assert.Equal(2, _proof.OnPong(1, isAll: false, mayConfirm: true));
        Assert.False(_proof.IsComplete);
    }

    [Fact]
    public void OnPong_AtTheEnd_ConfirmsAll()
    {
        Write(1, true);
        Write(2, false);
        _proof.OnPing(1);

        Assert.Equal(2, _proof.OnPong(1, isAll: true, mayConfirm: true));
        Assert.True(_proof.IsComplete);
    }

    [Fact]
    public void OnPong_WrittenSince_IsNotAll()
    {
        Write(1, true);
        _proof.OnPing(1);
        Write(2, false);

        Assert.Null(_proof.OnPong(1, isAll: true, mayConfirm: true));
        Assert.True(_proof.NeedsAnother(isAll: true));
        _proof.OnPing(2);
        Assert.Equal(2, _proof.OnPong(2, isAll: true, mayConfirm: true));
        Assert.False(_proof.NeedsAnother(isAll: true));
    }

    [Fact]
    public void OnPong_OfAnEarlierPing_ProvesNothing()
    {
        Write(1, true);
        _proof.OnPing(1);
        Write(2, true);
        _proof.OnPing(2);

        Assert.Null(_proof.OnPong(1, isAll: false, mayConfirm: true));
        Assert.True(_proof.IsOutstanding);
        Assert.Equal(1, _proof.OnPong(2, isAll: false, mayConfirm: true));
    }

    [Fact]
    public void OnPong_NumbersAreNotCopied_CountsThem()
    {
        Write(1, true);
        _proof.OnPing(1);

        Assert.Equal(1, _proof.OnPong(0, isAll: true, mayConfirm: true));
    }

    [Fact]
    public void OnPong_Unasked_ProvesNothing()
    {
        Write(1, true);

        Assert.Null(_proof.OnPong(1, isAll: true, mayConfirm: true));
    }

    [Fact]
    public void OnPong_MayNotConfirmYet_ConfirmsWithALaterOne()
    {
        Write(1, true);
        Write(2, true);
        _proof.OnPing(1);
        Assert.Null(_proof.OnPong(1, isAll: false, mayConfirm: false));

        Assert.True(_proof.NeedsAnother(isAll: true));
        _proof.OnPing(2);

        Assert.Equal(2, _proof.OnPong(2, isAll: true, mayConfirm: true));
    }

    private void Write(long number, bool startsGop) => _proof.OnWritten(number, startsGop);
}
