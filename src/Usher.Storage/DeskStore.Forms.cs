using System.Text.Json;
using Usher.Desk.Engine;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Storage;

public sealed partial class DeskStore
{
    /// <summary>The forms that somebody is filling in.</summary>
    public Task<IReadOnlyList<Draft>> DraftsOfAsync(GuildId guild, UserId user, CancellationToken cancellationToken) =>
        ListAsync($"select doc from forms where guild_id = {guild} and user_id = {user} order by department", row => ReadDraft(row.GetString(0)), cancellationToken);

    /// <summary>The forms that were left alone for too long.</summary>
    public Task<IReadOnlyList<Draft>> ExpiredDraftsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        ListAsync($"select doc from forms where expires_at <= {now} order by expires_at limit {limit}", row => ReadDraft(row.GetString(0)), cancellationToken);

    private static Task<int> KeepAsync(StoreConnection db, Draft draft) => db.ExecuteAsync(
        $"""
        insert into forms (guild_id, user_id, department, expires_at, doc)
        values ({draft.Guild}, {draft.User}, {draft.Department}, {draft.ExpiresAt}, {JsonSerializer.Serialize(draft, DraftJson.Default.Draft)})
        on conflict (guild_id, user_id, department) do update set expires_at = excluded.expires_at, doc = excluded.doc
        """);

    private static Task<int> DropAsync(StoreConnection db, GuildId guild, DropDraft drop) =>
        db.ExecuteAsync($"delete from forms where guild_id = {guild} and user_id = {drop.User} and department = {drop.Department}");

    private static Draft ReadDraft(string doc) => JsonSerializer.Deserialize(doc, DraftJson.Default.Draft)!;
}
