using Usher.Desk.Announcing;
using Usher.Desk.Features.Claiming;
using Usher.Desk.Features.Noting;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Xunit;

namespace Usher.Storage.Tests;

/// <summary>What is owed to programs outside: written with what it tells of, told in order, kept no longer than it is of use.</summary>
public sealed class WebhookStoreTests : StoreTest
{
    private static readonly Webhook Everything = new(Guild, 0, null, "https://crm.example/hook", [], Noon, "Dana") { Secret = "whsec_1" };
    private static readonly DeliveryAttempt Taken = new(200, TimeSpan.FromMilliseconds(12), "ok", null);
    private static readonly DeliveryAttempt Refused = new(503, TimeSpan.FromMilliseconds(12), "busy", "The answer was 503.");

    [Fact]
    public async Task Only_what_was_asked_for_is_owed_in_its_own_guild_and_with_the_fact()
    {
        var all = (await Store.AddWebhookAsync(Everything, null, null, Token))!.Value;
        var claims = (await Store.AddWebhookAsync(Everything with { Events = ["ticket.claimed", "ticket.closed"] }, null, null, Token))!.Value;
        var elsewhere = (await Store.AddWebhookAsync(Everything with { Guild = new GuildId(7) }, null, null, Token))!.Value;

        await GoOnAsync(await OpenTicketAsync(), new TicketClaimed(Noon, Bob, "Bob"), new NoteWritten(Noon, Bob, "Bob", "hush"));

        Assert.Equal(["ticket.opened"], (await DueAsync(all)).Select(told => told.Type));
        Assert.Equal(["ticket.claimed"], (await DueAsync(claims)).Select(told => told.Type));
        Assert.Empty(await Store.DueDeliveriesAsync(new GuildId(7), elsewhere, Noon, 10, Token));
        var log = await Store.DeliveriesAsync(Guild, all, null, null, 10, Token);
        Assert.Equal(["ticket.note_added", "ticket.claimed", "ticket.opened"], log.Select(told => told.Type));
        Assert.DoesNotContain(log, told => told.Body.Contains("hush", StringComparison.Ordinal));
        Assert.Equal([3, 1], (await Store.WebhooksOfAsync(Guild, Token)).Select(hook => hook.Owed));
    }

    [Fact]
    public async Task What_is_not_committed_is_owed_to_nobody()
    {
        var hook = (await Store.AddWebhookAsync(Everything, null, null, Token))!.Value;
        var ticket = await OpenTicketAsync();
        await GoOnAsync(ticket, new TicketClaimed(Noon, Bob, "Bob"));
        Assert.IsType<CommitResult.Conflict>(await Store.CommitAsync(Facts(ticket, new TicketClaimed(Noon, Alice, "Alice")), Token));
        Assert.Equal(2, (await Store.DeliveriesAsync(Guild, hook, null, null, 10, Token)).Count);
    }

    [Fact]
    public async Task Of_a_ticket_one_at_a_time_in_order_and_tickets_side_by_side()
    {
        var hook = (await Store.AddWebhookAsync(Everything, null, null, Token))!.Value;
        await GoOnAsync(await OpenTicketAsync(Opened(1)), new TicketClaimed(Noon, Bob, "Bob"));
        await OpenTicketAsync(Opened(2, by: Bob));

        var due = await DueAsync(hook);
        Assert.Equal([(1L, "ticket.opened"), (2L, "ticket.opened")], due.Select(told => (told.Ticket!.Value, told.Type)));

        await Store.EndAttemptAsync(due[0], Refused, Noon, Noon.AddSeconds(10), Noon.AddDays(-3), Token);
        Assert.Equal([2L], (await DueAsync(hook)).Select(told => told.Ticket!.Value));
        Assert.Equal(Noon.AddSeconds(10), await Store.NextDeliveryAsync(Noon, Token));
        Assert.Equal([1L, 2L], (await Store.DueDeliveriesAsync(Guild, hook, Noon.AddSeconds(10), 10, Token)).Select(told => told.Ticket!.Value));

        await Store.EndAttemptAsync(due[0], Refused, Noon, next: null, Noon.AddDays(-3), Token);
        Assert.Equal([(2L, "ticket.opened"), (1L, "ticket.claimed")], (await DueAsync(hook)).OrderByDescending(told => told.Ticket).Select(told => (told.Ticket!.Value, told.Type)));
        var failed = Assert.Single(await Store.DeliveriesAsync(Guild, hook, DeliveryState.Failed, null, 10, Token));
        Assert.Equal((2, Refused, Noon), (failed.Attempts, failed.Last, failed.EndedAt));
    }

    [Fact]
    public async Task What_was_given_up_is_told_once_more_under_the_same_number()
    {
        var hook = (await Store.AddWebhookAsync(Everything, null, null, Token))!.Value;
        await OpenTicketAsync();
        var told = Assert.Single(await DueAsync(hook));
        Assert.False(await Store.ReplayDeliveryAsync(Guild, hook, told.Id, Noon, Token));
        await Store.EndAttemptAsync(told, Refused, Noon, null, Noon.AddDays(-3), Token);
        Assert.Empty(await DueAsync(hook));

        Assert.Equal(0, await Store.ReplayFailedAsync(Guild, hook, Noon.AddSeconds(1), Noon, Token));
        Assert.Equal(0, await Store.ReplayFailedAsync(new GuildId(7), hook, Noon.AddDays(-1), Noon, Token));
        Assert.Equal(1, await Store.ReplayFailedAsync(Guild, hook, Noon, Noon, Token));
        var again = Assert.Single(await DueAsync(hook));
        Assert.Equal((told.Id, told.EventId, told.Body, 0), (again.Id, again.EventId, again.Body, again.Attempts));

        await Store.EndAttemptAsync(again, Taken, Noon, null, Noon.AddDays(-3), Token);
        Assert.True(await Store.ReplayDeliveryAsync(Guild, hook, told.Id, Noon, Token));
        Assert.Single(await DueAsync(hook));
    }

