using Usher.Desk.Cards;
using Usher.Desk.Tickets;
using Usher.Discord.Model;
using Usher.Discord.Rest;

namespace Usher.Engine.Lookups;

/// <summary>Asks Discord which guild an invitation leads to.</summary>
/// <remarks>https://discord.com/developers/docs/resources/invite#get-invite</remarks>
public static class InviteSource
{
    /// <summary>The source over that client.</summary>
    public static LookupSource Of(DiscordRest rest) => async (code, cancellation) =>
    {
        try
        {
            var invite = await rest.GetInviteAsync(code, cancellation);
            return new Finding(FindingState.Found, [.. Fields(invite)]);
        }
        catch (DiscordApiException refused) when (refused.Code == ErrorCode.UnknownInvite)
        {
            return new Finding(FindingState.NotFound);
        }
    };

    private static IEnumerable<FoundField> Fields(Invite invite)
    {
        if (invite.Guild is { } guild)
        {
            yield return new FoundField("guild", guild.Name ?? "");
            yield return new FoundField("guild_id", $"`{guild.Id}`");
            yield return new FoundField("guild_created", Moment.Relative(guild.Id.CreatedAt));
        }
        if (invite.ExpiresAt is { } end) yield return new FoundField("expires", Moment.Relative(end));
    }
}
