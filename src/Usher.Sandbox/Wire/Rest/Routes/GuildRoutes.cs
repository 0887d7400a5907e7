using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.Wire.Rest;

/// <summary>A guild, its channels' list, roles, emojis and audit log. <see href="https://discord.com/developers/docs/resources/guild"/></summary>
internal static class GuildRoutes
{
    public static IReadOnlyList<RestRoute> All { get; } =
    [
        new("GET", "/guilds/{guild}", call => Show(call, call.Guild())),
        new("GET", "/guilds/{guild}/channels", Channels),
        new("POST", "/guilds/{guild}/channels", CreateChannel) { Rate = new(10, 10) },
        new("PATCH", "/guilds/{guild}/channels", MoveChannels) { Rate = new(5, 5) },
        new("GET", "/guilds/{guild}/roles", call => RestAnswer.Ok(writer => Payloads.Array(writer, call.Guild().Roles, Payloads.Role))),
        new("GET", "/guilds/{guild}/roles/{role}", Role),
        new("POST", "/guilds/{guild}/roles", CreateRole),
        new("PATCH", "/guilds/{guild}/roles/{role}", EditRole),
        new("DELETE", "/guilds/{guild}/roles/{role}", DeleteRole),
        new("GET", "/guilds/{guild}/emojis", call => RestAnswer.Ok(writer => Payloads.Array(writer, call.Guild().Emojis.Values, Payloads.Emoji))),
        new("GET", "/guilds/{guild}/audit-logs", AuditLog),
        new("GET", "/guilds/{guild}/threads/active", ActiveThreads),
        new("GET", "/guilds/{guild}/invites", Invites),
    ];

    private static RestAnswer Show(RestCall call, GuildState guild) => RestAnswer.Ok(writer => Payloads.Guild(writer, guild, call.Asked("with_counts")));

    private static RestAnswer Channels(RestCall call) => RestAnswer.Ok(writer => Payloads.Array(
        writer,
        call.Guild().Channels.Where(channel => call.World.Sees(call.Bot, channel)).OrderBy(channel => channel.Position).ThenBy(channel => channel.Id),
        (to, channel) => call.Payloads.Channel(to, channel, call.Bot)));

    private static RestAnswer CreateChannel(RestCall call)
    {
        var guild = call.Guild();
        var draft = ChannelForm.ReadNew(call, guild);
        var channel = call.World.CreateChannel(call.Bot, guild, draft, call.Reason);
        return RestAnswer.Created(writer => call.Payloads.Channel(writer, channel, call.Bot));
    }

