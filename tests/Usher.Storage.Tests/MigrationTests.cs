using System.Text.Json;
using System.Text.Json.Nodes;
using Usher.Desk.Engine;
using Usher.Desk.Features.Noting;
using Usher.Desk.Features.Opening;
using Usher.Desk.Tickets;
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
