using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Rest;

/// <summary>The members of a guild. <see href="https://discord.com/developers/docs/resources/guild#get-guild-member"/></summary>
internal static class MemberRoutes
{
    public static IReadOnlyList<RestRoute> All { get; } =
    [
        new("GET", "/guilds/{guild}/members", List),
        new("GET", "/guilds/{guild}/members/search", Search),
        new("GET", "/guilds/{guild}/members/{user}", call => Show(call.Member(call.Guild()))) { Rate = new(5, 1) },
        new("PATCH", "/guilds/{guild}/members/@me", EditOwn),
        new("PATCH", "/guilds/{guild}/members/{user}", Edit),
        new("PUT", "/guilds/{guild}/members/{user}/roles/{role}", call => ChangeRole(call, give: true)),
        new("DELETE", "/guilds/{guild}/members/{user}/roles/{role}", call => ChangeRole(call, give: false)),
        new("DELETE", "/guilds/{guild}/members/{user}", Kick),
    ];

    private static RestAnswer Show(MemberState member) => RestAnswer.Ok(writer => Payloads.Member(writer, member));

    /// <summary>Needs the GUILD_MEMBERS intent.</summary>
    private static RestAnswer List(RestCall call)
    {
        var guild = call.Guild();
        if (!call.Application.PrivilegedIntents.HasFlag(Intents.GuildMembers)) throw DiscordRefusal.MissingAccess();
        var (limit, after) = (call.Number("limit", 1, 1, 1000), call.QueryId("after") ?? default);
        var page = guild.MemberIndex.Values.Where(member => member.User.Id > after).OrderBy(member => member.User.Id).Take(limit).ToList();
        return RestAnswer.Ok(writer => Payloads.Array(writer, page, Payloads.Member));
    }

    private static RestAnswer Search(RestCall call)
    {
        var guild = call.Guild();
        var query = call.Query("query") ?? throw FormRefusal.Single("query", "BASE_TYPE_REQUIRED", "This field is required");
        var limit = call.Number("limit", 1, 1, 1000);
        var found = guild.MemberIndex.Values
            .Where(member => member.User.Username.StartsWith(query, StringComparison.OrdinalIgnoreCase) || member.DisplayName.StartsWith(query, StringComparison.OrdinalIgnoreCase))
            .Take(limit).ToList();
        return RestAnswer.Ok(writer => Payloads.Array(writer, found, Payloads.Member));
    }

    private static RestAnswer EditOwn(RestCall call)
    {
        var guild = call.Guild();
        var faults = new FormRefusal();
        var form = call.Form(faults);
        form.Only("nick");
        var nick = form.Text("nick", 0, 32);
        faults.ThrowIfAny();
        var member = guild.MemberIndex[call.Bot.Id];
        call.World.ChangeMember(call.Bot, member, null, form.Has("nick"), nick, call.Reason);
        return Show(member);
    }

    private static RestAnswer Edit(RestCall call)
    {
        var guild = call.Guild();
        var member = call.Member(guild);
        var faults = new FormRefusal();
        var form = call.Form(faults);
        form.Only("nick", "roles");
        var roles = form.Has("roles") ? form.Ids("roles").Select(id => guild.RoleIndex.GetValueOrDefault(id) ?? throw DiscordRefusal.NotFound(ErrorCode.UnknownRole, "Role")).ToList() : null;
        var nick = form.Text("nick", 0, 32);
        faults.ThrowIfAny();
        call.World.ChangeMember(call.Bot, member, roles, form.Has("nick"), nick, call.Reason);
        return Show(member);
    }

    private static RestAnswer ChangeRole(RestCall call, bool give)
    {
        var guild = call.Guild();
        var role = guild.RoleIndex.GetValueOrDefault(call.Id("role")) ?? throw DiscordRefusal.NotFound(ErrorCode.UnknownRole, "Role");
        call.World.ChangeRoleOf(call.Bot, call.Member(guild), role, give, call.Reason);
        return RestAnswer.NoContent;
    }

    private static RestAnswer Kick(RestCall call)
    {
        call.World.Kick(call.Bot, call.Member(call.Guild()), call.Reason);
        return RestAnswer.NoContent;
    }
}