    private static RestAnswer MoveChannels(RestCall call)
    {
        var guild = call.Guild();
        if (call.Json.ValueKind != JsonValueKind.Array) throw FormRefusal.Single("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
        var faults = new FormRefusal();
        var moves = new List<(ChannelState, int?, Change<ChannelState?>)>();
        foreach (var (element, index) in call.Json.EnumerateArray().Select((element, index) => (element, index)))
        {
            var move = new Fields(element, $"{index}", faults);
            move.Only("id", "position", "parent_id", "lock_permissions");
            if (move.Flag("lock_permissions") == true) throw new NotModelledException("lock_permissions");
            var channel = guild.ChannelIndex.GetValueOrDefault(move.Id("id", required: true) ?? default) ?? throw DiscordRefusal.NotFound(ErrorCode.UnknownChannel, "Channel");
            moves.Add((channel, move.Number("position", 0), ChannelForm.Parent(move, guild)));
        }
        faults.ThrowIfAny();
        call.World.MoveChannels(call.Bot, guild, moves);
        return RestAnswer.NoContent;
    }

    private static RestAnswer Role(RestCall call) => RestAnswer.Ok(writer => Payloads.Role(writer, RoleOf(call, call.Guild())));

    private static RestAnswer CreateRole(RestCall call)
    {
        var guild = call.Guild();
        call.Demand(guild, Permissions.ManageRoles);
        var (name, permissions, mentionable, color, hoist) = RoleForm(call);
        if (permissions is { } wanted && (wanted & ~call.World.PermissionsOf(call.Bot, guild)) != Permissions.None) throw DiscordRefusal.MissingPermissions();
        var role = call.World.AddRole(guild, name ?? "new role", permissions ?? Permissions.None, mentionable ?? false, color ?? 0);
        role.Hoist = hoist ?? false;
        // A new role begins at the foot of the hierarchy.
        role.Position = 1;
        return RestAnswer.Ok(writer => Payloads.Role(writer, role));
    }

    private static RestAnswer EditRole(RestCall call)
    {
        var guild = call.Guild();
        var role = RoleOf(call, guild);
        call.Demand(guild, Permissions.ManageRoles);
        call.World.DemandRule(call.Bot, role);
        var (name, permissions, mentionable, color, hoist) = RoleForm(call);
        if (permissions is { } wanted && ((wanted ^ role.Permissions) & ~call.World.PermissionsOf(call.Bot, guild)) != Permissions.None) throw DiscordRefusal.MissingPermissions();
        role.Color = color ?? role.Color;
        role.Hoist = hoist ?? role.Hoist;
        call.World.EditRole(role, name, permissions, mentionable);
        return RestAnswer.Ok(writer => Payloads.Role(writer, role));
    }

    private static RestAnswer DeleteRole(RestCall call)
    {
        var guild = call.Guild();
        var role = RoleOf(call, guild);
        call.Demand(guild, Permissions.ManageRoles);
        call.World.DemandRule(call.Bot, role);
        call.World.DeleteRole(role);
        return RestAnswer.NoContent;
    }

    private static RoleState RoleOf(RestCall call, GuildState guild) =>
        guild.RoleIndex.GetValueOrDefault(call.Id("role")) ?? throw DiscordRefusal.NotFound(ErrorCode.UnknownRole, "Role");

    private static (string? Name, Permissions? Permissions, bool? Mentionable, int? Color, bool? Hoist) RoleForm(RestCall call)
    {
        var faults = new FormRefusal();
        var form = call.Form(faults);
        form.Only("name", "permissions", "mentionable", "color", "hoist");
        var read = (form.Text("name", 0, Limits.NameLength), form.Bits("permissions"), form.Flag("mentionable"), form.Number("color", 0, 0xFFFFFF), form.Flag("hoist"));
        faults.ThrowIfAny();
        return read;
    }

    private static RestAnswer AuditLog(RestCall call)
    {
        var guild = call.Guild();
        call.Demand(guild, Permissions.ViewAuditLog);
        var limit = call.Number("limit", 50, 1, 100);
        var (user, action, before, after) = (call.QueryId("user_id"), call.Query("action_type") is null ? (int?)null : call.Number("action_type", 0, 0, 1000), call.QueryId("before"), call.QueryId("after"));
        var entries = guild.AuditLog.Where(entry =>
            (user is null || entry.User.Id == user) && (action is null || entry.Action == action) && (before is null || entry.Id < before) && (after is null || entry.Id > after));
        var page = (after is null ? entries.Reverse() : entries).Take(limit).ToList();
        return RestAnswer.Ok(writer =>
        {
            writer.WriteStartObject();
            Payloads.Array(writer, "audit_log_entries", page, Payloads.AuditLogEntry);
            Payloads.Array(writer, "users", page.Select(entry => entry.User).Distinct(), Payloads.User);
            foreach (var name in (ReadOnlySpan<string>)["integrations", "webhooks", "guild_scheduled_events", "threads", "application_commands", "auto_moderation_rules"])
            {
                writer.WriteStartArray(name);
                writer.WriteEndArray();
            }
            writer.WriteEndObject();
        });
    }

    private static RestAnswer ActiveThreads(RestCall call)
    {
        var threads = call.Guild().ActiveThreads.Values.Where(thread => call.World.Sees(call.Bot, thread)).OrderByDescending(thread => thread.Id).ToList();
        return ThreadRoutes.Page(call, threads, hasMore: false);
    }

    private static RestAnswer Invites(RestCall call)
    {
        var guild = call.Guild();
        call.Demand(guild, Permissions.ManageGuild);
        return RestAnswer.Ok(writer => Payloads.Array(writer, call.World.InvitesOf(guild), Payloads.Invite));
    }
}
