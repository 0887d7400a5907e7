using System.Text;
using Usher.Desk.Engine;
using Usher.Desk.Features.Noting;
using Usher.Desk.Features.Opening;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Xunit;

namespace Usher.Storage.Tests;

/// <summary>The store in a member's name: whatever is asked, they see what is theirs.</summary>
public sealed class MemberDoorTests : StoreTest
{
    private static readonly GuildId Elsewhere = new(900_000_000_000_000_002);
    private static readonly ArchivedAttachment Picture = new(50, "cat.png", "image/png", 1234, "https://cdn/first");

    private DeskStore Mine => Store.InNameOf(Guild, Alice);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await FillAsync(1, Alice, Guild);
        await FillAsync(2, Bob, Guild);
        await FillAsync(1, Alice, Elsewhere);
        await CommitAsync(new Commit { Guild = Guild, By = Alice, At = Noon, Changes = [new KeepDraft(Draft(Alice)), new KeepDraft(Draft(Bob))] });
        await Store.SaveInboxAsync("event", "{}"u8.ToArray(), Noon, Token);
    }

    [Fact]
    public async Task Their_own_ticket_is_there_with_its_messages_and_files()
    {
        Assert.Equal(Alice, (await Mine.FindTicketAsync(new TicketKey(Guild, 1), Token))!.Opener);
        var message = Assert.Single(await MessagesAsync(Mine, Guild, 1));
        Assert.Equal((1, 1), (message.Earlier.Count, message.Attachments.Count));
        Assert.NotNull(await Mine.FindAttachmentAsync(Guild, 1, Picture.Id, Token));
        Assert.NotNull(await Mine.FindTicketByTokenAsync($"token-{Guild}-1", Token));
        Assert.Single(await Mine.DraftsOfAsync(Guild, Alice, Token));
    }

    [Fact]
    public async Task Nothing_of_others_is_there_whatever_is_asked_for()
    {
        Assert.Null(await Mine.FindTicketAsync(new TicketKey(Guild, 2), Token));
        Assert.Null(await Mine.FindTicketByTokenAsync($"token-{Guild}-2", Token));
        Assert.Null(await Mine.FindTicketByHomeAsync(new ChannelId(2), Token));
        Assert.Empty(await MessagesAsync(Mine, Guild, 2));
        Assert.Null(await Mine.FindMessageAsync(Guild, 2, new MessageId(20), Token));
        Assert.Null(await Mine.LastMessageAsync(Guild, 2, Token));
        Assert.Null(await Mine.FindAttachmentAsync(Guild, 2, Picture.Id, Token));
        Assert.Empty(await Mine.OpenTicketsOfAsync(Guild, Bob, Token));
        Assert.Empty(await Mine.DraftsOfAsync(Guild, Bob, Token));
        Assert.Equal([1L], (await Mine.OpenTicketsAsync(Guild, Token)).Select(ticket => ticket.Number));
        Assert.Equal([(Guild, 1L)], (await Mine.HomesAsync(Token).ToListAsync(Token)).Select(home => (home.Ticket.Guild, home.Ticket.Number)));
    }

    [Fact]
    public async Task Their_own_things_in_another_guild_are_not_there_either()
    {
        Assert.Null(await Mine.FindTicketAsync(new TicketKey(Elsewhere, 1), Token));
        Assert.Empty(await MessagesAsync(Mine, Elsewhere, 1));
        Assert.NotNull(await Store.InNameOf(Elsewhere, Alice).FindTicketAsync(new TicketKey(Elsewhere, 1), Token));
    }

    [Fact]
    public async Task What_is_the_desks_alone_is_not_there_notes_least_of_all()
    {
        Assert.NotEmpty((await Store.FindTicketAsync(new TicketKey(Guild, 1), Token))!.Notes);
        Assert.Empty((await Mine.FindTicketAsync(new TicketKey(Guild, 1), Token))!.Notes);
        Assert.Empty(await Mine.FactsAsync(new TicketKey(Guild, 1), Token));
        Assert.Empty(await Mine.OwedEffectsAsync(Token));
        Assert.Empty(await Mine.PendingInboxAsync(Token));
        Assert.NotEmpty(await Store.PendingInboxAsync(Token));
    }

    [Fact]
    public async Task One_after_the_other_each_sees_their_own()
    {
        for (var turn = 0; turn < 3; turn++)
        {
            Assert.Equal([1L], (await Store.InNameOf(Guild, Alice).OpenTicketsAsync(Guild, Token)).Select(ticket => ticket.Number));
            Assert.Equal([2L], (await Store.InNameOf(Guild, Bob).OpenTicketsAsync(Guild, Token)).Select(ticket => ticket.Number));
            Assert.Equal(2, (await Store.OpenTicketsAsync(Guild, Token)).Count);
        }
    }

    [Fact]
    public async Task Nothing_is_written_in_a_members_name()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Mine.CommitAsync(Facts(null, Opened(3)), Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Mine.NextNumberAsync(Guild, Token));
    }

    private static Draft Draft(UserId user) => new() { Guild = Guild, User = user, Department = "help", ExpiresAt = Noon };

    private async Task FillAsync(long number, UserId opener, GuildId guild)
    {
        var ticket = await OpenTicketAsync(Opened(number, opener, guild: guild));
        var home = new ChannelId((ulong)number);
        await GoOnAsync(ticket, new HomeCreated(Noon, home), new NoteWritten(Noon, Bob, "Bob", "for staff"));
        var message = new MessageId((ulong)number * 10);
        await Store.SaveMessageAsync(new ArchivedMessage(guild, number, home, message, opener, Noon, """{"content":"a"}"""u8.ToArray(), [Picture]), Token);
        await Store.SaveEditAsync(guild, number, message, Encoding.UTF8.GetBytes("""{"content":"b"}"""), [Picture], "b", Noon, Token);
    }

    private static async Task<List<StoredMessage>> MessagesAsync(DeskStore store, GuildId guild, long ticket)
    {
        var messages = new List<StoredMessage>();
        await foreach (var message in store.MessagesAsync(guild, ticket, Token)) messages.Add(message);
        return messages;
    }
}
