using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Rest;

/// <summary>The gateway's address, the bot itself, users and DMs.</summary>
internal static class IdentityRoutes
{
    public static IReadOnlyList<RestRoute> All { get; } =
    [
        new("GET", "/gateway", Gateway) { Open = true },
        new("GET", "/gateway/bot", GatewayBot) { Rate = new(2, 5) },
        new("GET", "/users/@me", call => RestAnswer.Ok(writer => Payloads.OwnUser(writer, call.Bot))) { ForMember = OwnUserOfMember },
        new("GET", "/oauth2/@me", _ => Unauthorized) { ForMember = Authorization },
        new("GET", "/users/@me/guilds", OwnGuilds),
        new("POST", "/users/@me/channels", OpenDm) { Rate = new(5, 5) },
        new("GET", "/users/{user}", call => RestAnswer.Ok(writer => Payloads.User(writer, call.User()))) { Rate = new(30, 30) },
        new("GET", "/applications/@me", Application),
        new("GET", "/oauth2/applications/@me", Application),
        new("GET", "/invites/{code}", Invite),
    ];

    private static RestAnswer Unauthorized { get; } = new(401, """{"message": "401: Unauthorized", "code": 0}"""u8.ToArray());

    private static RestAnswer OwnUserOfMember(RestCall call, AuthorizationState authorization) =>
        authorization.Scopes.Contains("identify") ? RestAnswer.Ok(writer => Payloads.OwnUser(writer, authorization.User)) : Unauthorized;

    /// <summary><see href="https://discord.com/developers/docs/topics/oauth2#get-current-authorization-information"/></summary>
    private static RestAnswer Authorization(RestCall call, AuthorizationState authorization) => RestAnswer.Ok(writer =>
    {
        var application = authorization.Application;
        writer.WriteStartObject();
        writer.WriteStartObject("application");
        writer.WriteString("id", application.Id.ToString());
        writer.WriteString("name", application.Name);
        writer.WriteNull("icon");
        writer.WriteString("description", "");
        writer.WriteNull("type");
        writer.WriteNumber("flags", 0);
        writer.WriteString("flags_new", "0");
        writer.WriteBoolean("bot_public", true);
        writer.WriteBoolean("bot_require_code_grant", false);
        writer.WriteString("verify_key", new string('0', 64));
        writer.WriteEndObject();
        writer.WriteStartArray("scopes");
        foreach (var scope in authorization.Scopes) writer.WriteStringValue(scope);
        writer.WriteEndArray();
        writer.WriteString("expires", authorization.ExpiresAt);
        if (authorization.Scopes.Contains("identify"))
        {
            writer.WritePropertyName("user");
            Payloads.User(writer, authorization.User);
        }
        writer.WriteEndObject();
    });

    private static RestAnswer Gateway(RestCall call) => RestAnswer.Ok(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("url", call.GatewayAddress);
        writer.WriteEndObject();
    });

    private static RestAnswer GatewayBot(RestCall call) => RestAnswer.Ok(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("url", call.GatewayAddress);
        writer.WriteNumber("shards", call.Application.RecommendedShards);
        writer.WriteStartObject("session_start_limit");
        writer.WriteNumber("total", 1000);
        writer.WriteNumber("remaining", call.Application.SessionStartsLeft);
        writer.WriteNumber("reset_after", 86_400_000);
        writer.WriteNumber("max_concurrency", call.Options.MaxConcurrency);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    private static RestAnswer OwnGuilds(RestCall call) => RestAnswer.Ok(writer =>
        Payloads.Array(writer, call.Bot.GuildSet.OrderBy(guild => guild.Id), (to, guild) => Payloads.PartialGuild(to, guild, call.World.PermissionsOf(call.Bot, guild))));

    /// <summary>That it exists says nothing about whether the user takes messages: that is asked when one is sent. <see href="https://discord.com/developers/docs/resources/user#create-dm"/></summary>
    private static RestAnswer OpenDm(RestCall call)
    {
        var faults = new FormRefusal();
        var form = call.Form(faults);
        form.Only("recipient_id");
        var recipient = form.Id("recipient_id", required: true);
        faults.ThrowIfAny();
        var user = call.World.FindUser(recipient!.Value);
        if (user is null || user == call.Bot) throw DiscordRefusal.Bad(ErrorCode.InvalidRecipients, "Invalid Recipient(s)");
        return call.Show(call.World.OpenDm(call.Bot, user));
    }

    private static RestAnswer Application(RestCall call) => RestAnswer.Ok(writer => Payloads.Application(writer, call.Application, call.Bot.GuildSet.Count));

    private static RestAnswer Invite(RestCall call)
    {
        var invite = call.World.FindInvite(call.Value("code"));
        if (invite is null || (invite.MaxAge > 0 && call.World.Now - invite.CreatedAt >= TimeSpan.FromSeconds(invite.MaxAge))) throw DiscordRefusal.NotFound(ErrorCode.UnknownInvite, "Invite");
        return RestAnswer.Ok(writer => Payloads.Invite(writer, invite));
    }
}
