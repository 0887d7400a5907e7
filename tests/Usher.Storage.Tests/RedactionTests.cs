using System.Data.Common;
using System.Text;
using Usher.Desk.Engine;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Xunit;

namespace Usher.Storage.Tests;

/// <summary>What a message said is nowhere in the database afterwards, and stays nowhere.</summary>
public sealed class RedactionTests : StoreTest
{
    private const string Secret = "4711 secret";
    private static readonly ArchivedAttachment Picture = new(7, "passport.png", "image/png", 12, "https://cdn.example/passport.png");

    [Fact]
    public async Task Words_versions_files_and_quotes_are_gone_and_who_wrote_when_stays()
    {
        await FillAsync();
        await RedactAsync(1);

        var messages = await AllAsync();
        Assert.Equal(3, messages.Count);
        var redacted = messages[0];
        Assert.Equal(new Redaction(Noon.AddHours(1), "Bob"), redacted.Redacted);
        Assert.Empty(redacted.Earlier);
        Assert.Equal((AttachmentState.Erased, null, "erased"), (redacted.Attachments[0].State, redacted.Attachments[0].Hash, redacted.Attachments[0].FileName));
        Assert.Contains("\"id\":\"100\"", Encoding.UTF8.GetString(redacted.Payload), StringComparison.Ordinal);
        Assert.Contains("an answer", Encoding.UTF8.GetString(messages[1].Payload), StringComparison.Ordinal);
        Assert.Contains("of its own", Encoding.UTF8.GetString(messages[2].Payload), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, await DumpAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("passport", await DumpAsync(), StringComparison.Ordinal);
        Assert.Equal([2L, 3L], await SearchedAsync());
    }

    [Fact]
    public async Task Told_again_or_edited_late_it_brings_nothing_back()
    {
        await FillAsync();
        await RedactAsync(1);
        await Store.SaveMessageAsync(Message(1, Secret, Picture, Picture with { Id = 9 }), Token);
        Assert.True(await Store.SaveEditAsync(Guild, 1, new MessageId(1), Encoding.UTF8.GetBytes(Json(1, Secret)), [Picture with { Id = 10 }], Secret, Noon, Token));
        Assert.False(await Store.AttachmentStoredAsync(Guild, 1, 7, new string('a', 64), "image/png", 12, Token));

        Assert.DoesNotContain(Secret, await DumpAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("passport", await DumpAsync(), StringComparison.Ordinal);
        Assert.Equal([2L, 3L], await SearchedAsync());
    }

    [Fact]
    public async Task Who_answers_to_it_or_forwards_it_later_brings_nothing_back()
    {
        await FillAsync();
        await RedactAsync(1);
        var answer = $$"""{"id":"2","content":"an answer, edited late","message_reference":{"message_id":"1","channel_id":"4"},"referenced_message":{{Json(1, Secret)}}}""";
        await Store.SaveEditAsync(Guild, 1, new MessageId(2), Encoding.UTF8.GetBytes(answer), [], "an answer, edited late", Noon, Token);
        await Store.SaveMessageAsync(Message(12, "") with { Payload = Encoding.UTF8.GetBytes(answer.Replace("edited late", "and another", StringComparison.Ordinal)), Text = "and another" }, Token);
        var forward = $$"""{"id":"13","content":"","message_reference":{"message_id":"1","channel_id":"4","type":1},"message_snapshots":[{"message":{{Json(1, Secret)}}}]}""";
        await Store.SaveMessageAsync(Message(13, Secret, Picture with { Id = 30 }) with { Payload = Encoding.UTF8.GetBytes(forward) }, Token);

        var said = string.Concat((await AllAsync()).Select(message => Encoding.UTF8.GetString(message.Payload)));
        Assert.Contains("edited late", said, StringComparison.Ordinal);
        Assert.Contains("and another", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, said, StringComparison.Ordinal);
        Assert.DoesNotContain(await AllAsync(), message => message.Attachments.Any(file => file.FileName == "passport.png"));
        Assert.DoesNotContain(13L, await SearchedAsync());
    }

    [Fact]
    public async Task Bytes_go_when_nobody_else_has_the_same()
    {
        await FillAsync();
        var (only, shared) = (new string('a', 64), new string('b', 64));
        await Store.SaveMessageAsync(Message(5, "two files", Picture with { Id = 20 }, Picture with { Id = 21 }), Token);
        await OpenTicketAsync(Opened(2, Bob, guild: new GuildId(5)));
        await Store.SaveMessageAsync(Message(6, "elsewhere", Picture with { Id = 22 }) with { Guild = new GuildId(5), Ticket = 2 }, Token);
        await Store.AttachmentStoredAsync(Guild, 1, 20, only, null, 1, Token);
        await Store.AttachmentStoredAsync(Guild, 1, 21, shared, null, 1, Token);
        await Store.AttachmentStoredAsync(new GuildId(5), 2, 22, shared, null, 1, Token);

        await RedactAsync(5);
        await ReopenAsync();
        Assert.Equal([only, shared], (await Store.DiscardedFilesAsync(10, Token)).Order());
        var deleted = new List<string>();
        foreach (var hash in await Store.DiscardedFilesAsync(10, Token)) await Store.DropFileAsync(hash, deleted.Add, Token);
        Assert.Equal([only], deleted);
        Assert.Empty(await Store.DiscardedFilesAsync(10, Token));
    }

    [Fact]
    public async Task What_is_known_of_a_message_says_whether_it_was_taken_away()
    {
        await FillAsync();
        Assert.Equal(new KeptMessage(new ChannelId(4), Bob, false, false), await Store.FindKeptAsync(Guild, 1, new MessageId(1), Token));
        await RedactAsync(1);
        Assert.True((await Store.FindKeptAsync(Guild, 1, new MessageId(1), Token))!.IsRedacted);
        Assert.Null(await Store.FindKeptAsync(Guild, 1, new MessageId(99), Token));
        Assert.Null(await Store.FindKeptAsync(Guild, 2, new MessageId(1), Token));
    }

    // A message with an earlier version and a file, an answer that quotes it, and one that only names its number.
    private async Task FillAsync()
    {
        await OpenTicketAsync();
        await Store.SaveMessageAsync(Message(1, Secret, Picture), Token);
        await Store.SaveEditAsync(Guild, 1, new MessageId(1), Encoding.UTF8.GetBytes(Json(1, Secret + " edited")), [Picture], Secret, Noon, Token);
        var answer = $$"""{"id":"2","content":"an answer","message_reference":{"message_id":"1"},"referenced_message":{{Json(1, Secret)}}}""";
        await Store.SaveMessageAsync(Message(2, "") with { Payload = Encoding.UTF8.GetBytes(answer), Text = "an answer" }, Token);
        await Store.SaveEditAsync(Guild, 1, new MessageId(2), Encoding.UTF8.GetBytes(answer.Replace("an answer", "an answer, edited", StringComparison.Ordinal)), [], "an answer, edited", Noon, Token);
        await Store.SaveMessageAsync(Message(3, "of its own \\\"1\\\""), Token);
    }

    private async Task RedactAsync(ulong message)
    {
        var change = new MessageEmptied(1, new MessageId(message), "Bob", Noon.AddHours(1));
        await CommitAsync(new Commit { Guild = Guild, By = Bob, At = Noon, Changes = [change] });
    }

    private static ArchivedMessage Message(ulong id, string content, params ReadOnlySpan<ArchivedAttachment> attachments) =>
        new(Guild, 1, new ChannelId(4), new MessageId(id), Bob, Noon, Encoding.UTF8.GetBytes(Json(id, content)), [.. attachments]) { Text = content };

    private static string Json(ulong id, string content) =>
        $$"""{"id":"{{id}}","content":"{{content}}","author":{"id":"100","username":"bob"},"timestamp":"2026-03-02T12:00:00Z","type":0,"embeds":[{"title":"{{content}}"}],"attachments":[{"filename":"passport.png"}]}""";

    private async Task<List<StoredMessage>> AllAsync()
    {
        var messages = new List<StoredMessage>();
        await foreach (var message in Store.MessagesAsync(Guild, 1, Token)) messages.Add(message);
        return messages;
    }

    // Which messages' words the search knows.
    private async Task<List<long>> SearchedAsync()
    {
        await using var other = await OtherProgramAsync();
        await using var command = other.CreateCommand();
        command.CommandText = "select item from search where kind = 0 and ticket = 1 order by item";
        var items = new List<long>();
        await using DbDataReader rows = await command.ExecuteReaderAsync(Token);
        while (await rows.ReadAsync(Token)) items.Add(rows.GetInt64(0));
        return items;
    }

    private async Task<string> DumpAsync()
    {
        var all = new StringBuilder();
        await using var other = await OtherProgramAsync();
        foreach (var sql in (string[])["select payload from messages", "select payload from message_versions", "select file_name || url from attachments"])
        {
            await using var command = other.CreateCommand();
            command.CommandText = sql + " where ticket = 1 and " + (sql.Contains("attachments", StringComparison.Ordinal) ? "message_id = 1" : sql.Contains("versions", StringComparison.Ordinal) ? "message_id in (1, 2)" : "id in (1, 2)");
            await using DbDataReader rows = await command.ExecuteReaderAsync(Token);
            while (await rows.ReadAsync(Token)) all.Append(rows.GetString(0)).Append('\n');
        }
        return all.ToString();
    }
}
