using System.Text.Json;
using System.Text.Json.Nodes;
using Usher.Desk.Engine;
using Usher.Desk.Features.Noting;
using Usher.Desk.Features.Opening;
using Usher.Desk.Tickets;
using Usher.Storage.Postgres;
using Usher.Storage.Searching;
using Xunit;

namespace Usher.Storage.Tests;

/// <summary>What databases of earlier versions become.</summary>
public sealed class MigrationTests : StoreTest
{
    // Notes lay within the ticket's state until version 16.
    [Fact]
    public async Task Notes_that_lay_in_a_tickets_state_are_taken_apart_from_it()
    {
        var noted = Facts(null, Opened(), new NoteWritten(Noon, Bob, "Bob", "quoth \"notes\":[] he"), new NoteWritten(Noon, Bob, "Bob", "a second one")).After!;
        var bare = Facts(null, Opened(number: 2, by: Bob)).After!;
        await StartAnewAsync();
        await using (var old = await EarlierAsync(14))
        {
            foreach (var ticket in (Ticket[])[noted, bare]) await InsertAsync(old, ticket);
        }

        await ReopenAsync();

        Assert.Equal(noted, await Store.FindTicketAsync(noted.Key, Token));
        Assert.Equal(bare, await Store.FindTicketAsync(bare.Key, Token));
        await using var other = await OtherProgramAsync();
        await using var command = other.CreateCommand();
        command.CommandText = "select doc from tickets where number = 1";
        var state = JsonNode.Parse((string)(await command.ExecuteScalarAsync(Token))!)!;
        Assert.Empty(state["notes"]!.AsArray());
        Assert.True(JsonNode.DeepEquals(JsonSerializer.SerializeToNode(noted with { Notes = [] }, DeskJson.Default.Ticket), state));
    }

    // Words were sought in the whole archive at once until version 36.
    [Fact]
    public async Task What_was_searchable_is_found_in_the_period_in_which_it_was_said()
    {
        var ticket = Facts(null, Opened()).After!;
        await StartAnewAsync();
        await using (var old = await EarlierAsync(35))
        {
            await InsertAsync(old, ticket);
            await InsertWordsAsync(old, ticket, 1, Noon.AddDays(-300), "anchor");
            await InsertWordsAsync(old, ticket, 2, Noon.AddDays(-200), "penguin");
            await InsertWordsAsync(old, ticket, 3, Noon, "parrot");
        }

        await ReopenAsync();

        // Of the newest things one is looked at, so that the others are sought in the index.
        var (found, _, _) = await Store.SearchAsync(new SearchQuery(Guild, SearchTerms.Read("anch")!) { LookedAtFirst = 1, LookedAtNext = 1, Department = ticket.Department }, Token);
        Assert.Equal(Noon.AddDays(-300), Assert.Single(found).At);
        await OnWriterAsync("delete from search");
        Assert.Empty((await Store.SearchAsync(new SearchQuery(Guild, SearchTerms.Read("anch")!) { LookedAtFirst = 1, LookedAtNext = 1 }, Token)).Found);
    }

    private static async Task InsertWordsAsync(StoreConnection connection, Ticket ticket, long item, DateTimeOffset at, string words)
    {
        var place = ArchivePlace.Of(at);
        var tokens = words + " " + SearchTokens.Beside(ticket.Guild, Bob, place) + " " + SearchTokens.OfOpener(ticket.Opener);
        Sql sql = $"insert into search (guild_id, ticket, kind, item, author_id, place, words) values ({ticket.Guild}, {ticket.Number}, 0, {item}, 101, {place}, ";
        if (connection.Dialect is PostgresDialect) sql.Add($"array_to_tsvector(string_to_array({tokens}, ' ')))");
        else sql.Add($"{tokens})");
        await connection.BeginAsync(Token);
        await connection.ExecuteAsync(sql);
        await connection.CommitAsync(Token);
    }

    private async Task<StoreConnection> EarlierAsync(long version)
    {
        var dialect = Dialect.Of(Options);
        var connection = await dialect.OpenAsync(Purpose.Writing, Token);
        await dialect.PrepareAsync(connection, Token);
        await Migrator.MigrateAsync(connection, Options.Rules, TimeProvider.System, version, Token);
        return connection;
    }

    private static async Task InsertAsync(StoreConnection connection, Ticket ticket)
    {
        await connection.BeginAsync(Token);
        await connection.ExecuteAsync(
            $"""
            insert into tickets (guild_id, number, department, opener_id, status, slot, home_gone, transcript_token, opened_at, version, doc)
            values ({ticket.Guild}, {ticket.Number}, {ticket.Department}, {ticket.Opener}, {"opening"}, {(long)ticket.Slot}, {false}, {ticket.TranscriptToken}, {ticket.OpenedAt},
              {ticket.Version}, {JsonSerializer.Serialize(ticket, DeskJson.Default.Ticket)})
            """);
        await connection.CommitAsync(Token);
    }
}
