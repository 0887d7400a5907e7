using System.Data.Common;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Storage;

// Who may open no tickets, and who opened one just now.
public sealed partial class DeskStore
{
    // More than a message could show.
    private const int MostBlocksListed = 200;

    /// <summary>Why somebody may open no tickets; null when they may.</summary>
    public Task<BlockedMember?> FindBlockAsync(GuildId guild, UserId user, CancellationToken cancellationToken) =>
        FindAsync($"select user_id, reason, by_id, at from blocked_members where guild_id = {guild} and user_id = {user}", ReadBlock, cancellationToken);

    /// <summary>Who may open no tickets in a guild, the newest first, at most 200.</summary>
    public Task<IReadOnlyList<BlockedMember>> BlocklistAsync(GuildId guild, CancellationToken cancellationToken) =>
        ListAsync(
            $"select user_id, reason, by_id, at from blocked_members where guild_id = {guild} order by at desc, user_id limit {MostBlocksListed}",
            ReadBlock, cancellationToken);

    /// <summary>When somebody last opened and closed tickets, by department. Tickets that could not be opened do not count.</summary>
    public Task<IReadOnlyList<LatestTicket>> LatestTicketsAsync(GuildId guild, UserId opener, CancellationToken cancellationToken) =>
        ListAsync(
            $"""
            select department, max(opened_at), max(closed_at) from tickets
            where guild_id = {guild} and opener_id = {opener} and status <> {NameOf(TicketStatus.Failed)} group by department
            """,
            row => new LatestTicket(row.GetString(0), row.Instant(1), row.InstantOrNull(2)),
            cancellationToken);

    // False when what was decided on is not so any more.
    private async Task<bool> ChangeDeskAsync(StoreConnection db, GuildId guild, DeskChange change)
    {
        switch (change)
        {
            case ErasureAsked asked:
                return await AskAsync(db, guild, asked);
            case ErasureDecided decided:
                return await DecideAsync(db, guild, decided);
            case HistoryErased erased:
                await EraseHistoryAsync(db, guild, erased);
                return true;
            case HistoryEmptied emptied:
                await EmptyHistoryAsync(db, guild, emptied);
                return true;
            default:
                await DoAsync(db, guild, change);
                return true;
        }
    }

    private static Task<int> DoAsync(StoreConnection db, GuildId guild, DeskChange change) => change switch
    {
        MemberBlocked { Block: var block } => db.ExecuteAsync(
            $"""
            insert into blocked_members (guild_id, user_id, reason, by_id, at) values ({guild}, {block.User}, {block.Reason}, {block.By}, {block.At})
            on conflict (guild_id, user_id) do update set reason = excluded.reason, by_id = excluded.by_id, at = excluded.at
            """),
        MemberUnblocked { User: var user } => db.ExecuteAsync($"delete from blocked_members where guild_id = {guild} and user_id = {user}"),
        KeepDraft { Draft: var draft } => KeepAsync(db, draft),
        MessageEmptied emptied => EmptyMessageAsync(db, guild, emptied),
        DataLinkMade made => KeepAsync(db, guild, made),
        DataLinksEnded ended => EndAsync(db, guild, ended),
        ErasureShown shown => ShowAsync(db, guild, shown),
        ErasureEnded ended => EndAsync(db, guild, ended),
        DropDraft drop => DropAsync(db, guild, drop),
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    private static BlockedMember ReadBlock(DbDataReader row) =>
        new(row.Id<UserId>(0), row.TextOrNull(1), row.Id<UserId>(2), row.Instant(3));
}
