using System.Text;

namespace Usher.Storage;

/// <summary>An event that was acknowledged but not yet decided.</summary>
/// <param name="Key">What it is known by.</param>
/// <param name="Payload">The event as it came, UTF-8 JSON.</param>
/// <param name="At">When it came.</param>
public sealed record InboxRow(string Key, byte[] Payload, DateTimeOffset At);

public sealed partial class DeskStore
{
    /// <summary>Keeps an event until it is decided, so that a restart can decide it. One that is known already stays as it is.</summary>
    public Task SaveInboxAsync(string key, ReadOnlyMemory<byte> payload, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var json = Encoding.UTF8.GetString(payload.Span);
        return ChangeAsync($"insert into inbox (key, payload, received_at) values ({key}, {json}, {at}) on conflict (key) do nothing", cancellationToken);
    }

    /// <summary>The events that are kept and not decided, oldest first.</summary>
    public Task<IReadOnlyList<InboxRow>> PendingInboxAsync(CancellationToken cancellationToken) =>
        ListAsync(
            $"select key, payload, received_at from inbox where done_at is null order by received_at, key",
            row => new InboxRow(row.GetString(0), row.Utf8(1), row.Instant(2)),
            cancellationToken);

    /// <summary>Whether the event of that key has been dealt with.</summary>
    public Task<bool> IsDoneAsync(string key, CancellationToken cancellationToken) =>
        FindAsync($"select 1 from inbox where key = {key} and done_at is not null", _ => true, cancellationToken);

    /// <summary>The event has been dealt with by changing nothing. Its content is forgotten; that it happened is remembered until pruned.</summary>
    public Task MarkDoneAsync(string key, DateTimeOffset at, CancellationToken cancellationToken) =>
        WriteAsync(db => MarkDoneAsync(db, key, at), cancellationToken);

    /// <summary>An event need not be decided after all. One that was dealt with stays remembered.</summary>
    public Task ForgetInboxAsync(string key, CancellationToken cancellationToken) =>
        ChangeAsync($"delete from inbox where key = {key} and done_at is null", cancellationToken);

    /// <summary>Forgets events that were dealt with before then.</summary>
    public Task PruneInboxAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        ChangeAsync($"delete from inbox where done_at is not null and done_at < {before}", cancellationToken);

    // False when it was done before.
    private static Task<bool> MarkDoneAsync(StoreConnection db, string key, DateTimeOffset at) => db.ChangesAsync(
        $"""
        insert into inbox (key, received_at, done_at) values ({key}, {at}, {at})
        on conflict (key) do update set done_at = excluded.done_at, payload = null where inbox.done_at is null
        """);
}
