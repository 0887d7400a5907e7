using System.Text.Json;
using Usher.Desk.Engine;
using Usher.Desk.Figures;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Storage;

/// <summary>Makes the statistics of tickets that were there before statistics were kept: out of their history, by the same rule as ever after.</summary>
internal static class Remeasuring
{
    private const long AtOnce = 200;

    public static async Task RunAsync(StoreConnection db, DeskRules rules, CancellationToken cancellationToken)
    {
        foreach (var (guild, last) in await db.ListAsync($"select guild_id, max(number) from tickets group by guild_id", row => (row.Id<GuildId>(0), row.GetInt64(1)), cancellationToken))
            for (var first = 1L; first <= last; first += AtOnce) await RunAsync(db, rules, guild, first, cancellationToken);
    }

    private static async Task RunAsync(StoreConnection db, DeskRules rules, GuildId guild, long first, CancellationToken cancellationToken)
    {
        var facts = await db.ListAsync(
            $"select ticket, id, by_id, name, data from facts where guild_id = {guild} and ticket >= {first} and ticket < {first + AtOnce} order by ticket, id",
            row => (Ticket: row.GetInt64(0), Id: row.GetInt64(1), By: row.Id<UserId>(2), Name: row.GetString(3), Data: row.GetString(4)),
            cancellationToken);
        foreach (var history in facts.GroupBy(fact => fact.Ticket))
        {
            Ticket? ticket = null;
            foreach (var (number, id, by, name, data) in history)
            {
                if (Read(rules, name, data) is not { } fact) break;
                var measures = Measures.Of(ticket, fact, by);
                await DeskStore.MeasureAsync(db, guild, number, id, measures);
                ticket = fact.ApplyTo(ticket);
            }
        }
    }

    // What another version wrote that this one does not know ends that ticket's part in the statistics, and nothing else.
    private static Fact? Read(DeskRules rules, string name, string data)
    {
        try
        {
            return rules.Knows(name) ? rules.KindNamed(name).Read(data) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
