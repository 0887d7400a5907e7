using System.Security.Cryptography;
using System.Text;
using Usher.Desk.Engine;
using Usher.Desk.Values;

namespace Usher.Storage;

/// <summary>A link to what is kept of a member.</summary>
/// <param name="Guild">The guild.</param>
/// <param name="Member">Of whom.</param>
/// <param name="MadeAt">When it was made.</param>
public sealed record DataLink(GuildId Guild, UserId Member, DateTimeOffset MadeAt);

// The links by which what is kept of somebody is handed over.
public sealed partial class DeskStore
{
    /// <summary>The link that ends in that token; null when there is none, or it was taken back.</summary>
    public Task<DataLink?> FindDataLinkAsync(string token, CancellationToken cancellationToken) =>
        FindAsync($"select guild_id, user_id, at from data_links where hash = {HashOf(token)}", row => new DataLink(row.Id<GuildId>(0), row.Id<UserId>(1), row.Instant(2)), cancellationToken);

    private static async Task<int> KeepAsync(StoreConnection db, GuildId guild, DataLinkMade made)
    {
        await db.ExecuteAsync($"delete from data_links where guild_id = {guild} and at < {made.Forgotten}");
        return await db.ExecuteAsync(
            $"""
            insert into data_links (guild_id, user_id, asked_by, asked_by_program, hash, at) values ({guild}, {made.Member}, {made.For.User}, {made.For.Program ?? ""}, {HashOf(made.Token)}, {made.At})
            on conflict (guild_id, user_id, asked_by, asked_by_program) do update set hash = excluded.hash, at = excluded.at
            """);
    }

    private static Task<int> EndAsync(StoreConnection db, GuildId guild, DataLinksEnded ended) => ended.For is { } person
        ? db.ExecuteAsync($"delete from data_links where guild_id = {guild} and user_id = {ended.Member} and asked_by = {person}")
        : db.ExecuteAsync($"delete from data_links where guild_id = {guild} and user_id = {ended.Member}");

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
