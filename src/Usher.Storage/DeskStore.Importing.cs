using Usher.Desk.Engine;
using Usher.Desk.Figures;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Storage;

// Tickets of other systems: stored as if they had happened here, but told to nobody, for they are over or known long since.
public sealed partial class DeskStore
{
    /// <summary>The tickets of a guild that were taken over from a system.</summary>
    public Task<IReadOnlyList<PastTicketRow>> TakenOverAsync(GuildId guild, string system, CancellationToken cancellationToken) => ListAsync(
        $"select source_id, ticket, version from imported_tickets where guild_id = {guild} and source = {system}",
        row => new PastTicketRow(row.GetString(0), row.GetInt64(1), row.Count(2)),
        cancellationToken);

    /// <summary>The messages that are kept of a ticket, or were and are erased.</summary>
    public Task<IReadOnlyList<MessageId>> KeptMessagesAsync(GuildId guild, long ticket, CancellationToken cancellationToken) =>
        ListAsync($"select id from messages where guild_id = {guild} and ticket = {ticket}", row => row.Id<MessageId>(0), cancellationToken);

    /// <summary>Takes a ticket over, or brings one up to date that was, whole or not at all. Webhooks are not told of it.</summary>
    /// <returns>Its number; null when it has changed meanwhile or was taken over by somebody else, and nothing was written.</returns>
    /// <exception cref="StoreUnavailableException">The database cannot be written; nothing was.</exception>
    public async Task<long?> TakeOverAsync(PastTicket past, CancellationToken cancellationToken)
    {
        var number = await Writer.WriteAsync(db => TakeOverAsync(db, past), taken => taken > 0, cancellationToken);
        if (number > 0) _recent.Forget(new TicketKey(past.Guild, number));
        return number > 0 ? number : null;
    }

    private async Task<long> TakeOverAsync(StoreConnection db, PastTicket past)
    {
        var number = past.Before?.Number ?? await NextNumberAsync(db, past.Guild);
        var facts = past.Facts(number, past.Before is null ? await FreeSlotAsync(db, past) : past.Before.Slot);
        var after = facts.Aggregate(past.Before, (ticket, fact) => fact.Fact.ApplyTo(ticket))!;
        var commit = new Commit
        {
            Guild = past.Guild,
            Before = past.Before,
            After = after,
            Facts = facts.Select(fact => fact.Fact).ToValueList(),
            By = default,
            At = past.At,
            Effects = past.Effects(after),
        };
        Check(commit);
        if (await WriteTicketAsync(db, commit) is not null) return 0;
        await WritePastAsync(db, commit, facts);
        foreach (var message in past.Messages.DistinctBy(message => message.Id))
        {
            if (past.Before is null) await AddMessageAsync(db, message with { Ticket = number });
            else await SaveMessageAsync(db, message with { Ticket = number });
        }
        if (past.HasGap) await db.ExecuteAsync($"update tickets set archive_gap = archive_gap + 1 where guild_id = {past.Guild} and number = {number}");
        if (!await RememberAsync(db, past, after)) return 0;
        await QueueEffectsAsync(db, commit);
        return number;
    }

    // Of two programs that take the same ticket over at once the second waits here for the first, and then writes nothing.
    private static Task<bool> RememberAsync(StoreConnection db, PastTicket past, Ticket after)
    {
        if (past.IsGoneOnWith) return Task.FromResult(true);
        return past.Before is null
            ? db.ChangesAsync(
                $"""
                insert into imported_tickets (guild_id, source, source_id, ticket, version, at) values ({past.Guild}, {past.System}, {past.SourceId}, {after.Number}, {after.Version}, {past.At})
                on conflict (guild_id, source, source_id) do nothing
                """)
            : db.ChangesAsync($"update imported_tickets set version = {after.Version}, at = {past.At} where guild_id = {past.Guild} and source = {past.System} and source_id = {past.SourceId}");
    }

    private async Task WritePastAsync(StoreConnection db, Commit commit, ValueList<PastFact> facts)
    {
        var ticket = commit.Before;
        long id = commit.Before?.Version ?? 0;
        foreach (var past in facts)
        {
            await WriteFactAsync(db, commit, ++id, past.Fact, past.By);
            if (past.IsMeasured) await MeasureAsync(db, commit, id, Measures.Of(ticket, past.Fact, past.By));
            ticket = past.Fact.ApplyTo(ticket);
        }
    }

    private async Task<int> FreeSlotAsync(StoreConnection db, PastTicket past)
    {
        var taken = await db.ListAsync(
            $"select slot from tickets where guild_id = {past.Guild} and opener_id = {past.Opener} and slot is not null and department = {past.Department}", row => row.Count(0));
        var slot = 0;
        while (taken.Contains(slot)) slot++;
        return slot;
    }
}
