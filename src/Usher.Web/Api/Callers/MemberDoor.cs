using System.Collections.Concurrent;
using System.Net;
using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Engine;

namespace Usher.Web.Api.Callers;

/// <summary>
/// Members who call with a token that Discord gave them. Whose it is Discord is asked, and believed for a minute, so that a token taken back opens nothing a minute later.
/// Only tokens for the bot's own application count: with those of others, whoever runs any site with «sign in with Discord» could call as everybody who ever did.
/// </summary>
internal sealed class MemberDoor
{
    private const int PerMinute = 120;
    private const int MostKnown = 10_000;
    private const int LongestToken = 256;
    private const string Identify = "identify";

    // Discord bars an address that sends 10,000 wrong tokens in ten minutes, and with it the bot: https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
    private const int WrongPerMinute = 300;
    private const int WrongOfAddressPerMinute = 60;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan RemembersGood = TimeSpan.FromDays(7);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    // Whoever tries one wrong token after another, from behind the same proxy too, shuts out nobody who was let in before.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _good = new(StringComparer.Ordinal);
    private RequestBuckets? _wrong;

    /// <summary>The member whose token it is, in the guild that they mean.</summary>
    /// <param name="token">The token.</param>
    /// <param name="guild">The guild that they named; null when none.</param>
    /// <param name="from">Where the request came from.</param>
    /// <param name="host">The running desk.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ProblemException">It is nobody's, or they are not in the guild.</exception>
    public async Task<Caller> WhoAsync(string token, string? guild, IPAddress? from, DeskHost host, CancellationToken cancellation)
    {
        if (token.Length > LongestToken || token.Any(letter => letter is <= ' ' or > '~')) throw Unknown();
        if (await OwnerAsync(token, from, host, cancellation) is not { } user) throw Unknown();
        var settings = DeskOf(guild, host);
        if (await host.Members.FindAsync(settings.Guild, user, cancellation) is not { } member)
            throw new Problem(403, "caller.not_member", "You are not in that guild.").AsException();
        return new Caller($"user:{user}", member, settings, Scopes.All, PerMinute);
    }

    private async Task<UserId?> OwnerAsync(string token, IPAddress? from, DeskHost host, CancellationToken cancellation)
    {
        var (hash, now) = (ApiTokens.HashOf(token), host.Time.GetUtcNow());
        if (_known.TryGetValue(hash, out var known) && now < known.Until && now >= known.Until - Fresh) return known.User;
        var wrong = _wrong ??= new RequestBuckets(host.Time);
        if (!(_good.TryGetValue(hash, out var last) && now - last < RemembersGood)) Check(wrong, from);
        var told = await host.Tokens.FindAsync(token, cancellation);
        var isOurs = told is not null && told.Application.Id == host.Guilds.Application;
        if (isOurs && (told!.User is null || !told.Scopes.Contains(Identify)))
            throw new Problem(401, "token.scope", "This token does not tell who you are: sign in with the scope identify.").AsException();
        if (told is null)
        {
            wrong.Take($"from {from}", WrongOfAddressPerMinute);
            wrong.Take("all", WrongPerMinute);
            _good.TryRemove(hash, out _);
        }
        var user = isOurs ? new UserId(told!.User!.Id.Value) : (UserId?)null;
        if (_known.Count >= MostKnown) _known.Clear();
        if (_good.Count >= MostKnown) _good.Clear();
        if (user is not null) _good[hash] = now;
        var until = told is not null && told.Expires < now + Fresh ? told.Expires : now + Fresh;
        _known[hash] = new Known(user, until);
        return user;
    }

    private static void Check(RequestBuckets wrong, IPAddress? from)
    {
        var (here, everywhere) = (wrong.Wait($"from {from}", WrongOfAddressPerMinute), wrong.Wait("all", WrongPerMinute));
        var wait = here > everywhere ? here : everywhere;
        if (wait > TimeSpan.Zero) throw new Problem(429, "limit.tokens", "Too many tokens were tried that Discord does not know. Wait a moment.") { RetryAfter = wait }.AsException();
    }

    private static DeskSettings DeskOf(string? guild, DeskHost host)
    {
        var desks = host.Guilds.Desks.Where(desk => guild is null || desk.Guild.ToString() == guild).ToList();
        if (desks is [var only]) return only;
        throw guild is null
            ? new Problem(400, "guild.which", "Usher serves several guilds here: say which is meant, with ?guild=ID.").AsException()
            : new Problem(404, "guild.none", "There is no such guild here.").AsException();
    }

    private static ProblemException Unknown() =>
        new Problem(401, "token.unknown", "Discord knows no such token for this bot's application, or it has ended. API keys of Usher's begin with usher_.").AsException();

    private sealed record Known(UserId? User, DateTimeOffset Until);
}
