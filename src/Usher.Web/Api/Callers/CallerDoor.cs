using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Usher.Desk.People;
using Usher.Desk.Values;
using Usher.Engine;
using Usher.Storage;

namespace Usher.Web.Api.Callers;

/// <summary>Finds out who is calling: the one place where a token is looked at.</summary>
internal sealed class CallerDoor
{
    private const string Scheme = "Bearer ";
    private static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(1);

    private readonly MemberDoor _members = new();
    private readonly ConcurrentDictionary<(GuildId, long), DateTimeOffset> _touched = new();

    /// <summary>Who sends a request.</summary>
    /// <exception cref="ProblemException">Nobody that is known.</exception>
    public async Task<Caller> WhoAsync(HttpRequest request, DeskHost host, CancellationToken cancellation)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.Length == 0) throw Nobody("token.missing", "Say who is calling: Authorization: Bearer, and an API key (usher token create makes one) or your token of Discord's.");
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || header.AsSpan(Scheme.Length).Trim().ToString() is not { Length: > 0 } token)
            throw Nobody("token.scheme", "The Authorization header has the form: Bearer TOKEN.");
        var guild = request.Query[ApiDoor.GuildParameter].ToString() is { Length: > 0 } named ? named : null;
        var caller = ApiTokens.IsOne(token)
            ? await OfKeyAsync(token, guild, host, cancellation)
            : await _members.WhoAsync(token, guild, request.HttpContext.Connection.RemoteIpAddress, host, cancellation);
        // What the desk refuses is said in the caller's language, where it speaks that; else in the guild's.
        return caller with { Actor = caller.Actor with { Language = SpokenLanguage.Of(request) } };
    }

    private async Task<Caller> OfKeyAsync(string token, string? named, DeskHost host, CancellationToken cancellation)
    {
        var now = host.Time.GetUtcNow();
        if (ApiTokens.GuildOf(token) is not { } guild || host.Guilds.SettingsOf(guild) is not { } settings
            || await host.Store.FindApiKeyAsync(guild, ApiTokens.HashOf(token), cancellation) is not { } key)
            throw Nobody("key.unknown", "There is no such key. It may have been rotated, or copied incompletely.");
        if (key.RevokedAt is not null) throw Nobody("key.revoked", "This key was revoked.");
        if (!key.Holds(now)) throw Nobody("key.expired", "This key has expired. usher token create makes another.");
        if (named is not null && named != guild.ToString()) throw new Problem(404, "guild.none", "This key is for another guild.").AsException();
        await TouchAsync(host, key, now, cancellation);
        return new Caller($"key:{key.Number}", await ActorOfAsync(key, host, cancellation), settings, key.Scopes, key.RequestsPerMinute);
    }

    private static async Task<Actor> ActorOfAsync(ApiKey key, DeskHost host, CancellationToken cancellation)
    {
        var standing = key.IsManager || key.Departments.Count > 0 ? new Standing(key.IsManager, key.Departments) : null;
        // Its own name signs what it writes; Discord knows the bot as who did it.
        if (key.ActsAs is not { } user) return new Actor { User = host.Guilds.Self, Name = key.Name, Standing = standing ?? new Standing(false, []) };
        if (await host.Members.FindAsync(key.Guild, user, cancellation) is not { } member)
            throw new Problem(403, "caller.not_member", "The member in whose name this key acts is not in the guild any more.").AsException();
        return standing is null ? member : member with { Roles = [], IsAdministrator = false, Standing = standing };
    }

    // To the minute is enough, and spares a write a request.
    private async Task TouchAsync(DeskHost host, ApiKey key, DateTimeOffset now, CancellationToken cancellation)
    {
        if (_touched.TryGetValue((key.Guild, key.Number), out var last) && now - last < TouchEvery && now >= last) return;
        _touched[(key.Guild, key.Number)] = now;
        await host.Store.TouchApiKeyAsync(key.Guild, key.Number, now, cancellation);
    }

    private static ProblemException Nobody(string code, string detail) => new Problem(401, code, detail).AsException();
}
