using System.Globalization;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Rest;

/// <summary>Starting threads, their members, and the lists of archived ones. <see href="https://discord.com/developers/docs/resources/channel#start-thread-without-message"/></summary>
internal static class ThreadRoutes
{
    public static IReadOnlyList<RestRoute> All { get; } =
    [
        new("POST", "/channels/{channel}/threads", Start) { Rate = new(10, 10) },
        new("POST", "/channels/{channel}/messages/{message}/threads", StartFrom) { Rate = new(10, 10) },
        new("GET", "/channels/{channel}/thread-members", Members),
        new("GET", "/channels/{channel}/thread-members/{user}", Member),
        new("PUT", "/channels/{channel}/thread-members/{user}", Add) { Rate = new(5, 5) },
        new("DELETE", "/channels/{channel}/thread-members/{user}", Remove) { Rate = new(5, 5) },
        new("GET", "/channels/{channel}/threads/archived/public", call => Archived(call, ChannelType.PublicThread, joinedOnly: false)),
        new("GET", "/channels/{channel}/threads/archived/private", call => Archived(call, ChannelType.PrivateThread, joinedOnly: false)),
        new("GET", "/channels/{channel}/users/@me/threads/archived/private", call => Archived(call, ChannelType.PrivateThread, joinedOnly: true)),
    ];

    /// <summary>A page of threads with the bot's memberships.</summary>
    public static RestAnswer Page(RestCall call, IReadOnlyList<ChannelState> threads, bool hasMore) => RestAnswer.Ok(writer =>
    {
        writer.WriteStartObject();
        Payloads.Array(writer, "threads", threads, (to, thread) => call.Payloads.Channel(to, thread, call.Bot));
        Payloads.Array(writer, "members", threads.Where(thread => thread.Thread!.MemberIndex.ContainsKey(call.Bot.Id)), (to, thread) => Payloads.ThreadMember(to, thread, call.Bot.Id, null));
        writer.WriteBoolean("has_more", hasMore);
        writer.WriteEndObject();
    });

    private static RestAnswer Start(RestCall call)
    {
        var parent = call.GuildChannel();
        if (parent.Type is ChannelType.GuildForum or ChannelType.GuildMedia) return StartPost(call, parent);
        var faults = new FormRefusal();
        // Discord's default where no type is said is private, and it says itself that this will change.
        var type = (ChannelType)(call.Form(faults).OneOf("type", [10, 11, 12]) ?? 12);
        faults.ThrowIfAny();
        var fits = parent.Type switch
        {
            ChannelType.GuildText => type is ChannelType.PublicThread or ChannelType.PrivateThread,
            ChannelType.GuildAnnouncement => type == ChannelType.AnnouncementThread,
            _ => false,
        };
        if (!fits) throw DiscordRefusal.Bad(ErrorCode.WrongChannelType, "Cannot execute action on this channel type");
        var draft = ChannelForm.ReadThread(call, parent.Guild!, isNew: true);
        return Created(call, call.World.StartThread(call.Bot, parent, type, draft, null, call.Reason));
    }

    private static RestAnswer StartFrom(RestCall call)
    {
        var parent = call.GuildChannel();
        if (parent.Type is not (ChannelType.GuildText or ChannelType.GuildAnnouncement)) throw DiscordRefusal.Bad(ErrorCode.WrongChannelType, "Cannot execute action on this channel type");
        var type = parent.Type == ChannelType.GuildText ? ChannelType.PublicThread : ChannelType.AnnouncementThread;
        var draft = ChannelForm.ReadThread(call, parent.Guild!, isNew: true, mayBePrivate: false);
        return Created(call, call.World.StartThread(call.Bot, parent, type, draft, call.Message(parent), call.Reason));
    }

    private static RestAnswer StartPost(RestCall call, ChannelState forum)
    {
        var draft = ChannelForm.ReadThread(call, forum.Guild!, isNew: true, mayBePrivate: false);
        var faults = new FormRefusal();
        var form = call.Form(faults);
        if (!form.Has("message")) faults.Add("message", "BASE_TYPE_REQUIRED", "This field is required");
        faults.ThrowIfAny();
        var message = MessageForm.Read(form.Raw("message"), call.Files, forum, path: "message");
        var thread = call.World.StartPost(call.Bot, forum, draft, message, call.Reason);
        return Created(call, thread);
    }

    private static RestAnswer Created(RestCall call, ChannelState thread) => RestAnswer.Created(writer => call.Payloads.Channel(writer, thread, call.Bot));

    /// <summary>Needs the GUILD_MEMBERS intent.</summary>
    private static RestAnswer Members(RestCall call)
    {
        var thread = call.Thread();
        if (!call.Application.PrivilegedIntents.HasFlag(Intents.GuildMembers)) throw DiscordRefusal.MissingAccess();
        var (limit, after, with) = (call.Number("limit", 100, 1, 100), call.QueryId("after") ?? default, call.Asked("with_member"));
        var page = thread.Thread!.MemberIndex.Keys.Order().Where(id => !with || id > after);
        return RestAnswer.Ok(writer => Payloads.Array(writer, with ? page.Take(limit) : page, (to, id) => Payloads.ThreadMember(to, thread, id, MemberOf(thread, id, with))));
    }

    private static RestAnswer Member(RestCall call)
    {
        var thread = call.Thread();
        var user = call.User();
        if (!thread.Thread!.MemberIndex.ContainsKey(user.Id)) throw DiscordRefusal.NotFound(ErrorCode.UnknownMember, "Member");
        return RestAnswer.Ok(writer => Payloads.ThreadMember(writer, thread, user.Id, MemberOf(thread, user.Id, call.Asked("with_member"))));
    }

    private static MemberState? MemberOf(ChannelState thread, Snowflake user, bool wanted) => wanted ? thread.Guild!.MemberIndex.GetValueOrDefault(user) : null;

    private static RestAnswer Add(RestCall call)
    {
        call.World.AddThreadMember(call.Bot, call.Thread(), call.User());
        return RestAnswer.NoContent;
    }

    private static RestAnswer Remove(RestCall call)
    {
        call.World.RemoveThreadMember(call.Bot, call.Thread(), call.User());
        return RestAnswer.NoContent;
    }

    private static RestAnswer Archived(RestCall call, ChannelType type, bool joinedOnly)
    {
        var parent = call.GuildChannel();
        call.Demand(parent, Permissions.ReadMessageHistory);
        if (type == ChannelType.PrivateThread && !joinedOnly) call.Demand(parent, Permissions.ManageThreads);
        var limit = call.Number("limit", 100, 2, 100);
        var archived = parent.Children.Where(thread => thread.Thread is { Archived: true } && (thread.Type == ChannelType.PrivateThread) == (type == ChannelType.PrivateThread));
        if (joinedOnly)
        {
            var before = call.QueryId("before");
            archived = archived.Where(thread => thread.Thread!.MemberIndex.ContainsKey(call.Bot.Id) && (before is null || thread.Id < before)).OrderByDescending(thread => thread.Id);
        }
        else
        {
            var before = call.Query("before") is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : (DateTimeOffset?)null;
            archived = archived.Where(thread => before is null || thread.Thread!.ArchiveTimestamp < before).OrderByDescending(thread => thread.Thread!.ArchiveTimestamp).ThenByDescending(thread => thread.Id);
        }
        var page = archived.Take(limit + 1).ToList();
        return Page(call, page.Take(limit).ToList(), hasMore: page.Count > limit);
    }
}
