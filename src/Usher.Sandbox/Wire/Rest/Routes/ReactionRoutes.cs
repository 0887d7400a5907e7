using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Rest;

/// <summary>Reactions under messages. <see href="https://discord.com/developers/docs/resources/message#create-reaction"/></summary>
internal static class ReactionRoutes
{
    private const string Bucket = "reactions";

    public static IReadOnlyList<RestRoute> All { get; } =
    [
        new("PUT", "/channels/{channel}/messages/{message}/reactions/{emoji}/@me", call => Change(call, call.Bot, add: true)) { Rate = new(1, 0.25), SharedBucket = Bucket },
        new("DELETE", "/channels/{channel}/messages/{message}/reactions/{emoji}/@me", call => Change(call, call.Bot, add: false)) { Rate = new(1, 0.25), SharedBucket = Bucket },
        new("DELETE", "/channels/{channel}/messages/{message}/reactions/{emoji}/{user}", RemoveOf) { Rate = new(1, 0.25), SharedBucket = Bucket },
        new("GET", "/channels/{channel}/messages/{message}/reactions/{emoji}", List),
    ];

    private static RestAnswer Change(RestCall call, UserState user, bool add)
    {
        var channel = call.Channel();
        var (name, id) = Emoji(call, channel);
        call.World.React(user, call.Message(channel), name, id, add);
        return RestAnswer.NoContent;
    }

    private static RestAnswer RemoveOf(RestCall call)
    {
        var channel = call.Channel();
        call.Demand(channel, Permissions.ManageMessages);
        return Change(call, call.User(), add: false);
    }

    private static RestAnswer List(RestCall call)
    {
        var channel = call.Channel();
        var (name, id) = Emoji(call, channel);
        var users = call.Message(channel).ReactionList.Find(reaction => reaction.Name == name && reaction.EmojiId == id)?.Users ?? [];
        var (limit, after) = (call.Number("limit", 25, 1, 100), call.QueryId("after") ?? default);
        return RestAnswer.Ok(writer => Payloads.Array(writer, users.Where(user => user.Id > after).OrderBy(user => user.Id).Take(limit), Payloads.User));
    }

    private static (string Name, Snowflake? Id) Emoji(RestCall call, ChannelState channel)
    {
        var text = Uri.UnescapeDataString(call.Value("emoji"));
        var parts = text.Split(':');
        if (parts.Length == 1) return text.Length is > 0 and <= 32 && !char.IsAscii(text[0]) || text.Contains('\u20e3', StringComparison.Ordinal) ? (text, null) : throw Unknown();
        if (!Snowflake.TryParse(parts[^1], out var id) || channel.Guild?.Emojis.ContainsKey(id) != true) throw Unknown();
        return (parts[^2], id);
    }

    private static DiscordRefusal Unknown() => DiscordRefusal.Bad(ErrorCode.UnknownEmoji, "Unknown Emoji");
}
