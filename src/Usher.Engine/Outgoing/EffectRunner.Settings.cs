using Usher.Desk.Effects;
using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Discord.Model;

namespace Usher.Engine.Outgoing;

/// <summary>Stores a change of a guild's settings as a new version and puts it in force.</summary>
public delegate Task ChangeOfSettings(GuildId guild, ChangeSettings change, CancellationToken cancellation);

// Settings: what people change in Discord.
public sealed partial class EffectRunner
{
    private async Task<Outcome> ChangeSettingsAsync(Run run, ChangeSettings change, CancellationToken cancellation)
    {
        await changeSettings(run.Row.Guild, change, cancellation);
        return new Done();
    }

    private async Task<Outcome> CreateCategoryAsync(Run run, CreateCategory create, CancellationToken cancellation)
    {
        var guild = new Snowflake(run.Row.Guild.Value);
        Channel? found = null;
        if (run.Row.BegunAt is { } began)
        {
            var channels = await rest.GetGuildChannelsAsync(guild, cancellation);
            found = channels.FirstOrDefault(c => c.Type == ChannelType.GuildCategory && c.Name == create.Name && c.Id.CreatedAt >= began - ClocksDifferBy);
        }
        if (found is null) await BeginAsync(run, cancellation);
        var request = new CreateChannelRequest { Name = create.Name, Type = ChannelType.GuildCategory };
        // Where the category says who sees the tickets, one that everybody sees would show them to everybody.
        if (run.Settings.Department(create.Department) is { Permissions: ChannelPermissions.Category } department)
            request = request with { PermissionOverwrites = OverwritesOf(run, [], run.Settings.WhoSees(department)) };
        found ??= await rest.CreateChannelAsync(guild, request, Reason(run), cancellation);
        return new Done(Channel: new ChannelId(found.Id.Value));
    }
}
