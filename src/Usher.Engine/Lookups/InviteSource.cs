using Usher.Desk.Cards;
using Usher.Desk.Engine;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Discord.Model;
using Usher.Discord.Rest;

namespace Usher.Engine.Lookups;

/// <summary>Asks Discord which guild an invitation leads to.</summary>
/// <remarks>https://discord.com/developers/docs/resources/invite#get-invite</remarks>
internal static class InviteSource
{
    internal static async Task<LookedUp> FindAsync(LookupQuery query, DiscordRest rest, CancellationToken cancellation)
    {
        try
        {
            var invite = await rest.GetInviteAsync(query[SourceNames.Answer] ?? "", cancellation);
            return new LookedUp(query, FindingState.Found, [new FoundRow([.. Fields(invite)])]);
        }
        catch (DiscordApiException refused) when (refused.Code == ErrorCode.UnknownInvite)
        {
            return new LookedUp(query, FindingState.NotFound);
        }
    }

    private static IEnumerable<FoundField> Fields(Invite invite)
    {
        if (invite.Guild is { } guild)
        {
            yield return new FoundField("guild", guild.Name ?? "");
            yield return new FoundField("guild_id", $"`{guild.Id}`", guild.Id.ToString());
            yield return new FoundField("guild_created", Moment.Relative(guild.Id.CreatedAt));
        }
        if (invite.ExpiresAt is { } end) yield return new FoundField("expires", Moment.Relative(end));
    }
}
