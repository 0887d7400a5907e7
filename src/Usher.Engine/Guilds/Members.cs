using System.Collections.Concurrent;
using System.Net;
using Usher.Desk.People;
using Usher.Desk.Values;
using Usher.Discord.Model;
using Usher.Discord.Rest;
using Usher.Engine.Intake;
using Usher.Engine.Lookups;

namespace Usher.Engine.Guilds;

/// <summary>Who somebody is in a guild, asked of Discord where no event tells it; believed for a minute, so that a role taken away is taken away here soon.</summary>
/// <remarks>https://discord.com/developers/docs/resources/guild#get-guild-member</remarks>
public sealed class Members(DiscordRest rest, Translator translator, StaffTable staff, GuildDirectory guilds, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    // Somebody waits for it; the client itself would go on trying for longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private const int MostKnown = 10_000;

    private readonly ConcurrentDictionary<(GuildId, UserId), Known> _known = new();

    /// <summary>A member with all of their roles, those of a table outside among them; null when they are not in the guild.</summary>
    /// <exception cref="DiscordUnavailableException">Discord cannot be asked now.</exception>
    /// <exception cref="TimeoutException">Discord does not answer now.</exception>
    public async Task<Actor?> FindAsync(GuildId guild, UserId user, CancellationToken cancellation)
    {
        if (guilds.SettingsOf(guild) is not { } settings) return null;
        var now = time.GetUtcNow();
        if (!_known.TryGetValue((guild, user), out var known) || known.Until <= now)
        {
            known = new Known(now + Fresh, await AskAsync(guild, user, cancellation));
            if (_known.Count >= MostKnown) _known.Clear();
            _known[(guild, user)] = known;
        }
        return known.Member is { } member ? await staff.WithRolesAsync(member, settings, cancellation) : null;
    }

    private async Task<Actor?> AskAsync(GuildId guild, UserId user, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            var member = await rest.GetGuildMemberAsync(new Snowflake(guild.Value), new Snowflake(user.Value), either.Token);
            return member.User is { } told ? translator.SpeakerOf(guild, told, member) : null;
        }
        // An id that Discord cannot have given is nobody's either.
        catch (DiscordApiException refused) when (refused.IsGone || refused.Status == HttpStatusCode.BadRequest)
        {
            return null;
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException("Discord did not say who somebody is.", late);
        }
    }

    private sealed record Known(DateTimeOffset Until, Actor? Member);
}
