using System.Data.Common;
using Usher.Desk.Announcing;
using Usher.Desk.Values;

namespace Usher.Storage;

// What programs outside are told: owed from the very transaction in which it became true.
public sealed partial class DeskStore
{
    /// <summary>The deliveries of a webhook that can be tried now: of each ticket the first that is owed, oldest first.</summary>
    public Task<IReadOnlyList<WebhookDelivery>> DueDeliveriesAsync(GuildId guild, long hook, DateTimeOffset now, int limit, CancellationToken cancellationToken) => ListAsync(
        $"""
        select d.id, d.guild_id, d.hook, d.ticket, d.event_id, d.type, d.body, d.state, d.created_at, d.due_at, d.attempts, d.ended_at, d.status, d.took, d.response, d.error
        from webhook_deliveries d
        where d.guild_id = {guild} and d.hook = {hook} and d.state = 'owed' and d.due_at <= {now}
          and not exists (
            select 1 from webhook_deliveries e
            where e.guild_id = d.guild_id and e.hook = d.hook and e.ticket = d.ticket and e.state = 'owed' and e.id < d.id)
        order by d.id limit {limit}
        """,
        ReadDelivery,
        cancellationToken);

    /// <summary>When the next delivery is due after that moment; null when none is.</summary>
    public Task<DateTimeOffset?> NextDeliveryAsync(DateTimeOffset after, CancellationToken cancellationToken) =>
        FindAsync($"select min(due_at) from webhook_deliveries where state = 'owed' and due_at > {after}", row => row.InstantOrNull(0), cancellationToken);

    /// <summary>A page of what was and is to be told to a webhook, the newest first.</summary>
    /// <param name="guild">The guild.</param>
    /// <param name="hook">The webhook.</param>
    /// <param name="state">Only those that are so far; null for all.</param>
    /// <param name="before">Only those before this one; null for the newest.</param>
    /// <param name="limit">The most of a page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<WebhookDelivery>> DeliveriesAsync(GuildId guild, long hook, DeliveryState? state, long? before, int limit, CancellationToken cancellationToken)
    {
        var sql = Begin(
            $"""
            select id, guild_id, hook, ticket, event_id, type, body, state, created_at, due_at, attempts, ended_at, status, took, response, error
            from webhook_deliveries where guild_id = {guild} and hook = {hook}
            """);
        if (state is { } wanted) sql.Add($" and state = {NameOf(wanted)}");
        if (before is { } first) sql.Add($" and id < {first}");
        sql.Add($" order by id desc limit {limit}");
        return ListAsync(sql, ReadDelivery, cancellationToken);
    }

    /// <summary>Owes a webhook something that is no fact of a ticket, such as a ping; also to one that is switched off.</summary>
    /// <returns>Its number.</returns>
    public Task<long> OweDeliveryAsync(GuildId guild, long hook, Announcement told, CancellationToken cancellationToken)
    {
        var body = told.ToJson();
        return WriteAsync(
            db => db.FindAsync(
                $"""
                insert into webhook_deliveries (guild_id, hook, event_id, type, body, state, created_at, due_at)
                values ({guild}, {hook}, {told.Id}, {told.Type}, {body}, 'owed', {told.CreatedAt}, {told.CreatedAt}) returning id
                """,
                row => row.GetInt64(0)),
            cancellationToken);
    }

