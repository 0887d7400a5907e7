using Usher.Desk.Engine;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Storage;

/// <summary>A timer that is due.</summary>
/// <param name="Id">Never given twice: a timer that is set anew is another row.</param>
/// <param name="Guild">Its guild.</param>
/// <param name="Ticket">Its ticket's number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Due">When it is due.</param>
public sealed record DueTimer(long Id, GuildId Guild, long Ticket, string Name, DateTimeOffset Due);

public sealed partial class DeskStore
{
    /// <summary>The timers that are due, the longest due first. Each stays until a commit says that it fired.</summary>
    public Task<IReadOnlyList<DueTimer>> DueTimersAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        ListAsync(
            $"select id, guild_id, ticket, name, due_at from timers where due_at <= {now} order by due_at, id limit {limit}",
            row => new DueTimer(row.GetInt64(0), row.Id<GuildId>(1), row.GetInt64(2), row.GetString(3), row.Instant(4)),
            cancellationToken);

    /// <summary>When the next timer is due or the next form expires; null when there is neither.</summary>
    public Task<DateTimeOffset?> NextTimerAsync(CancellationToken cancellationToken) =>
        FindAsync($"select min(due_at) from (select min(due_at) as due_at from timers union all select min(expires_at) from forms) as due", row => row.InstantOrNull(0), cancellationToken);

    private static async Task ChangeTimerAsync(StoreConnection db, Ticket ticket, TimerChange change)
    {
        switch (change)
        {
            case SetTimer set:
                await CancelAsync(db, ticket, set.Name);
                await db.ExecuteAsync($"insert into timers (guild_id, ticket, name, due_at) values ({ticket.Guild}, {ticket.Number}, {set.Name}, {set.Due})");
                break;
            case CancelTimer cancel:
                await CancelAsync(db, ticket, cancel.Name);
                break;
            case CancelTimers:
                await db.ExecuteAsync($"delete from timers where guild_id = {ticket.Guild} and ticket = {ticket.Number}");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change));
        }
    }

    private static Task<int> CancelAsync(StoreConnection db, Ticket ticket, string name) =>
        db.ExecuteAsync($"delete from timers where guild_id = {ticket.Guild} and ticket = {ticket.Number} and name = {name}");
}
