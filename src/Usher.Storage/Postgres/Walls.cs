using System.Text;

namespace Usher.Storage.Postgres;

/// <summary>
/// Row-level security: the server itself keeps guilds and members apart, for the role that Usher runs as too, be it the tables' owner. Three
/// policies stand beside each other on every table; a connection that says nothing sees nothing.
/// </summary>
/// <remarks>
/// <para><c>usher_desk</c>: the desk's own work, of all guilds (starting, the outbox, timers, the inbox): <c>usher.scope = 'desk'</c>.</para>
/// <para><c>usher_guild</c>: the rows of the guild in <c>usher.guild</c>, to read and write.</para>
/// <para><c>usher_member</c>: of that guild what the member in <c>usher.member</c> may see (<see cref="MemberWall"/>), to read only: what members do are commands, which the desk decides.</para>
/// <para>
/// Whatever is read in a member's name is <c>serializable</c> from its beginning, and there the first two never hold. A transaction cannot change
/// that after its first statement, so none that speaks for a member can ever become the desk's. (A server that has no writes of that kind, as here, need not watch
/// such readings; <c>repeatable read</c> would have done too, but backups are read so.)
/// </para>
/// <para>
/// Behind walls PostgreSQL uses an index only for operators that it knows to tell nothing about the rows, and its full-text search is none of them; but what a wall itself asks is asked first. So the words that are sought
/// are part of the wall of a table that holds nothing itself and shows the rows of the index (<see cref="Sought"/>): <c>usher_sought</c> lets only rows through that match <c>usher.sought</c>, and when nothing is
/// sought, none. The walls of the table that a statement names are those that hold, here as for every table that another inherits.
/// </para>
/// <para>https://www.postgresql.org/docs/15/ddl-rowsecurity.html</para>
/// </remarks>
internal static class Walls
{
    /// <summary>What <c>usher.scope</c> says for the desk's own work.</summary>
    public const string DeskScope = "desk";

    /// <summary>The index, for those who seek words in it.</summary>
    public const string Sought = "search_sought";

    /// <summary>What its wall asks of each row.</summary>
    public const string IsSought = "usher_dated(words, guild_id, place) @@ (select usher_sought())";

    // Bodies are bound when they are made, so that no search path can change what they mean.
    private const string Functions = """
        create or replace function usher_guild() returns bigint language sql stable parallel safe
          return nullif(current_setting('usher.guild', true), '')::bigint;
        create or replace function usher_member() returns bigint language sql stable parallel safe
          return nullif(current_setting('usher.member', true), '')::bigint;
        create or replace function usher_is_desk() returns boolean language sql stable parallel safe
          return current_setting('transaction_isolation') <> 'serializable' and current_setting('usher.scope', true) = 'desk';
        create or replace function usher_is_guild() returns boolean language sql stable parallel safe
          return current_setting('transaction_isolation') <> 'serializable' and nullif(current_setting('usher.member', true), '') is null;
        create or replace function usher_sought() returns tsquery language sql stable parallel safe
          return coalesce(current_setting('usher.sought', true), '')::tsquery;

        """;

    /// <summary>A table, and whether its rows belong to guilds.</summary>
    public sealed record Table(string Name, bool HasGuild);

    /// <summary>What puts walls around the tables; the same whenever it is run.</summary>
    public static string Script(IEnumerable<Table> tables)
    {
        var script = new StringBuilder(Functions);
        foreach (var table in tables.Where(table => table.Name != Migrator.Versions)) Write(script, table);
        return script.ToString();
    }

    private static void Write(StringBuilder script, Table table)
    {
        var name = $"\"{table.Name}\"";
        script.Append("alter table ").Append(name).Append(" enable row level security, force row level security;\n");
        // A condition in a sub-select of its own is looked at once for a statement, not for each row.
        Write(script, name, "usher_desk", "", "(select usher_is_desk())");
        if (table.Name == Sought) Write(script, name, "usher_sought", "as restrictive for select ", IsSought);
        if (!table.HasGuild) return;
        Write(script, name, "usher_guild", "", "guild_id = (select usher_guild()) and (select usher_is_guild())");
        if (MemberWall.Of(table.Name) is { } rows) Write(script, name, "usher_member", "for select ", $"guild_id = (select usher_guild()) and {rows}");
    }

    private static void Write(StringBuilder script, string table, string policy, string what, string rows) =>
        script.Append("drop policy if exists ").Append(policy).Append(" on ").Append(table).Append(";\n")
            .Append("create policy ").Append(policy).Append(" on ").Append(table).Append(' ').Append(what).Append("using (").Append(rows).Append(");\n");
}
