using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Storage;

public sealed partial class DeskStore
{
    /// <summary>Marks tickets whose archive may lack messages, because events were lost.</summary>
    /// <param name="only">
    /// Which; null for every ticket in whose home somebody may have written: a closed one's is locked once nothing is owed any more,
    /// and a desk has thousands of those.
    /// </param>
    /// <param name="cancellationToken">Takes it back.</param>
    public Task MarkGapsAsync(IReadOnlyList<TicketKey>? only, CancellationToken cancellationToken)
    {
        if (only is null)
        {
            return ChangeAsync(
                $"""
                update tickets set archive_gap = archive_gap + 1
                where (guild_id, number) in (
                    select guild_id, number from tickets where slot is not null
                    union select guild_id, ticket from effects where ticket is not null and failed_at is null)
                  and home_channel_id is not null
                  and (home_gone = 0 or exists (select 1 from further_homes where further_homes.guild_id = tickets.guild_id and further_homes.ticket = tickets.number))
                """,
                cancellationToken);
        }
        return WriteAsync(
            async db =>
            {
                foreach (var key in only) await db.ExecuteAsync($"update tickets set archive_gap = archive_gap + 1 where guild_id = {key.Guild} and number = {key.Number}");
                return true;
            },
            cancellationToken);
    }

    /// <summary>Whether the ticket's archive may lack messages.</summary>
    public async Task<bool> HasGapAsync(TicketKey key, CancellationToken cancellationToken) => await GapMarkAsync(key, cancellationToken) > 0;

    /// <summary>How often a gap was marked since the last one was filled; 0 when nothing lacks. Ask before filling, and clear with the answer.</summary>
    public Task<long> GapMarkAsync(TicketKey key, CancellationToken cancellationToken) =>
        FindAsync($"select archive_gap from tickets where guild_id = {key.Guild} and number = {key.Number}", row => row.GetInt64(0), cancellationToken);

    /// <summary>The gap is filled, whatever was marked meanwhile.</summary>
    public Task ClearGapAsync(TicketKey key, CancellationToken cancellationToken) =>
        ChangeAsync($"update tickets set archive_gap = 0 where guild_id = {key.Guild} and number = {key.Number}", cancellationToken);

    /// <summary>The gap is filled, unless another was marked while it was being filled.</summary>
    /// <returns>False when another was marked: fill again.</returns>
    public Task<bool> ClearGapAsync(TicketKey key, long mark, CancellationToken cancellationToken) =>
        ChangeAsync($"update tickets set archive_gap = 0 where guild_id = {key.Guild} and number = {key.Number} and archive_gap = {mark}", cancellationToken);

    /// <summary>Every ticket whose archive may lack messages, the open ones first.</summary>
    public Task<IReadOnlyList<TicketKey>> GapsAsync(CancellationToken cancellationToken) =>
        ListAsync(
            $"select guild_id, number from tickets where archive_gap > 0 order by case when slot is null then 1 else 0 end, guild_id, number",
            row => new TicketKey(row.Id<GuildId>(0), row.GetInt64(1)),
            cancellationToken);
}
