using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Rest;

/// <summary>Messages and pins. <see href="https://discord.com/developers/docs/resources/message"/></summary>
internal static class MessageRoutes
{
    public static IReadOnlyList<RestRoute> All { get; } =
    [
        new("GET", "/channels/{channel}/messages", List) { Rate = new(5, 5) },
        new("POST", "/channels/{channel}/messages", Create) { Rate = new(5, 5) },
        new("GET", "/channels/{channel}/messages/{message}", Get) { Rate = new(30, 30) },
        new("PATCH", "/channels/{channel}/messages/{message}", Edit) { Rate = new(5, 5) },
        new("DELETE", "/channels/{channel}/messages/{message}", Delete) { Rate = new(5, 1) },
        new("POST", "/channels/{channel}/messages/bulk-delete", BulkDelete) { Rate = new(1, 3) },
        new("GET", "/channels/{channel}/messages/pins", Pins),
        new("PUT", "/channels/{channel}/messages/pins/{message}", call => Pin(call, pinned: true)),
        new("DELETE", "/channels/{channel}/messages/pins/{message}", call => Pin(call, pinned: false)),
        new("GET", "/channels/{channel}/pins", OldPins),
        new("PUT", "/channels/{channel}/pins/{message}", call => Pin(call, pinned: true)),
        new("DELETE", "/channels/{channel}/pins/{message}", call => Pin(call, pinned: false)),
    ];

    private static RestAnswer List(RestCall call)
    {
        var channel = call.Channel();
        if (!channel.TakesMessages) throw DiscordRefusal.Bad(ErrorCode.CannotMessageChannel, "Cannot send messages in a non-text channel");
        var limit = call.Number("limit", 50, 1, 100);
        var (before, after, around) = (call.QueryId("before"), call.QueryId("after"), call.QueryId("around"));
        // Without READ_MESSAGE_HISTORY the channel looks empty.
        if (channel.Guild is not null && !call.World.PermissionsOf(call.Bot, channel).HasFlag(Permissions.ReadMessageHistory)) return Page(call, []);

        IEnumerable<MessageState> Public(IEnumerable<MessageState> messages) => messages.Where(message => message.EphemeralFor is null);
        if (around is { } middle)
        {
            var older = Public(channel.Log.Before(new(middle.Value + 1))).Take(limit - limit / 2);
            var younger = Public(channel.Log.After(middle)).Take(limit / 2);
            return Page(call, younger.Reverse().Concat(older));
        }
        if (after is { } from) return Page(call, Public(channel.Log.After(from)).Take(limit).Reverse());
        return Page(call, Public(channel.Log.Before(before ?? new Snowflake(ulong.MaxValue))).Take(limit));
    }

    private static RestAnswer Page(RestCall call, IEnumerable<MessageState> messages) => RestAnswer.Ok(writer =>
        Payloads.Array(writer, messages, (to, message) => call.Payloads.Message(to, message, new(call.Application, call.MayRead(message)))));

    private static RestAnswer Create(RestCall call)
    {
        var channel = call.Channel();
        var draft = MessageForm.Read(call.Json, call.Files, channel);
        return call.Show(call.World.Post(call.Bot, channel, draft));
    }

    private static RestAnswer Get(RestCall call)
    {
        var channel = call.Channel();
        call.Demand(channel, Permissions.ReadMessageHistory);
        return call.Show(call.Message(channel));
    }

    private static RestAnswer Edit(RestCall call)
    {
        var message = call.Message(call.Channel());
        var edit = MessageForm.ReadEdit(call.Json, call.Files, message);
        call.World.EditMessage(call.Bot, message, edit);
        return call.Show(message);
    }

    private static RestAnswer Delete(RestCall call)
    {
        call.World.RemoveMessage(call.Bot, call.Message(call.Channel()), call.Reason);
        return RestAnswer.NoContent;
    }

    /// <summary>Two to a hundred, none older than two weeks, none twice.</summary>
    private static RestAnswer BulkDelete(RestCall call)
    {
        var channel = call.GuildChannel();
        var faults = new FormRefusal();
        var form = call.Form(faults);
        form.Only("messages");
        var ids = form.Ids("messages");
        faults.ThrowIfAny();
        if (ids.Count is < 2 or > 100) throw new DiscordRefusal(400, 50016, "Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete.");
        if (ids.Any(id => call.World.Now - id.CreatedAt > TimeSpan.FromDays(14))) throw new DiscordRefusal(400, 50034, "You can only bulk delete messages that are under 14 days old.");
        var messages = ids.Distinct().Select(channel.Log.Find).OfType<MessageState>().Where(message => message.EphemeralFor is null).ToList();
        call.World.RemoveMessages(call.Bot, channel, messages, call.Reason);
        return RestAnswer.NoContent;
    }

    private static RestAnswer Pins(RestCall call)
    {
        var pinned = PinnedIn(call, out var limit).ToList();
        return RestAnswer.Ok(writer =>
        {
            writer.WriteStartObject();
            Payloads.Array(writer, "items", pinned.Take(limit), (to, message) =>
            {
                to.WriteStartObject();
                to.WriteString("pinned_at", message.PinnedAt!.Value);
                to.WritePropertyName("message");
                call.Payloads.Message(to, message, new(call.Application, call.MayRead(message)));
                to.WriteEndObject();
            });
            writer.WriteBoolean("has_more", pinned.Count > limit);
            writer.WriteEndObject();
        });
    }

    private static RestAnswer OldPins(RestCall call) => Page(call, PinnedIn(call, out _).Take(50));

    private static IEnumerable<MessageState> PinnedIn(RestCall call, out int limit)
    {
        var channel = call.Channel();
        limit = call.Number("limit", 50, 1, 50);
        return channel.Log.All.Where(message => message.Pinned).OrderByDescending(message => message.PinnedAt);
    }

    private static RestAnswer Pin(RestCall call, bool pinned)
    {
        call.World.Pin(call.Bot, call.Message(call.Channel()), pinned, call.Reason);
        return RestAnswer.NoContent;
    }
}
