using Npgsql;
using Usher.Desk.Engine;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;

namespace Usher.Engine.Lookups;

/// <summary>Looks things up in a database.</summary>
internal static class SqlSource
{
    // An answer that cannot be what it is compared with, such as letters for a number: there is nothing under it.
    private static readonly string[] NoSuchValue =
    [
        PostgresErrorCodes.InvalidTextRepresentation, PostgresErrorCodes.NumericValueOutOfRange, PostgresErrorCodes.InvalidDatetimeFormat,
        PostgresErrorCodes.DatetimeFieldOverflow, PostgresErrorCodes.CharacterNotInRepertoire, PostgresErrorCodes.UntranslatableCharacter,
    ];

    internal static async Task<LookedUp> FindAsync(LookupQuery query, SqlSourceSettings source, SqlDatabases databases, CancellationToken cancellation)
    {
        try
        {
            var rows = await databases.ReadAsync(source.Url, source.Query, Rows.Columns(source), Rows.Most(source), name => query[name], cancellation);
            return rows.Count == 0
                ? new LookedUp(query, FindingState.NotFound)
                : new LookedUp(query, FindingState.Found, [.. rows.Select(row => Rows.Found(source, column => row[column]))]);
        }
        catch (PostgresException refused) when (NoSuchValue.Contains(refused.SqlState))
        {
            return new LookedUp(query, FindingState.NotFound);
        }
    }
}
