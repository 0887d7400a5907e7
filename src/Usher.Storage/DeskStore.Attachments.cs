using System.Data.Common;
using Usher.Desk.Values;

namespace Usher.Storage;

public sealed partial class DeskStore
{
    /// <summary>Attachments whose bytes are to be fetched now, the longest due first.</summary>
    public Task<IReadOnlyList<PendingAttachment>> PendingAttachmentsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        ListAsync(
            $"""
            select m.guild_id, m.ticket, m.channel_id, a.id, a.message_id, a.file_name, a.content_type, a.size, a.url, a.state, a.hash, a.attempts
            from attachments a join messages m on m.guild_id = a.guild_id and m.ticket = a.ticket and m.id = a.message_id
            where a.state = 'pending' and a.due_at <= {now} order by a.due_at, a.id limit {limit}
            """,
            row => new PendingAttachment(row.Id<GuildId>(0), row.GetInt64(1), row.Id<ChannelId>(2), ReadAttachment(row, 3)),
            cancellationToken);

    /// <summary>When the next attachment is to be fetched; null when none is.</summary>
    public Task<DateTimeOffset?> NextAttachmentAsync(CancellationToken cancellationToken) =>
        FindAsync($"select min(due_at) from attachments where state = 'pending'", row => row.InstantOrNull(0), cancellationToken);

    /// <summary>An attachment's bytes are kept.</summary>
    /// <returns>Whether they are wanted; false when the attachment was taken away meanwhile.</returns>
    public Task<bool> AttachmentStoredAsync(GuildId guild, long ticket, ulong id, string hash, string? contentType, long size, CancellationToken cancellationToken) =>
        ChangeAsync(
            $"""
            update attachments set state = 'stored', hash = {hash}, content_type = {contentType}, size = {size}, error = null
            where guild_id = {guild} and ticket = {ticket} and id = {id} and state = 'pending'
            """,
            cancellationToken);

    /// <summary>An attachment's bytes could not be fetched.</summary>
    /// <param name="guild">The ticket's guild.</param>
    /// <param name="ticket">The ticket's number.</param>
    /// <param name="id">The attachment.</param>
    /// <param name="state">Pending when it is tried again; why not, when not.</param>
    /// <param name="due">When it is tried again; only looked at when pending.</param>
    /// <param name="error">What went wrong, for staff.</param>
    /// <param name="cancellationToken">Takes it back.</param>
    public Task AttachmentFailedAsync(
        GuildId guild, long ticket, ulong id, AttachmentState state, DateTimeOffset due, string error, CancellationToken cancellationToken)
    {
        if (state == AttachmentState.Stored) throw new ArgumentException("What failed is not stored.", nameof(state));
        return ChangeAsync(
            $"""
            update attachments set state = {NameOf(state)}, attempts = attempts + 1, due_at = {due}, error = {error}
            where guild_id = {guild} and ticket = {ticket} and id = {id} and state = 'pending'
            """,
            cancellationToken);
    }

    /// <summary>An attachment's bytes could be fetched and not be kept: it is tried again, and not for the last time.</summary>
    public Task AttachmentPostponedAsync(GuildId guild, long ticket, ulong id, DateTimeOffset due, string error, CancellationToken cancellationToken) => ChangeAsync(
        $"update attachments set due_at = {due}, error = {error} where guild_id = {guild} and ticket = {ticket} and id = {id} and state = 'pending'",
        cancellationToken);

    /// <summary>How many bytes of a guild's attachments are kept, each content once.</summary>
    public Task<long> KeptBytesAsync(GuildId guild, CancellationToken cancellationToken) => FindAsync(
        $"select cast(coalesce(sum(size), 0) as bigint) from (select max(size) as size from attachments where guild_id = {guild} and hash is not null group by hash) as contents",
        row => row.GetInt64(0),
        cancellationToken);

    /// <summary>An attachment of a ticket; null when there is none.</summary>
    public Task<AttachmentRow?> FindAttachmentAsync(GuildId guild, long ticket, ulong attachment, CancellationToken cancellationToken) =>
        FindAsync(
            $"""
            select id, message_id, file_name, content_type, size, url, state, hash, attempts from attachments
            where guild_id = {guild} and ticket = {ticket} and id = {attachment}
            """,
            row => ReadAttachment(row, 0),
            cancellationToken);

    // Discord's addresses live for about a day: whenever the message is seen again, what still waits gets the fresh one.
    private static async Task SaveAttachmentsAsync(
        StoreConnection db, GuildId guild, long ticket, MessageId message, ValueList<ArchivedAttachment> attachments, DateTimeOffset due)
    {
        foreach (var attachment in attachments)
        {
            await db.ExecuteAsync(
                $"""
                insert into attachments (guild_id, ticket, id, message_id, file_name, content_type, size, url, state, due_at)
                values ({guild}, {ticket}, {attachment.Id}, {message}, {attachment.FileName}, {attachment.ContentType}, {attachment.Size}, {attachment.Url}, 'pending', {due})
                on conflict (guild_id, ticket, id) do update set url = excluded.url where attachments.state = 'pending'
                """);
        }
    }

    private static AttachmentRow ReadAttachment(DbDataReader row, int first) => new(
        row.Snowflake(first), row.Id<MessageId>(first + 1), row.GetString(first + 2), row.TextOrNull(first + 3), row.GetInt64(first + 4),
        row.GetString(first + 5), StateNamed(row.GetString(first + 6)), row.TextOrNull(first + 7), row.Count(first + 8));

    private static string NameOf(AttachmentState state) => state switch
    {
        AttachmentState.Pending => "pending",
        AttachmentState.Stored => "stored",
        AttachmentState.Failed => "failed",
        AttachmentState.TooLarge => "too_large",
        AttachmentState.Erased => "erased",
        AttachmentState.Refused => "refused",
        AttachmentState.NoRoom => "no_room",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    private static AttachmentState StateNamed(string name) => name switch
    {
        "pending" => AttachmentState.Pending,
        "stored" => AttachmentState.Stored,
        "failed" => AttachmentState.Failed,
        "too_large" => AttachmentState.TooLarge,
        "erased" => AttachmentState.Erased,
        "refused" => AttachmentState.Refused,
        "no_room" => AttachmentState.NoRoom,
        _ => throw new InvalidOperationException($"No attachment is «{name}»."),
    };
}
