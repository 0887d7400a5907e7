using Usher.Desk.Effects;
using Usher.Desk.Values;
using Usher.Discord.Model;
using Usher.Discord.Rest;

namespace Usher.Engine.Outgoing;

// Voice channels: made for a ticket's people, deleted when nobody talks any more.
public sealed partial class EffectRunner
{
    private const Permissions Caller = Permissions.ViewChannel | Permissions.Connect | Permissions.Speak;

    private async Task<Outcome> CreateVoiceChannelAsync(Run run, CreateVoiceChannel create, CancellationToken cancellation)
    {
        var guild = new Snowflake(run.Row.Guild.Value);
        if (run.Row.BegunAt is { } began)
        {
            // The answer of an earlier attempt was lost: a voice channel has no topic, but few have a ticket's name.
            var channels = await rest.GetGuildChannelsAsync(guild, cancellation);
            var found = channels.FirstOrDefault(channel =>
                channel.Type == ChannelType.GuildVoice && channel.Name == create.Name && channel.Id.CreatedAt >= began - ClocksDifferBy);
            if (found is not null) return new Done(Channel: new ChannelId(found.Id.Value));
        }
        await BeginAsync(run, cancellation);
        var made = await rest.CreateChannelAsync(
            guild,
            new CreateChannelRequest
            {
                Name = create.Name,
                Type = ChannelType.GuildVoice,
                ParentId = create.Category is { } category ? Id(category) : null,
                PermissionOverwrites =
                [
                    Overwrite.ForRole(guild, deny: Permissions.ViewChannel),
                    Overwrite.ForMember(Id(guilds.Self), allow: Caller),
                    .. create.Members.Select(member => Overwrite.ForMember(Id(member), allow: Caller)),
                    .. RolesThere(run, create.Roles).Select(role => Overwrite.ForRole(role, allow: Caller)),
                ],
            },
            Reason(run), cancellation);
        return new Done(Channel: new ChannelId(made.Id.Value));
    }

    private async Task<Outcome> EndCallAsync(Run run, EndCall end, CancellationToken cancellation)
    {
        try
        {
            await rest.DeleteChannelAsync(Id(end.Channel), Reason(run), cancellation);
        }
        catch (DiscordApiException refused) when (refused.Code == ErrorCode.UnknownChannel)
        {
            // Deleted by hand.
        }
        return new Done();
    }
}
