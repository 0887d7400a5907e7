using Usher.Desk.Features.Claiming;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Transcribing;
using Usher.Desk.Features.Transferring;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Xunit;

namespace Usher.Storage.Tests;

public sealed class TicketTests : StoreTest
{
    private static readonly ChannelId Home = new(700_000_000_000_000_001);

    [Fact]
    public async Task A_ticket_is_found_as_it_was_stored()
    {
        var ticket = await OpenTicketAsync();

        Assert.Equal(ticket, await Store.FindTicketAsync(ticket.Key, Token));
        Assert.Equal(ticket, await Store.FindTicketByTokenAsync(ticket.TranscriptToken, Token));
        Assert.Null(await Store.FindTicketAsync(ticket.Key with { Number = 2 }, Token));
        Assert.Null(await Store.FindTicketAsync(ticket.Key with { Guild = new GuildId(2) }, Token));
        Assert.Null(await Store.FindTicketByTokenAsync("another", Token));
    }

    [Fact]
    public async Task A_transcript_is_found_by_the_token_that_it_has_now_and_by_no_former_one()
    {
        var ticket = await OpenTicketAsync();
        var former = ticket.TranscriptToken;
        var made = await GoOnAsync(ticket, new TranscriptLinkRevoked(Noon, Bob, "second"), new TranscriptLinkMade(Noon, Bob, "third"));

        Assert.Equal(made, await Store.FindTicketByTokenAsync("third", Token));
        Assert.Null(await Store.FindTicketByTokenAsync("second", Token));
        Assert.Null(await Store.FindTicketByTokenAsync(former, Token));
    }

    [Fact]
    public async Task A_home_leads_to_its_newest_ticket()
    {
        Assert.Null(await Store.FindTicketByHomeAsync(Home, Token));
        var first = await GoOnAsync(await OpenTicketAsync(), new HomeCreated(Noon, Home));
        Assert.Equal(first, await Store.FindTicketByHomeAsync(Home, Token));
        var second = await GoOnAsync(await OpenTicketAsync(Opened(2, Bob) with { At = Noon.AddMinutes(1) }), new HomeCreated(Noon, Home));

        Assert.Equal(second, await Store.FindTicketByHomeAsync(Home, Token));
    }

    [Fact]
    public async Task Only_what_is_still_worked_on_counts_as_open()
    {
        var opening = await OpenTicketAsync(Opened(1));
        var open = await GoOnAsync(await OpenTicketAsync(Opened(2, department: "billing")), new HomeCreated(Noon, Home));
        await GoOnAsync(await OpenTicketAsync(Opened(3, slot: 1)), new OpeningFailed(Noon, Desk.Effects.FailureReason.GuildFull));
        await GoOnAsync(await OpenTicketAsync(Opened(4, slot: 1)), new HomeCreated(Noon, Home), new TicketClosed(Noon, ClosingKind.Closed, Bob, "Bob", null));
        var bobs = await OpenTicketAsync(Opened(5, Bob));
        await OpenTicketAsync(Opened(1, guild: new GuildId(2)));

        Assert.Equal([opening, open], await Store.OpenTicketsOfAsync(Guild, Alice, Token));
        Assert.Equal([opening, open, bobs], await Store.OpenTicketsAsync(Guild, Token));
    }

    [Fact]
    public async Task Homes_are_those_that_are_there()
    {
        await OpenTicketAsync(Opened(1));
        await GoOnAsync(await OpenTicketAsync(Opened(2, slot: 1)), new HomeCreated(Noon, Home));
        var closed = new TicketClosed(Noon, ClosingKind.Closed, Bob, "Bob", null);
        await GoOnAsync(await OpenTicketAsync(Opened(3, Bob)), new HomeCreated(Noon, new ChannelId(3)), closed);
        await GoOnAsync(await OpenTicketAsync(Opened(4, Bob)), new HomeCreated(Noon, new ChannelId(4)), new HomeRemoved(Noon), closed);

        Assert.Equal(
            [new KnownHome(new ChannelId(3), new TicketKey(Guild, 3)), new KnownHome(Home, new TicketKey(Guild, 2))],
            await Store.HomesAsync(Token).ToListAsync(Token));
        Assert.Equal([new KnownHome(Home, new TicketKey(Guild, 2))], await Store.OpenHomesAsync(Guild, Token));
        Assert.Empty(await Store.OpenHomesAsync(new GuildId(7), Token));
    }

