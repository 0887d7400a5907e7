using System.Data.Common;
using System.Globalization;
using Usher.Desk.Engine;
using Usher.Desk.Values;

namespace Usher.Storage;

public sealed partial class DeskStore
{
    /// <summary>The key of that hash; null when there is none in that guild.</summary>
    public Task<ApiKey?> FindApiKeyAsync(GuildId guild, string hash, CancellationToken cancellationToken) => FindAsync(
        $"""
        select guild_id, number, name, scopes, requests_per_minute, created_at, departments, is_manager, acts_as, expires_at, revoked_at, last_used_at
        from api_keys where guild_id = {guild} and hash = {hash}
        """,
        ReadApiKey,
        cancellationToken);

    /// <summary>Every key of a guild, by number.</summary>
    public Task<IReadOnlyList<ApiKey>> ApiKeysAsync(GuildId guild, CancellationToken cancellationToken) => ListAsync(
        $"""
        select guild_id, number, name, scopes, requests_per_minute, created_at, departments, is_manager, acts_as, expires_at, revoked_at, last_used_at
        from api_keys where guild_id = {guild} order by number
        """,
        ReadApiKey,
        cancellationToken);

    /// <summary>What was done to a key, oldest first.</summary>
    public Task<IReadOnlyList<ApiKeyEvent>> ApiKeyEventsAsync(GuildId guild, long number, CancellationToken cancellationToken) => ListAsync(
        $"select at, by_name, what from api_key_events where guild_id = {guild} and key_number = {number} order by id",
        row => new ApiKeyEvent(row.Instant(0), row.GetString(1), row.GetString(2)),
        cancellationToken);

    /// <summary>Keeps a new key.</summary>
    /// <param name="key">The key; its number is not looked at.</param>
    /// <param name="hash">The hash of its token.</param>
    /// <param name="done">Who made it, and when.</param>
    /// <param name="cancellationToken">Takes it back.</param>
    /// <returns>Its number.</returns>
    public Task<long> AddApiKeyAsync(ApiKey key, string hash, ApiKeyEvent done, CancellationToken cancellationToken)
    {
        var (scopes, departments) = (string.Join(' ', key.Scopes), string.Join(' ', key.Departments));
        return WriteAsync(
            async db =>
            {
                var number = await db.FindAsync(
                    $"""
                    insert into api_keys (guild_id, number, name, hash, scopes, departments, is_manager, acts_as, requests_per_minute, created_at, expires_at)
                    select {key.Guild}, coalesce(max(number), 0) + 1, {key.Name}, {hash}, {scopes}, {departments}, {key.IsManager}, {key.ActsAs},
                      {key.RequestsPerMinute}, {key.CreatedAt}, {key.ExpiresAt}
                    from api_keys where guild_id = {key.Guild}
                    returning number
                    """,
                    row => row.GetInt64(0));
                await RecordAsync(db, key.Guild, number, done, "key_created");
                return number;
            },
            cancellationToken);
    }

    /// <summary>A key opens nothing any more. One that was taken back stays so.</summary>
    /// <returns>Whether there is such a key and it held until then.</returns>
    public Task<bool> RevokeApiKeyAsync(GuildId guild, long number, ApiKeyEvent done, CancellationToken cancellationToken) => WriteAsync(
        async db =>
        {
            if (!await db.ChangesAsync($"update api_keys set revoked_at = {done.At} where guild_id = {guild} and number = {number} and revoked_at is null")) return false;
            await RecordAsync(db, guild, number, done, "key_revoked");
            return true;
        },
        cancellationToken);

    /// <summary>A key has another secret; the old one opens nothing any more.</summary>
    /// <returns>Whether there is such a key that holds.</returns>
    public Task<bool> RotateApiKeyAsync(GuildId guild, long number, string hash, ApiKeyEvent done, CancellationToken cancellationToken) => WriteAsync(
        async db =>
        {
            if (!await db.ChangesAsync($"update api_keys set hash = {hash} where guild_id = {guild} and number = {number} and revoked_at is null")) return false;
            await RecordAsync(db, guild, number, done, "key_rotated");
            return true;
        },
        cancellationToken);

    /// <summary>Remembers that a key was used.</summary>
    public Task TouchApiKeyAsync(GuildId guild, long number, DateTimeOffset at, CancellationToken cancellationToken) =>
        ChangeAsync($"update api_keys set last_used_at = {at} where guild_id = {guild} and number = {number}", cancellationToken);

    // What is said of a key names whom it acts as and what for, none of which anybody wrote to anybody.
    private static async Task RecordAsync(StoreConnection db, GuildId guild, long number, ApiKeyEvent done, string action)
    {
        await db.ExecuteAsync(
            $"""
            insert into api_key_events (guild_id, key_number, id, at, by_name, what)
            select {guild}, {number}, coalesce(max(id), 0) + 1, {done.At}, {done.By}, {done.What} from api_key_events where guild_id = {guild} and key_number = {number}
            """);
        var key = number.ToString(CultureInfo.InvariantCulture);
        await AuditAsync(db, guild, AuditSignature.CommandLine(done.By, done.At), [new Deed(action, Detail: $"key {key}: {done.What}")]);
    }

    private static ApiKey ReadApiKey(DbDataReader row) =>
        new(row.Id<GuildId>(0), row.GetInt64(1), row.GetString(2), WordsOf(row.GetString(3)), (int)row.GetInt64(4), row.Instant(5))
        {
            Departments = WordsOf(row.GetString(6)),
            IsManager = row.Yes(7),
            ActsAs = row.IsDBNull(8) ? null : row.Id<UserId>(8),
            ExpiresAt = row.InstantOrNull(9),
            RevokedAt = row.InstantOrNull(10),
            LastUsedAt = row.InstantOrNull(11),
        };

    private static ValueList<string> WordsOf(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToValueList();
}