    /// <summary>An attempt was made.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="attempt">How it went.</param>
    /// <param name="now">When it ended.</param>
    /// <param name="next">When the next is due; null when it was taken, or is given up.</param>
    /// <param name="switchOffBefore">A webhook that has failed since before then is switched off.</param>
    /// <param name="cancellationToken">Takes it back.</param>
    public Task EndAttemptAsync(
        WebhookDelivery delivery, DeliveryAttempt attempt, DateTimeOffset now, DateTimeOffset? next, DateTimeOffset switchOffBefore, CancellationToken cancellationToken) => WriteAsync(
        async db =>
        {
            var state = attempt.Error is null ? DeliveryState.Delivered : next is null ? DeliveryState.Failed : DeliveryState.Owed;
            var due = next ?? delivery.DueAt;
            DateTimeOffset? ended = state == DeliveryState.Owed ? null : now;
            await db.ExecuteAsync(
                $"""
                update webhook_deliveries set attempts = attempts + 1, state = {NameOf(state)}, due_at = {due}, ended_at = {ended}, status = {(long?)attempt.Status},
                  took = {(long)attempt.Took.TotalMilliseconds}, response = {attempt.Response}, error = {attempt.Error}
                where id = {delivery.Id} and guild_id = {delivery.Guild}
                """);
            if (attempt.Error is null)
            {
                await db.ExecuteAsync(
                    $"update webhooks set failing_since = null, disabled_at = null where guild_id = {delivery.Guild} and number = {delivery.Hook} and failing_since is not null");
                return true;
            }
            await db.ExecuteAsync($"update webhooks set failing_since = coalesce(failing_since, {now}) where guild_id = {delivery.Guild} and number = {delivery.Hook}");
            await db.ExecuteAsync(
                $"update webhooks set disabled_at = {now} where guild_id = {delivery.Guild} and number = {delivery.Hook} and disabled_at is null and failing_since < {switchOffBefore}");
            return true;
        },
        cancellationToken);

    /// <summary>What was given up, or told, is to be told once more, with the same number.</summary>
    /// <returns>Whether there is such a delivery that is not owed anyway.</returns>
    public Task<bool> ReplayDeliveryAsync(GuildId guild, long hook, long id, DateTimeOffset now, CancellationToken cancellationToken) => ChangeAsync(
        $"update webhook_deliveries set state = 'owed', due_at = {now}, attempts = 0, ended_at = null where guild_id = {guild} and hook = {hook} and id = {id} and state <> 'owed'",
        cancellationToken);

    /// <summary>All that was given up and happened since then is to be told once more.</summary>
    /// <returns>How many.</returns>
    public Task<int> ReplayFailedAsync(GuildId guild, long hook, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken) => WriteAsync(
        db => db.ExecuteAsync(
            $"""
            update webhook_deliveries set state = 'owed', due_at = {now}, attempts = 0, ended_at = null
            where guild_id = {guild} and hook = {hook} and state = 'failed' and created_at >= {since}
            """),
        cancellationToken);

    /// <summary>Forgets deliveries that were taken before the one moment, and those that were given up before the other.</summary>
    public Task PruneDeliveriesAsync(DateTimeOffset takenBefore, DateTimeOffset failedBefore, CancellationToken cancellationToken) => ChangeAsync(
        $"delete from webhook_deliveries where ended_at is not null and ((state = 'delivered' and ended_at < {takenBefore}) or (state = 'failed' and ended_at < {failedBefore}))",
        cancellationToken);

    // One statement: whoever wants to be told is looked up where it is written, and nobody wants to cost nothing.
    private static Task OweAsync(StoreConnection db, GuildId guild, long number, Announcement told)
    {
        var (body, wanted) = (told.ToJson(), $"% {told.Type} %");
        return db.PutAsync(
            $"""
            insert into webhook_deliveries (guild_id, hook, ticket, event_id, type, body, state, created_at, due_at)
            select guild_id, number, {number}, {told.Id}, {told.Type}, {body}, 'owed', {told.CreatedAt}, {told.CreatedAt}
            from webhooks where guild_id = {guild} and disabled_at is null and (events = '*' or events like {wanted})
            """);
    }

    private static string NameOf(DeliveryState state) => state switch
    {
        DeliveryState.Owed => "owed",
        DeliveryState.Delivered => "delivered",
        _ => "failed",
    };

    private static WebhookDelivery ReadDelivery(DbDataReader row) => new(
        row.GetInt64(0), row.Id<GuildId>(1), row.GetInt64(2), row.NumberOrNull(3), row.GetString(4), row.GetString(5), row.GetString(6),
        row.GetString(7) switch { "owed" => DeliveryState.Owed, "delivered" => DeliveryState.Delivered, _ => DeliveryState.Failed },
        row.Instant(8), row.Instant(9), row.Count(10))
    {
        EndedAt = row.InstantOrNull(11),
        Last = row.Count(10) == 0 && row.IsDBNull(13) ? null : new DeliveryAttempt((int?)row.NumberOrNull(12), TimeSpan.FromMilliseconds(row.NumberOrNull(13) ?? 0), row.TextOrNull(14), row.TextOrNull(15)),
    };
}
