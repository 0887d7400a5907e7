using Usher.Desk.Values;

namespace Usher.Storage;

/// <summary>Names a request that its caller may send again without its being done again.</summary>
/// <param name="Guild">The guild.</param>
/// <param name="Caller">Who sends it.</param>
/// <param name="Key">The caller's word for it.</param>
public sealed record ApiRequestKey(GuildId Guild, string Caller, string Key);

/// <summary>What is known of such a request.</summary>
/// <param name="RequestHash">The hash of what was asked.</param>
/// <param name="BegunAt">When it was begun last.</param>
/// <param name="Answer">What it was answered with; null while it is under way, or when its end was never told.</param>
public sealed record KnownApiRequest(string RequestHash, DateTimeOffset BegunAt, KeptAnswer? Answer);

/// <summary>An answer that is given again.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body, JSON.</param>
/// <param name="ETag">The header of that name.</param>
/// <param name="Location">The header of that name.</param>
public sealed record KeptAnswer(int Status, string Body, string? ETag, string? Location);

public sealed partial class DeskStore
{
    /// <summary>Begins a request, unless one of that name is known.</summary>
    /// <returns>Null when it is begun now; otherwise what is known of the earlier one.</returns>
    public Task<KnownApiRequest?> BeginApiRequestAsync(ApiRequestKey request, string hash, DateTimeOffset now, CancellationToken cancellationToken) => WriteAsync(
        async db => await db.ChangesAsync(
            $"""
            insert into api_answers (guild_id, caller, idempotency_key, request_hash, begun_at) values ({request.Guild}, {request.Caller}, {request.Key}, {hash}, {now})
            on conflict (guild_id, caller, idempotency_key) do nothing
            """)
            ? null
            : await db.FindAsync(
                $"""
                select request_hash, begun_at, status, body, etag, location from api_answers
                where guild_id = {request.Guild} and caller = {request.Caller} and idempotency_key = {request.Key}
                """,
                row => new KnownApiRequest(
                    row.GetString(0), row.Instant(1),
                    row.IsDBNull(2) ? null : new KeptAnswer((int)row.GetInt64(2), row.GetString(3), row.TextOrNull(4), row.TextOrNull(5)))),
        cancellationToken);

    /// <summary>Takes up a request whose end was never told.</summary>
    /// <returns>False when somebody else did.</returns>
    public Task<bool> ResumeApiRequestAsync(ApiRequestKey request, DateTimeOffset begun, DateTimeOffset now, CancellationToken cancellationToken) => ChangeAsync(
        $"""
        update api_answers set begun_at = {now}
        where guild_id = {request.Guild} and caller = {request.Caller} and idempotency_key = {request.Key} and begun_at = {begun} and status is null
        """,
        cancellationToken);

    /// <summary>Keeps what a request was answered with.</summary>
    public Task EndApiRequestAsync(ApiRequestKey request, KeptAnswer answer, CancellationToken cancellationToken) => ChangeAsync(
        $"""
        update api_answers set status = {answer.Status}, body = {answer.Body}, etag = {answer.ETag}, location = {answer.Location}
        where guild_id = {request.Guild} and caller = {request.Caller} and idempotency_key = {request.Key}
        """,
        cancellationToken);

    /// <summary>A request changed nothing: it may be sent anew under the same name.</summary>
    public Task ForgetApiRequestAsync(ApiRequestKey request, CancellationToken cancellationToken) => ChangeAsync(
        $"delete from api_answers where guild_id = {request.Guild} and caller = {request.Caller} and idempotency_key = {request.Key} and status is null", cancellationToken);

    /// <summary>Forgets requests that were begun before then.</summary>
    public Task PruneApiRequestsAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        ChangeAsync($"delete from api_answers where begun_at < {before}", cancellationToken);
}
