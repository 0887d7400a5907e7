using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Storage;

/// <summary>A channel category that the desk made because another one was full.</summary>
/// <param name="Guild">Its guild.</param>
/// <param name="Category">The category.</param>
/// <param name="Like">The one that was full.</param>
/// <param name="At">When it was made.</param>
public sealed record MadeCategory(GuildId Guild, ChannelId Category, ChannelId Like, DateTimeOffset At);

// Room: who waits for it, and what was made for want of it.
public sealed partial class DeskStore
{
    /// <summary>A guild's tickets that wait for room, in order.</summary>
    public async Task<IReadOnlyList<Ticket>> QueueAsync(GuildId guild, CancellationToken cancellationToken)
    {
        var opening = await ListAsync($"select {TicketColumns} from tickets where status = 'opening' and guild_id = {guild} order by number", ReadTicket, cancellationToken);
        return [.. opening.Where(ticket => ticket.Queue is not null).OrderBy(ticket => ticket.Queue!.At).ThenBy(ticket => ticket.Number)];
    }

    /// <summary>The guilds in which somebody waits for room.</summary>
    public async Task<IReadOnlyList<GuildId>> QueuesAsync(CancellationToken cancellationToken)
    {
        var opening = await ListAsync($"select {TicketColumns} from tickets where status = 'opening'", ReadTicket, cancellationToken);
        return [.. opening.Where(ticket => ticket.Queue is not null).Select(ticket => ticket.Guild).Distinct()];
    }

    /// <summary>Every category that the desk made.</summary>
    public Task<IReadOnlyList<MadeCategory>> MadeCategoriesAsync(CancellationToken cancellationToken) =>
        ListAsync($"select guild_id, category_id, like_id, made_at from made_categories", ReadMade, cancellationToken);

    /// <summary>The categories that the desk made in a guild.</summary>
    public Task<IReadOnlyList<MadeCategory>> MadeCategoriesAsync(GuildId guild, CancellationToken cancellationToken) =>
        ListAsync($"select guild_id, category_id, like_id, made_at from made_categories where guild_id = {guild}", ReadMade, cancellationToken);

    /// <summary>Remembers a category that the desk made; a second time changes nothing.</summary>
    public Task SaveMadeCategoryAsync(MadeCategory made, CancellationToken cancellationToken) => ChangeAsync(
        $"insert into made_categories (guild_id, category_id, like_id, made_at) values ({made.Guild}, {made.Category}, {made.Like}, {made.At}) on conflict (guild_id, category_id) do nothing",
        cancellationToken);

    /// <summary>It is no more.</summary>
    public Task ForgetMadeCategoryAsync(GuildId guild, ChannelId category, CancellationToken cancellationToken) =>
        ChangeAsync($"delete from made_categories where guild_id = {guild} and category_id = {category}", cancellationToken);

    private static MadeCategory ReadMade(System.Data.Common.DbDataReader row) => new(row.Id<GuildId>(0), row.Id<ChannelId>(1), row.Id<ChannelId>(2), row.Instant(3));
}
