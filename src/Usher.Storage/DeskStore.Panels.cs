using System.Data.Common;
using Usher.Desk.Values;

namespace Usher.Storage;

/// <summary>A panel as it stands on Discord.</summary>
/// <param name="Guild">Its guild.</param>
/// <param name="Key">Its key in the settings.</param>
/// <param name="Channel">Where it stands.</param>
/// <param name="Message">The message that it is.</param>
/// <param name="Fingerprint">What it said when it was posted or edited last; by it a change of the settings shows.</param>
public sealed record PostedPanel(GuildId Guild, string Key, ChannelId Channel, MessageId Message, string Fingerprint);

public sealed partial class DeskStore
{
    /// <summary>The panel of that key as it was posted last; null when it never was.</summary>
    public Task<PostedPanel?> FindPanelAsync(GuildId guild, string key, CancellationToken cancellationToken) =>
        FindAsync($"select guild_id, key, channel_id, message_id, fingerprint from panels where guild_id = {guild} and key = {key}", ReadPanel, cancellationToken);

    /// <summary>The panel that a message is; null when it is none, or one that was posted anew since.</summary>
    public Task<PostedPanel?> FindPanelByMessageAsync(MessageId message, CancellationToken cancellationToken) =>
        FindAsync($"select guild_id, key, channel_id, message_id, fingerprint from panels where message_id = {message}", ReadPanel, cancellationToken);

    /// <summary>Every panel that was posted in a guild.</summary>
    public Task<IReadOnlyList<PostedPanel>> PanelsAsync(GuildId guild, CancellationToken cancellationToken) =>
        ListAsync($"select guild_id, key, channel_id, message_id, fingerprint from panels where guild_id = {guild} order by key", ReadPanel, cancellationToken);

    /// <summary>A panel stands no more, unless another message is it by now.</summary>
    public Task ForgetPanelAsync(PostedPanel panel, CancellationToken cancellationToken) =>
        ChangeAsync($"delete from panels where guild_id = {panel.Guild} and key = {panel.Key} and message_id = {panel.Message}", cancellationToken);

    /// <summary>Remembers where a panel stands.</summary>
    public Task SavePanelAsync(PostedPanel panel, CancellationToken cancellationToken) => WriteAsync(db => SavePanelAsync(db, panel), cancellationToken);

    private static Task<int> SavePanelAsync(StoreConnection db, PostedPanel panel) => db.ExecuteAsync(
        $"""
        insert into panels (guild_id, key, channel_id, message_id, fingerprint)
        values ({panel.Guild}, {panel.Key}, {panel.Channel}, {panel.Message}, {panel.Fingerprint})
        on conflict (guild_id, key) do update set channel_id = excluded.channel_id, message_id = excluded.message_id, fingerprint = excluded.fingerprint
        """);

    private static PostedPanel ReadPanel(DbDataReader row) =>
        new(row.Id<GuildId>(0), row.GetString(1), row.Id<ChannelId>(2), row.Id<MessageId>(3), row.GetString(4));
}
