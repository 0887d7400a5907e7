using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Values;

namespace Usher.Storage;

/// <summary>Something that must be done, and how far it is. Rows of one stream are carried out in the order of their ids.</summary>
/// <param name="Id">Never given twice.</param>
/// <param name="Guild">Its guild.</param>
/// <param name="Ticket">Its ticket's number; null for the guild's desk.</param>
/// <param name="Stream">What it waits in line with: <c>t:guild:number</c> for a ticket, <c>d:guild</c> for the desk, <c>p:guild:user</c> for answers to somebody without a ticket.</param>
/// <param name="Effect">What must be done.</param>
/// <param name="Attempts">How many tries have failed.</param>
/// <param name="BegunAt">When a try began whose outcome is unknown; null when none did.</param>
/// <param name="DueAt">When the next try may begin.</param>
public sealed record EffectRow(long Id, GuildId Guild, long? Ticket, string Stream, Effect Effect, int Attempts, DateTimeOffset? BegunAt, DateTimeOffset DueAt)
{
    /// <summary>The span that it follows from, as W3C's trace context writes it; null when nobody traced.</summary>
    public string? Trace { get; init; }
}

/// <summary>That something is owed, and in which stream.</summary>
public sealed record OwedEffect(long Id, string Stream);

/// <summary>Something that could not be done, for staff to see.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Guild">Its guild.</param>
/// <param name="Ticket">Its ticket's number; null for the guild's desk.</param>
/// <param name="Effect">What should have been done; null when the row cannot be read.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="FailedAt">When it was given up.</param>
/// <param name="Error">Why.</param>
public sealed record DeadLetter(long Id, GuildId Guild, long? Ticket, Effect? Effect, int Attempts, DateTimeOffset FailedAt, string Error);

public sealed partial class DeskStore
{
    private const string UnreadableEffect = "This row cannot be read: another version of Usher wrote it, or it is damaged.";

    /// <summary>All that is owed, in order; asked at the start.</summary>
    public Task<IReadOnlyList<OwedEffect>> OwedEffectsAsync(CancellationToken cancellationToken) =>
        ListAsync($"select id, stream from effects where failed_at is null order by id", row => new OwedEffect(row.GetInt64(0), row.GetString(1)), cancellationToken);

    /// <summary>All that is owed since before then, in order.</summary>
    public Task<IReadOnlyList<OwedEffect>> OwedEffectsAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        ListAsync($"select id, stream from effects where failed_at is null and due_at < {before} order by id", row => new OwedEffect(row.GetInt64(0), row.GetString(1)), cancellationToken);

    /// <summary>An effect that is owed; null when it is over. One that cannot be read is put aside with the dead letters, and is over: those behind it go on.</summary>
    public async Task<EffectRow?> FindEffectAsync(long id, CancellationToken cancellationToken)
    {
        var (found, row) = await FindAsync(
            $"select id, guild_id, ticket, stream, body, attempts, begun_at, due_at, trace from effects where id = {id} and failed_at is null",
            row => (true, ReadEffect(row)),
            cancellationToken);
        if (!found || row is not null) return row;
        LogUnreadable(id);
        await ChangeAsync($"update effects set failed_at = {_time.GetUtcNow()}, begun_at = null, error = {UnreadableEffect} where id = {id}", cancellationToken);
        return null;
    }

    /// <summary>A try begins: should the program die before its outcome is stored, whoever comes next knows that it may have happened.</summary>
    public Task BeginEffectAsync(long id, DateTimeOffset at, CancellationToken cancellationToken) =>
        ChangeAsync($"update effects set begun_at = {at} where id = {id}", cancellationToken);

    /// <summary>A try failed and another is due later.</summary>
    /// <param name="id">The row.</param>
    /// <param name="due">When.</param>
    /// <param name="error">What went wrong, for staff.</param>
    /// <param name="unknownOutcome">Whether it may have happened all the same (the answer was lost): then <see cref="EffectRow.BegunAt"/> stays.</param>
    /// <param name="cancellationToken">Takes it back.</param>
    public Task DelayEffectAsync(long id, DateTimeOffset due, string error, bool unknownOutcome, CancellationToken cancellationToken) =>
        ChangeAsync(
            $"""
            update effects set attempts = attempts + 1, due_at = {due}, error = {error},
              begun_at = case when {unknownOutcome} = 1 then begun_at else null end
            where id = {id} and failed_at is null
            """,
            cancellationToken);

    /// <summary>What could not be done in a guild, newest first.</summary>
    public Task<IReadOnlyList<DeadLetter>> DeadLettersAsync(GuildId guild, int limit, CancellationToken cancellationToken) =>
        ListAsync(
            $"""
            select id, guild_id, ticket, body, attempts, failed_at, coalesce(error, '')
            from effects where guild_id = {guild} and failed_at is not null order by id desc limit {limit}
            """,
            row => new DeadLetter(row.GetInt64(0), row.Id<GuildId>(1), row.NumberOrNull(2), ReadBody(row, 3), row.Count(4), row.Instant(5), row.GetString(6)),
            cancellationToken);

    private static async Task<IReadOnlyList<EffectRow>> QueueEffectsAsync(StoreConnection db, Commit commit)
    {
        if (commit.Effects.Count == 0) return [];
        var ticket = TicketOf(commit)?.Number;
        var stream = StreamOf(commit, ticket);
        var rows = new List<EffectRow>(commit.Effects.Count);
        foreach (var effect in commit.Effects)
        {
            var body = JsonSerializer.Serialize(effect, DeskJson.Default.Effect);
            var id = await db.FindAsync(
                $"insert into effects (guild_id, ticket, stream, body, due_at, created_at, trace) values ({commit.Guild}, {ticket}, {stream}, {body}, {commit.At}, {commit.At}, {commit.Trace}) returning id",
                row => row.GetInt64(0));
            rows.Add(new EffectRow(id, commit.Guild, ticket, stream, effect, 0, null, commit.At) { Trace = commit.Trace });
        }
        return rows;
    }

    // False when it has ended before.
    private static Task<bool> EndEffectAsync(StoreConnection db, long id, Commit commit) => commit.EndedEffectFailed
        ? db.ChangesAsync($"update effects set failed_at = {commit.At}, begun_at = null, attempts = attempts + 1, error = {commit.EndedError} where id = {id} and failed_at is null")
        : db.ChangesAsync($"delete from effects where id = {id} and failed_at is null");

    // An answer waits for nobody but the person's own answers before it: Discord allows three seconds.
    private static string StreamOf(Commit commit, long? ticket) =>
        ticket is { } number ? string.Create(CultureInfo.InvariantCulture, $"t:{commit.Guild.Value}:{number}")
        : commit.Effects.All(effect => effect is Answer) ? $"p:{commit.Guild}:{commit.By}"
        : $"d:{commit.Guild}";

    // Null when it was written by another version that knew effects which this one does not.
    private static EffectRow? ReadEffect(DbDataReader row) => ReadBody(row, 4) is { } effect
        ? new(row.GetInt64(0), row.Id<GuildId>(1), row.NumberOrNull(2), row.GetString(3), effect, row.Count(5), row.InstantOrNull(6), row.Instant(7)) { Trace = row.TextOrNull(8) }
        : null;

    private static Effect? ReadBody(DbDataReader row, int column)
    {
        try
        {
            return JsonSerializer.Deserialize(row.Utf8(column), DeskJson.Default.Effect);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Error, "Effect {Effect} cannot be read and is put aside with the dead letters")]
    private partial void LogUnreadable(long effect);
}
