using System.Text.Json;
using Andmu.Pipeline.Device.Card;
using Andmu.Pipeline.Device.Tests.Doubles;

namespace Andmu.Pipeline.Device.Tests.Card;

/// <summary>A device with a card: what the platform is told of it, and what it does when it is asked.</summary>
public sealed class SdCardTests : IAsyncDisposable
{
    private readonly World _world = new();
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("andmu-card-");
    private readonly List<SdCard> _cards = [];

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        foreach (SdCard card in _cards)
        {
            await card.DisposeAsync();
        }

        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Card_Works_PlatformIsToldAndItAnswersForItself()
    {
        await StartAsync(_directory.FullName);
        await WhenToldAsync("3");

        _world.Gateway.Command(Json.Command(1792, 85));
        await _world.Gateway.WhenAsync(static gateway => gateway.Messages.Count == 1);

        JsonElement volume = Assert.Single(Content(0).GetProperty("responseParams").EnumerateArray());
        Assert.True(volume.GetProperty("total").GetInt64() > 0);
        Assert.InRange(volume.GetProperty("remain").GetInt64(), 1, volume.GetProperty("total").GetInt64());
    }

    [Fact]
    public async Task Card_Missing_PlatformIsToldAndTheListIsEmpty()
    {
        await StartAsync("/proc/andmu-no-card"); // nobody can make it
        await WhenToldAsync("1");

        _world.Gateway.Command(Json.Command(1792, 85));
        _world.Gateway.Command(Json.Command(1793, 87));
        await _world.Gateway.WhenAsync(static gateway => gateway.Messages.Count == 2);

        Assert.Equal("[]", Content(0).GetProperty("responseParams").GetRawText());
        Assert.Equal(-1, Content(1).GetProperty("response").GetInt32());
    }

    [Fact]
    public async Task Format_Card_WhatWasKeptIsGone()
    {
        (_, SdCard card) = await StartAsync(_directory.FullName);
        card.Journal.TryAppend(new Spool.SpoolMedia(2, true, 0, 0, 1), new byte[1000], out long ticket);
        await Until.TrueAsync(() => card.Journal.KeptThrough(Spool.SpoolLane.Media) >= ticket && card.Journal.Media.HasBacklog);

        _world.Gateway.Command(Json.Command(1793, 87));
        await _world.Gateway.WhenAsync(static gateway => gateway.Messages.Count == 1);

        Assert.Equal(0, Content(0).GetProperty("response").GetInt32());
        Assert.Empty(_directory.GetFiles("*.MED"));
        Assert.Equal(1, card.Journal.Loss(Spool.SpoolLossReason.Erased).Count);
        await Until.TrueAsync(() => !card.Journal.Media.HasBacklog);
    }

    private async Task<(AndmuDevice Device, SdCard Card)> StartAsync(string directory)
    {
        var card = new SdCard(directory);
        _cards.Add(card);
        AndmuDevice device = await _world.StartAsync(_world.Options with { Control = new DeviceControlOptions { SdCard = card } });
        await _world.OnlineAsync();
        await Until.TrueAsync(() => card.Journal.Status.State != Spool.SpoolState.Starting);
        return (device, card);
    }

    private JsonElement Content(int message) => JsonElement.Parse(_world.Gateway.Messages[message].Msg).GetProperty("msgContent");

    private Task WhenToldAsync(string status) => Until.TrueAsync(() => _world.Platform.Calls.Any(
        call => call.Name == FakePlatform.Update && call.Request.GetProperty("camParam").TryGetProperty("sdcardStatus", out JsonElement told) && told.GetString() == status));
}