    [Fact]
    public async Task What_takes_nothing_for_days_is_switched_off_and_on_again_by_what_it_takes()
    {
        var hook = (await Store.AddWebhookAsync(Everything, null, null, Token))!.Value;
        await OpenTicketAsync(Opened(1));
        var told = Assert.Single(await DueAsync(hook));
        await Store.EndAttemptAsync(told, Refused, Noon, Noon, Noon.AddDays(-3), Token);
        Assert.Equal((Noon, null), await StateAsync(hook));
        await Store.EndAttemptAsync(told, Refused, Noon.AddDays(4), Noon.AddDays(4), Noon.AddDays(1), Token);
        Assert.Equal((Noon, Noon.AddDays(4)), await StateAsync(hook));

        await OpenTicketAsync(Opened(2, by: Bob));
        Assert.Single(await Store.DeliveriesAsync(Guild, hook, null, null, 10, Token));
        await Store.OweDeliveryAsync(Guild, hook, Announcements.PingAt(Noon, Guild), Token);
        var ping = (await Store.DeliveriesAsync(Guild, hook, null, null, 10, Token))[0];
        await Store.EndAttemptAsync(ping, Taken, Noon.AddDays(4), null, Noon, Token);

        Assert.Equal((null, null), await StateAsync(hook));
        await OpenTicketAsync(Opened(3, by: new UserId(9)));
        Assert.Equal(3, (await Store.DeliveriesAsync(Guild, hook, null, null, 10, Token)).Count);
    }

    [Fact]
    public async Task The_settings_webhooks_follow_the_settings()
    {
        var made = (await Store.AddWebhookAsync(Everything, null, null, Token))!.Value;
        await Store.KeepWebhooksAsync(Guild, [Everything with { Key = "crm", Secret = null }, Everything with { Key = "chat", Secret = null }], Token);
        await Store.KeepWebhooksAsync(Guild, [Everything with { Key = "crm", Secret = null, Url = "https://new.example/", Events = ["ticket.closed"] }], Token);

        var hooks = (await Store.WebhooksOfAsync(Guild, Token)).Select(hook => hook.Hook).ToList();
        Assert.Equal([(null, Everything.Url), ("crm", "https://new.example/")], hooks.Select(hook => (hook.Key, hook.Url)));
        Assert.Equal(["ticket.closed"], hooks[1].Events);
        Assert.False(await Store.DeleteWebhookAsync(Guild, hooks[1].Number, null, Token));
        Assert.False(await Store.RotateWebhookAsync(Guild, hooks[1].Number, "x", null, Token));
        Assert.True(await Store.RotateWebhookAsync(Guild, made, "whsec_2", null, Token));
        Assert.Equal("whsec_2", (await Store.FindWebhookAsync(Guild, made, Token))!.Secret);
    }

    [Fact]
    public async Task The_log_does_not_grow_for_ever_and_goes_with_its_webhook_and_its_ticket()
    {
        var hook = (await Store.AddWebhookAsync(Everything, null, null, Token))!.Value;
        for (var number = 1; number <= 3; number++) await OpenTicketAsync(Opened(number, by: new UserId((ulong)number)));
        var due = await DueAsync(hook);
        await Store.EndAttemptAsync(due[0], Taken, Noon, null, Noon, Token);
        await Store.EndAttemptAsync(due[1], Refused, Noon, null, Noon, Token);

        await Store.PruneDeliveriesAsync(Noon.AddSeconds(1), Noon, Token);
        Assert.Equal([3L, 2L], (await Store.DeliveriesAsync(Guild, hook, null, null, 10, Token)).Select(told => told.Ticket!.Value));
        await Store.PruneDeliveriesAsync(Noon.AddSeconds(1), Noon.AddSeconds(1), Token);
        Assert.Equal([3L], (await Store.DeliveriesAsync(Guild, hook, null, null, 10, Token)).Select(told => told.Ticket!.Value));

        await OnWriterAsync("delete from tickets where number = 3");
        Assert.Empty(await Store.DeliveriesAsync(Guild, hook, null, null, 10, Token));
        await OpenTicketAsync(Opened(4, by: new UserId(4)));
        Assert.True(await Store.DeleteWebhookAsync(Guild, hook, null, Token));
        Assert.Empty(await Store.DeliveriesAsync(Guild, hook, null, null, 10, Token));
    }

    [Fact]
    public async Task A_member_sees_nothing_of_it()
    {
        var hook = (await Store.AddWebhookAsync(Everything, null, null, Token))!.Value;
        await OpenTicketAsync();
        var hers = Store.InNameOf(Guild, Alice);
        Assert.Empty(await hers.WebhooksAsync(Token));
        Assert.Empty(await hers.DeliveriesAsync(Guild, hook, null, null, 10, Token));
    }

    private Task<IReadOnlyList<WebhookDelivery>> DueAsync(long hook) => Store.DueDeliveriesAsync(Guild, hook, Noon, 10, Token);

    private async Task<(DateTimeOffset?, DateTimeOffset?)> StateAsync(long number) =>
        await Store.FindWebhookAsync(Guild, number, Token) is { } hook ? (hook.FailingSince, hook.DisabledAt) : throw new InvalidOperationException("There is no such webhook.");
}
