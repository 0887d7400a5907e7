using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Rest;

/// <summary>Channels, threads as channels, overwrites, typing and invites. <see href="https://discord.com/developers/docs/resources/channel"/></summary>
internal static class ChannelRoutes
{
    public static IReadOnlyList<RestRoute> All { get; } =
    [
        new("GET", "/channels/{channel}", call => call.Show(call.Channel())),
        new("PATCH", "/channels/{channel}", Edit) { Rate = new(5, 15) },
        new("DELETE", "/channels/{channel}", Delete) { Rate = new(5, 5) },
        new("PUT", "/channels/{channel}/permissions/{overwrite}", PutOverwrite),
        new("DELETE", "/channels/{channel}/permissions/{overwrite}", DeleteOverwrite),
        new("POST", "/channels/{channel}/typing", Type) { Rate = new(5, 5) },
        new("GET", "/channels/{channel}/invites", Invites),
        new("POST", "/channels/{channel}/invites", CreateInvite),
    ];

    private static RestAnswer Edit(RestCall call)
    {
        var channel = call.GuildChannel();
        if (channel.IsThread)
        {
            var thread = ChannelForm.ReadThread(call, channel.Guild!, isNew: false);
            CountRename(call, channel, thread.Name is { } threadName && threadName != channel.Name);
            call.World.EditThread(call.Bot, channel, thread, call.Reason);
            return call.Show(channel);
        }
        var draft = ChannelForm.ReadEdit(call, channel);
        CountRename(call, channel, (draft.Name is { } name && name != channel.Name) || (draft.Topic.IsSet && draft.Topic.Value != channel.Topic));
        call.World.EditChannel(call.Bot, channel, draft, call.Reason);
        return call.Show(channel);
    }

    /// <summary>Names and topics have a limit of their own, of the channel and not of the bot.</summary>
    private static void CountRename(RestCall call, ChannelState channel, bool renames)
    {
        if (!renames || !call.Options.RateLimits) return;
        if (call.World.CountRename(channel) is { } wait) throw new SharedLimitException(wait, (int)ErrorCode.ChannelWriteLimited);
    }

    private static RestAnswer Delete(RestCall call)
    {
        var channel = call.Channel();
        if (channel.IsDm) return call.Show(channel);
        var answer = call.Show(channel);
        call.World.RemoveChannel(call.Bot, channel, call.Reason);
        return answer;
    }

    private static RestAnswer PutOverwrite(RestCall call)
    {
        var channel = Overwritable(call);
        var faults = new FormRefusal();
        var form = call.Form(faults);
        form.Only("type", "allow", "deny");
        if (form.OneOf("type", [0, 1], required: true) is null) faults.ThrowIfAny();
        var overwrite = ChannelForm.Overwrite(form, channel.Guild!, call.Id("overwrite"));
        faults.ThrowIfAny();
        call.World.PutOverwrite(call.Bot, channel, overwrite!, call.Reason);
        return RestAnswer.NoContent;
    }

    private static RestAnswer DeleteOverwrite(RestCall call)
    {
        call.World.RemoveOverwrite(call.Bot, Overwritable(call), call.Id("overwrite"), call.Reason);
        return RestAnswer.NoContent;
    }

    private static ChannelState Overwritable(RestCall call)
    {
        var channel = call.GuildChannel();
        return channel.IsThread ? throw DiscordRefusal.Bad(ErrorCode.WrongChannelType, "Cannot execute action on this channel type") : channel;
    }

    private static RestAnswer Type(RestCall call)
    {
        call.World.Type(call.Bot, call.Channel());
        return RestAnswer.NoContent;
    }

    private static RestAnswer Invites(RestCall call)
    {
        var channel = call.GuildChannel();
        call.Demand(channel, Permissions.ManageChannels);
        return RestAnswer.Ok(writer => Payloads.Array(writer, call.World.InvitesOf(channel.Guild!).Where(invite => invite.Channel == channel), Payloads.Invite));
    }

    private static RestAnswer CreateInvite(RestCall call)
    {
        var channel = call.GuildChannel();
        var faults = new FormRefusal();
        var form = call.Form(faults);
        form.Only("max_age", "max_uses", "temporary", "unique");
        var (age, uses, temporary) = (form.Number("max_age", 0, 604_800) ?? 86_400, form.Number("max_uses", 0, 100) ?? 0, form.Flag("temporary") ?? false);
        faults.ThrowIfAny();
        var invite = call.World.CreateInvite(call.Bot, channel, age, uses, temporary);
        return RestAnswer.Ok(writer => Payloads.Invite(writer, invite));
    }
}