    [Fact]
    public async Task A_ticket_that_moves_has_two_homes_and_leads_from_both_until_one_is_gone()
    {
        var (old, next) = (Home, new ChannelId(9));
        var ticket = await GoOnAsync(await OpenTicketAsync(), new HomeCreated(Noon, old), new HomeMoveBegan(Noon, Bob, "help", "next"));
        Assert.Single(await Store.HomesAsync(Token).ToListAsync(Token));
        ticket = await GoOnAsync(ticket, new NewHomeMade(Noon, HomeKind.Channel, next, null, null));
        await ReopenAsync();
        Assert.Equal([old, next], (await Store.HomesAsync(Token).ToListAsync(Token)).Select(home => home.Channel).OrderByDescending(home => home.Value));
        Assert.Equal([old, next], (await Store.OpenHomesAsync(Guild, Token)).Select(home => home.Channel).OrderByDescending(home => home.Value));
        Assert.Equal(ticket, await Store.FindTicketByHomeAsync(next, Token));

        ticket = await GoOnAsync(ticket, new HomeMoved(Noon, new MessageId(1), Noon));
        Assert.Equal([old, next], (await Store.HomesAsync(Token).ToListAsync(Token)).Select(home => home.Channel).OrderByDescending(home => home.Value));
        Assert.Equal(ticket, await Store.FindTicketByHomeAsync(old, Token));

        ticket = await GoOnAsync(ticket, new FormerHomeGone(Noon, old));
        Assert.Equal([new KnownHome(next, new TicketKey(Guild, 1))], await Store.HomesAsync(Token).ToListAsync(Token));
        Assert.Null(await Store.FindTicketByHomeAsync(old, Token));
        Assert.Equal(ticket, await Store.FindTicketByHomeAsync(next, Token));
    }

    [Fact]
    public async Task A_number_is_given_once_in_each_guild()
    {
        var numbers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Store.NextNumberAsync(Guild, Token)));

        Assert.Equal(Enumerable.Range(1, 50).Select(n => (long)n), numbers.Order());
        Assert.Equal(1, await Store.NextNumberAsync(new GuildId(2), Token));
        await ReopenAsync();
        Assert.Equal(51, await Store.NextNumberAsync(Guild, Token));
    }

    [Fact]
    public async Task Facts_come_back_in_order_with_who_and_when()
    {
        var opened = Opened();
        var ticket = await OpenTicketAsync(opened);
        var claimed = new TicketClaimed(Noon.AddMinutes(1), Bob, "Bob");
        await CommitAsync(Facts(ticket, claimed) with { By = Bob, At = Noon.AddMinutes(1) });

        Assert.Equal(
            [new StoredFact(1, Noon, Alice, opened), new StoredFact(2, Noon.AddMinutes(1), Bob, claimed)],
            await Store.FactsAsync(ticket.Key, Token));
        Assert.Empty(await Store.FactsAsync(ticket.Key with { Number = 2 }, Token));
    }

    [Fact]
    public async Task The_largest_snowflake_survives()
    {
        var ticket = await OpenTicketAsync(Opened(by: new UserId(ulong.MaxValue), guild: new GuildId(ulong.MaxValue)));

        Assert.Equal([ticket], await Store.OpenTicketsOfAsync(new GuildId(ulong.MaxValue), new UserId(ulong.MaxValue), Token));
    }
}
