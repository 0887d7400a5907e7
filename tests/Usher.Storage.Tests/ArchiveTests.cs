using System.Text;
using Usher.Desk.Values;
using Xunit;

namespace Usher.Storage.Tests;

public sealed class ArchiveTests : StoreTest
{
    private static readonly ChannelId Home = new(7);
    private static readonly ArchivedAttachment Picture = new(50, "cat.png", "image/png", 1234, "https://cdn/first");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await OpenTicketAsync();
    }

    private static byte[] Json(string content) => Encoding.UTF8.GetBytes($$"""{"content":"{{content}}"}""");

    private static ArchivedMessage Message(ulong id, string content, params ReadOnlySpan<ArchivedAttachment> attachments) =>
        new(Guild, 1, Home, new MessageId(id), Bob, Noon, Json(content), [.. attachments]);

    private Task<bool> EditAsync(ulong id, string json, DateTimeOffset at, params ReadOnlySpan<ArchivedAttachment> attachments) =>
        Store.SaveEditAsync(Guild, 1, new MessageId(id), Encoding.UTF8.GetBytes(json), [.. attachments], json, at, Token);

    private async Task<List<StoredMessage>> AllAsync()
    {
        var messages = new List<StoredMessage>();
        await foreach (var message in Store.MessagesAsync(Guild, 1, Token)) messages.Add(message);
        return messages;
    }

    [Fact]
    public async Task A_message_seen_twice_is_kept_once()
    {
        await Store.SaveMessageAsync(Message(2, "second"), Token);
        await Store.SaveMessageAsync(Message(1, "ça va? 🎈"), Token);
        await Store.SaveMessageAsync(Message(1, "again"), Token);

        var messages = await AllAsync();
        Assert.Equal([1ul, 2ul], messages.Select(message => message.Id.Value));
        Assert.Equal(Json("ça va? 🎈"), messages[0].Payload);
        Assert.Equal(Json("ça va? 🎈"), await Store.FindMessageAsync(Guild, 1, new MessageId(1), Token));
        Assert.Null(await Store.FindMessageAsync(Guild, 1, new MessageId(3), Token));
        Assert.Null(await Store.FindMessageAsync(new GuildId(2), 1, new MessageId(1), Token));
    }

    [Fact]
    public async Task The_newest_message_is_known()
    {
        Assert.Null(await Store.LastMessageAsync(Guild, 1, Token));
        await Store.SaveMessageAsync(Message(20, "b"), Token);
        await Store.SaveMessageAsync(Message(10, "a"), Token);

        Assert.Equal(new MessageId(20), await Store.LastMessageAsync(Guild, 1, Token));
    }

    [Fact]
    public async Task An_edit_keeps_what_was_before()
    {
        await Store.SaveMessageAsync(Message(1, "one"), Token);
        Assert.True(await EditAsync(1, """{"content":"two"}""", Noon.AddMinutes(1)));
        Assert.True(await EditAsync(1, """{"content":"three"}""", Noon.AddMinutes(2)));

        var message = Assert.Single(await AllAsync());
        Assert.Equal(Json("three"), message.Payload);
        Assert.Equal([Noon.AddMinutes(1), Noon.AddMinutes(2)], message.Earlier.Select(version => version.At));
        Assert.Equal([Json("one"), Json("two")], message.Earlier.Select(version => version.Payload));
    }

    [Theory]
    [InlineData("""{"content":"one","flags":0}""")]
    [InlineData("""{ "flags": 0, "content": "one" }""")]
    public async Task An_edit_that_changes_nothing_adds_nothing(string json)
    {
        await Store.SaveMessageAsync(Message(1, "") with { Payload = """{"content":"one","flags":0}"""u8.ToArray() }, Token);

        Assert.True(await EditAsync(1, json, Noon));
        Assert.Empty(Assert.Single(await AllAsync()).Earlier);
    }

    [Fact]
    public async Task An_edit_of_a_message_that_is_not_kept_says_so()
    {
        Assert.False(await EditAsync(1, "{}", Noon));
        Assert.Empty(await AllAsync());
    }

    [Fact]
    public async Task Deleted_messages_keep_their_words_and_their_first_deletion()
    {
        await Store.SaveMessageAsync(Message(1, "one"), Token);
        await Store.SaveMessageAsync(Message(2, "two"), Token);
        await Store.SaveMessageAsync(Message(3, "three"), Token);
        await Store.SaveDeletionAsync(Guild, 1, [new MessageId(1), new MessageId(3), new MessageId(99)], Noon, Token);
        await Store.SaveDeletionAsync(Guild, 1, [new MessageId(1)], Noon.AddHours(1), Token);

        var messages = await AllAsync();
        Assert.Equal([Noon, null, Noon], messages.Select(message => message.DeletedAt));
        Assert.Equal(Json("one"), messages[0].Payload);
    }

    [Fact]
    public async Task A_long_ticket_is_read_page_by_page_with_everything_in_its_place()
    {
        const int Count = 450;
        await Task.WhenAll(Enumerable.Range(1, Count).Select(id =>
            Store.SaveMessageAsync(Message((ulong)id, $"{id}", Picture with { Id = (ulong)(1000 + id) }), Token)));
        foreach (var id in (ulong[])[1, 200, 201, 450]) await EditAsync(id, "{}", Noon);

        var messages = await AllAsync();

        Assert.Equal(Enumerable.Range(1, Count).Select(id => (ulong)id), messages.Select(message => message.Id.Value));
        Assert.All(messages, message => Assert.Equal(1000 + message.Id.Value, Assert.Single(message.Attachments).Id));
        Assert.Equal([1ul, 200ul, 201ul, 450ul], messages.Where(message => message.Earlier.Count == 1).Select(message => message.Id.Value));
    }

    [Fact]
    public async Task An_attachment_waits_is_fetched_and_found()
    {
        await Store.SaveMessageAsync(Message(1, "look", Picture), Token);
        var row = new AttachmentRow(50, new MessageId(1), "cat.png", "image/png", 1234, "https://cdn/first", AttachmentState.Pending, null, 0);
        Assert.Equal(Noon, await Store.NextAttachmentAsync(Token));
        Assert.Equal([new PendingAttachment(Guild, 1, Home, row)], await Store.PendingAttachmentsAsync(Noon, 10, Token));
        Assert.Empty(await Store.PendingAttachmentsAsync(Noon.AddSeconds(-1), 10, Token));

        await Store.AttachmentStoredAsync(Guild, 1, 50, "abc", "image/webp", 1000, Token);

        var stored = row with { State = AttachmentState.Stored, Hash = "abc", ContentType = "image/webp", Size = 1000 };
        Assert.Equal(stored, await Store.FindAttachmentAsync(Guild, 1, 50, Token));
        Assert.Equal([stored], Assert.Single(await AllAsync()).Attachments);
        Assert.Empty(await Store.PendingAttachmentsAsync(Noon, 10, Token));
        Assert.Null(await Store.NextAttachmentAsync(Token));
        Assert.Null(await Store.FindAttachmentAsync(Guild, 2, 50, Token));
    }

    [Theory]
    [InlineData(AttachmentState.Failed)]
    [InlineData(AttachmentState.TooLarge)]
    public async Task An_attachment_is_tried_later_or_given_up(AttachmentState end)
    {
        await Store.SaveMessageAsync(Message(1, "look", Picture), Token);
        await Store.AttachmentFailedAsync(Guild, 1, 50, AttachmentState.Pending, Noon.AddMinutes(5), "503", Token);
        Assert.Empty(await Store.PendingAttachmentsAsync(Noon, 10, Token));
        Assert.Equal(1, Assert.Single(await Store.PendingAttachmentsAsync(Noon.AddMinutes(5), 10, Token)).Attachment.Attempts);

        await Store.AttachmentFailedAsync(Guild, 1, 50, end, Noon, "no", Token);

        Assert.Equal(end, (await Store.FindAttachmentAsync(Guild, 1, 50, Token))!.State);
        Assert.Empty(await Store.PendingAttachmentsAsync(Noon.AddDays(1), 10, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.AttachmentFailedAsync(Guild, 1, 50, AttachmentState.Stored, Noon, "", Token));
    }

    [Fact]
    public async Task A_waiting_attachment_takes_the_fresh_address_of_a_message_seen_again()
    {
        var second = Picture with { Id = 51 };
        await Store.SaveMessageAsync(Message(1, "look", Picture, second), Token);
        await Store.AttachmentStoredAsync(Guild, 1, 51, "abc", null, 1, Token);
        await Store.SaveMessageAsync(Message(1, "look", Picture with { Url = "https://cdn/fresh" }, second with { Url = "https://cdn/fresh" }), Token);

        Assert.Equal("https://cdn/fresh", (await Store.FindAttachmentAsync(Guild, 1, 50, Token))!.Url);
        Assert.Equal("https://cdn/first", (await Store.FindAttachmentAsync(Guild, 1, 51, Token))!.Url);
    }

    [Fact]
    public async Task An_edit_that_removes_an_attachment_leaves_it_in_the_archive()
    {
        await Store.SaveMessageAsync(Message(1, "look", Picture), Token);
        await EditAsync(1, """{"content":"nothing to see"}""", Noon, Picture with { Id = 60 });

        Assert.Equal([50ul, 60ul], Assert.Single(await AllAsync()).Attachments.Select(attachment => attachment.Id));
    }
}
