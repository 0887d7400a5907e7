namespace Usher.Storage;

/// <summary>What is still to be done.</summary>
/// <param name="Effects">How many effects are owed, those among them that wait for another try.</param>
/// <param name="OldestEffect">Since when the oldest of them is owed; null when none is.</param>
/// <param name="Clicks">How many clicks were told to wait and are not decided yet.</param>
/// <param name="Deliveries">How many deliveries to webhooks are owed.</param>
/// <param name="FailedDeliveries">How many were given up and are still in the log.</param>
/// <param name="Attachments">How many files are still to be copied.</param>
public sealed record Backlog(long Effects, DateTimeOffset? OldestEffect, long Clicks, long Deliveries, long FailedDeliveries, long Attachments);

public sealed partial class DeskStore
{
    /// <summary>What waits in all guilds. Each number is counted in an index that holds nothing but what waits: how much was done before does not matter.</summary>
    public Task<Backlog> BacklogAsync(CancellationToken cancellationToken) => ReadAsync(
        async (db, token) =>
        {
            var (effects, oldest) = await db.FindAsync(
                $"select count(*), min(coalesce(created_at, due_at)) from effects where failed_at is null", row => (row.GetInt64(0), row.InstantOrNull(1)), token);
            return new Backlog(
                effects,
                oldest,
                await db.FindAsync($"select count(*) from inbox where done_at is null", row => row.GetInt64(0), token),
                await db.FindAsync($"select count(*) from webhook_deliveries where state = 'owed'", row => row.GetInt64(0), token),
                await db.FindAsync($"select count(*) from webhook_deliveries where state = 'failed'", row => row.GetInt64(0), token),
                await db.FindAsync($"select count(*) from attachments where state = 'pending'", row => row.GetInt64(0), token));
        },
        cancellationToken);
}
