using Usher.Desk.Values;
using Xunit;

namespace Usher.Storage.Tests;

/// <summary>What waits, counted.</summary>
public sealed class BacklogTests : StoreTest
{
    [Fact]
    public async Task Where_nothing_waits_there_is_nothing() => Assert.Equal(new Backlog(0, null, 0, 0, 0, 0), await Store.BacklogAsync(Token));

    [Fact]
    public async Task Effects_count_until_they_end_and_the_oldest_is_as_old_as_its_commit_however_often_it_was_tried()
    {
        var first = (await CommitAsync(OnDesk("one"))).Effects[0].Id;
        var second = (await CommitAsync(OnDesk("two") with { At = Noon.AddMinutes(5) })).Effects[0].Id;
        await Store.DelayEffectAsync(first, Noon.AddHours(1), "503", unknownOutcome: false, Token);
        Assert.Equal((2L, Noon), await EffectsAsync());

        await CommitAsync(OnDesk() with { EndedEffect = first, EndedEffectFailed = true, EndedError = "gone" });
        Assert.Equal((1L, Noon.AddMinutes(5)), await EffectsAsync());
        await CommitAsync(OnDesk() with { EndedEffect = second });
        Assert.Equal((0L, null), await EffectsAsync());
    }

    [Fact]
    public async Task Clicks_count_until_they_are_decided()
    {
        await Store.SaveInboxAsync("i:1", "{}"u8.ToArray(), Noon, Token);
        await Store.SaveInboxAsync("i:2", "{}"u8.ToArray(), Noon, Token);
        await Store.MarkDoneAsync("i:1", Noon, Token);
        Assert.Equal(1, (await Store.BacklogAsync(Token)).Clicks);
    }

    [Fact]
    public async Task Deliveries_are_owed_taken_or_given_up()
    {
        var hook = (await Store.AddWebhookAsync(new Webhook(Guild, 0, null, "https://crm.example/hook", [], Noon, "Dana") { Secret = "whsec_1" }, null, null, Token))!.Value;
        await OpenTicketAsync(Opened(1));
        await OpenTicketAsync(Opened(2, by: Bob));
        Assert.Equal((2L, 0L), await DeliveriesAsync());

        var due = await Store.DueDeliveriesAsync(Guild, hook, Noon, 10, Token);
        await Store.EndAttemptAsync(due[0], new DeliveryAttempt(503, TimeSpan.Zero, "busy", "The answer was 503."), Noon, next: null, Noon.AddDays(-3), Token);
        await Store.EndAttemptAsync(due[1], new DeliveryAttempt(200, TimeSpan.Zero, "ok", null), Noon, next: null, Noon.AddDays(-3), Token);
        Assert.Equal((0L, 1L), await DeliveriesAsync());
    }

    private static Commit OnDesk(params ReadOnlySpan<string> lines) => new() { Guild = Guild, By = Alice, At = Noon, Effects = lines.ToArray().Select(Line).ToValueList() };

    private async Task<(long, DateTimeOffset?)> EffectsAsync() => await Store.BacklogAsync(Token) is var waiting ? (waiting.Effects, waiting.OldestEffect) : default;

    private async Task<(long, long)> DeliveriesAsync() => await Store.BacklogAsync(Token) is var waiting ? (waiting.Deliveries, waiting.FailedDeliveries) : default;
}
