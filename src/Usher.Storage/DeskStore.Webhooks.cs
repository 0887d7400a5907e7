using System.Data.Common;
using Usher.Desk.Values;

namespace Usher.Storage;

public sealed partial class DeskStore
{
    /// <summary>Every webhook of every guild.</summary>
    public Task<IReadOnlyList<Webhook>> WebhooksAsync(CancellationToken cancellationToken) => ListAsync(
        $"select guild_id, number, key, url, events, created_at, created_by, secret, failing_since, disabled_at from webhooks order by guild_id, number", ReadWebhook, cancellationToken);

    /// <summary>A webhook; null when there is none of that number.</summary>
    public Task<Webhook?> FindWebhookAsync(GuildId guild, long number, CancellationToken cancellationToken) => FindAsync(
        $"select guild_id, number, key, url, events, created_at, created_by, secret, failing_since, disabled_at from webhooks where guild_id = {guild} and number = {number}",
        ReadWebhook,
        cancellationToken);

    /// <summary>The webhooks of a guild, with how many deliveries each owes.</summary>
    public Task<IReadOnlyList<(Webhook Hook, long Owed)>> WebhooksOfAsync(GuildId guild, CancellationToken cancellationToken) => ListAsync(
        $"""
        select guild_id, number, key, url, events, created_at, created_by, secret, failing_since, disabled_at,
          (select count(*) from webhook_deliveries d where d.guild_id = w.guild_id and d.hook = w.number and d.state = 'owed')
        from webhooks w where guild_id = {guild} order by number
        """,
        row => (ReadWebhook(row), row.GetInt64(10)),
        cancellationToken);

    /// <summary>Keeps a new webhook.</summary>
    /// <param name="hook">The webhook; its number is not looked at.</param>
    /// <param name="by">Who made it, for the audit log; null when nobody is to be told.</param>
    /// <param name="inboxKey">What makes a second delivery of the same wish recognisable; null when it has no key.</param>
    /// <param name="cancellationToken">Takes it back.</param>
    /// <returns>Its number; null when that wish was fulfilled before.</returns>
    public Task<long?> AddWebhookAsync(Webhook hook, AuditSignature? by, string? inboxKey, CancellationToken cancellationToken) => WriteAsync(
        async db =>
        {
            if (inboxKey is not null && !await MarkDoneAsync(db, inboxKey, hook.CreatedAt)) return null;
            var number = await AddAsync(db, hook);
            if (by is not null) await AuditAsync(db, hook.Guild, by, [OfWebhook("webhook_created", number)]);
            return (long?)number;
        },
        cancellationToken);

    /// <summary>The webhooks that the settings of a guild name: new ones are added, others changed, those that are gone taken away with what they owed.</summary>
    public Task KeepWebhooksAsync(GuildId guild, IReadOnlyList<Webhook> named, CancellationToken cancellationToken) => WriteAsync(
        async db =>
        {
            var known = await db.ListAsync($"select number, key from webhooks where guild_id = {guild} and key is not null", row => (Number: row.GetInt64(0), Key: row.GetString(1)));
            foreach (var gone in known.Where(hook => named.All(n => n.Key != hook.Key))) await db.ExecuteAsync($"delete from webhooks where guild_id = {guild} and number = {gone.Number}");
            foreach (var hook in named)
            {
                var changed = await db.ChangesAsync($"update webhooks set url = {hook.Url}, events = {EventsOf(hook)} where guild_id = {guild} and key = {hook.Key}");
                if (!changed) await AddAsync(db, hook);
            }
            return true;
        },
        cancellationToken);

    /// <summary>A webhook signs with another secret from now on.</summary>
    /// <returns>Whether there is such a webhook, made over the API.</returns>
    public Task<bool> RotateWebhookAsync(GuildId guild, long number, string secret, AuditSignature? by, CancellationToken cancellationToken) => WriteAsync(
        async db =>
        {
            if (!await db.ChangesAsync($"update webhooks set secret = {secret} where guild_id = {guild} and number = {number} and key is null")) return false;
            if (by is not null) await AuditAsync(db, guild, by, [OfWebhook("webhook_secret_rotated", number)]);
            return true;
        },
        cancellationToken);

    /// <summary>Nobody is told there any more; what was owed is not told.</summary>
    /// <returns>Whether there was such a webhook, made over the API.</returns>
    public Task<bool> DeleteWebhookAsync(GuildId guild, long number, AuditSignature? by, CancellationToken cancellationToken) => WriteAsync(
        async db =>
        {
            if (!await db.ChangesAsync($"delete from webhooks where guild_id = {guild} and number = {number} and key is null")) return false;
            if (by is not null) await AuditAsync(db, guild, by, [OfWebhook("webhook_deleted", number)]);
            return true;
        },
        cancellationToken);

    private static Desk.Engine.Deed OfWebhook(string action, long number) => new(action, Detail: string.Create(System.Globalization.CultureInfo.InvariantCulture, $"webhook {number}"));

    private static Task<long> AddAsync(StoreConnection db, Webhook hook) => db.FindAsync(
        $"""
        insert into webhooks (guild_id, number, key, url, events, secret, created_at, created_by)
        select {hook.Guild}, coalesce(max(number), 0) + 1, {hook.Key}, {hook.Url}, {EventsOf(hook)}, {hook.Secret}, {hook.CreatedAt}, {hook.CreatedBy} from webhooks where guild_id = {hook.Guild}
        returning number
        """,
        row => row.GetInt64(0));

    // Blanks around each, so that one is found whole; a star for all.
    private static string EventsOf(Webhook hook) => hook.Events.Count == 0 ? "*" : $" {string.Join(' ', hook.Events)} ";

    private static Webhook ReadWebhook(DbDataReader row) =>
        new(row.Id<GuildId>(0), row.GetInt64(1), row.TextOrNull(2), row.GetString(3), row.GetString(4) == "*" ? [] : WordsOf(row.GetString(4)), row.Instant(5), row.GetString(6))
        {
            Secret = row.TextOrNull(7),
            FailingSince = row.InstantOrNull(8),
            DisabledAt = row.InstantOrNull(9),
        };
}
