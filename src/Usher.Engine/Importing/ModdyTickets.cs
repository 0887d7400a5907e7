using System.Text.Json;
using Npgsql;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Engine.Lookups;
using Usher.Storage.Postgres;

namespace Usher.Engine.Importing;

/// <summary>A row that is no ticket, and why.</summary>
public sealed record UnreadableRow(string Row, string Why);

/// <summary>What was read of another system.</summary>
public sealed record ReadTickets(IReadOnlyList<ImportedTicket> Tickets, IReadOnlyList<UnreadableRow> Unreadable);

/// <summary>Reads the table <c>tickets</c> of moddy's own system, in PostgreSQL. Nothing is written there.</summary>
public static class ModdyTickets
{
    private const int LongestConnectSeconds = 10;

    private const string Rows =
        "select thread_id, user_id, category, claimed_by, created_at, coalesce(archived, false), archived_at, coalesce(metadata::text, '{}') from tickets order by created_at, thread_id";

    /// <summary>Reads them, oldest first.</summary>
    /// <param name="url"><c>postgres://user:password@host/database</c>.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="ImportException">The database cannot be read; the message says why, without the address.</exception>
    public static async Task<ReadTickets> ReadAsync(string url, CancellationToken cancellation)
    {
        var address = PostgresUrl.Read(url, out var wrong) ?? throw new ImportException($"{wrong} {PostgresUrl.Shape}");
        address.Timeout = LongestConnectSeconds;
        address.Pooling = false;
        address.Passfile = null;
        try
        {
            await using var connection = new NpgsqlConnection(address.ConnectionString);
            await connection.OpenAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
            await using (var readOnly = new NpgsqlCommand("set transaction read only", connection, transaction)) await readOnly.ExecuteNonQueryAsync(cancellation);
            await using var command = new NpgsqlCommand(Rows, connection, transaction);
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            var (tickets, unreadable) = (new List<ImportedTicket>(), new List<UnreadableRow>());
            while (await rows.ReadAsync(cancellation))
            {
                var row = $"thread {rows.GetInt64(0)}";
                if (Read(rows) is { } ticket) tickets.Add(ticket);
                else unreadable.Add(new UnreadableRow(row, "its ids, its time of creation or its metadata make no ticket"));
            }
            return new ReadTickets(tickets, unreadable);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or InvalidCastException)
        {
            throw new ImportException(failure is PostgresException refused ? $"The database answers: {refused.MessageText}." : "The database does not answer.", failure);
        }
    }

    private static ImportedTicket? Read(NpgsqlDataReader row)
    {
        if (row.GetInt64(0) <= 0 || row.GetInt64(1) <= 0 || row.IsDBNull(4) || AnswersOf(row.GetString(7)) is not { } answers) return null;
        return new ImportedTicket(
            new ChannelId((ulong)row.GetInt64(0)), new UserId((ulong)row.GetInt64(1)), row.GetString(2), row.IsDBNull(3) || row.GetInt64(3) <= 0 ? null : new UserId((ulong)row.GetInt64(3)),
            TimeOf(row, 4), row.GetBoolean(5), row.IsDBNull(6) ? null : TimeOf(row, 6), answers);
    }

    private static DateTimeOffset TimeOf(NpgsqlDataReader row, int column) => new(DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc));

    // Null when it is no object. What is no text stands as JSON.
    private static ValueList<FormAnswer>? AnswersOf(string metadata)
    {
        using var json = JsonDocument.Parse(metadata);
        if (json.RootElement.ValueKind != JsonValueKind.Object) return null;
        return json.RootElement.EnumerateObject()
            .Where(property => property.Value.ValueKind != JsonValueKind.Null)
            .Select(property => new FormAnswer(property.Name, property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText()))
            .ToValueList();
    }
}

/// <summary>Another system cannot be read.</summary>
public sealed class ImportException(string message, Exception? inner = null) : Exception(message, inner);
