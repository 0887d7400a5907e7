using Usher.Discord.Json;
using Usher.Discord.Model;

namespace Usher.Discord.Rest;

public sealed partial class DiscordRest
{
    /// <summary>
    /// Starts a thread that hangs on no message. Not repeated after a failure in which it may have been started.
    /// <see href="https://discord.com/developers/docs/resources/channel#start-thread-without-message"/>
    /// </summary>
    /// <exception cref="DiscordUnknownOutcomeException">The thread may be there.</exception>
    public Task<Channel> StartThreadAsync(Snowflake channel, StartThreadRequest request, string? reason = null, CancellationToken cancellationToken = default) =>
        SendAsync(
            new(Route.Post("channels/{channel}/threads", channel)) { Json = Json(request, DiscordJson.Default.StartThreadRequest), Reason = reason },
            DiscordJson.Default.Channel,
            cancellationToken);

    /// <summary>
    /// Opens a post in a forum, with its first message. Not repeated after a failure in which it may have been opened.
    /// <see href="https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel"/>
    /// </summary>
    /// <exception cref="DiscordUnknownOutcomeException">The post may be there.</exception>
    public Task<Channel> StartPostAsync(
        Snowflake forum, StartPostRequest request, IReadOnlyList<UploadFile>? files = null, string? reason = null, CancellationToken cancellationToken = default)
    {
        var quiet = request with { Message = request.Message with { AllowedMentions = request.Message.AllowedMentions ?? AllowedMentions.None } };
        return SendAsync(
            new(Route.Post("channels/{channel}/threads", forum)) { Json = Json(quiet, DiscordJson.Default.StartPostRequest), Files = files ?? [], Reason = reason },
            DiscordJson.Default.Channel,
            cancellationToken);
    }

    /// <summary>Joins a thread. <see href="https://discord.com/developers/docs/resources/channel#join-thread"/></summary>
    public Task JoinThreadAsync(Snowflake thread, CancellationToken cancellationToken = default) =>
        SendAsync(new(Route.Put("channels/{channel}/thread-members/@me", thread)), cancellationToken);

    /// <summary>Adds somebody to a thread that is not archived. <see href="https://discord.com/developers/docs/resources/channel#add-thread-member"/></summary>
    public Task AddThreadMemberAsync(Snowflake thread, Snowflake user, CancellationToken cancellationToken = default) =>
        SendAsync(new(Route.Put("channels/{channel}/thread-members/{user}", thread, user)), cancellationToken);

    /// <summary>Takes somebody out of a thread that is not archived. <see href="https://discord.com/developers/docs/resources/channel#remove-thread-member"/></summary>
    public Task RemoveThreadMemberAsync(Snowflake thread, Snowflake user, CancellationToken cancellationToken = default) =>
        SendAsync(new(Route.Delete("channels/{channel}/thread-members/{user}", thread, user)), cancellationToken);

    /// <summary>Somebody in a thread; refused as gone when not in it. <see href="https://discord.com/developers/docs/resources/channel#get-thread-member"/></summary>
    public Task<ThreadMember> GetThreadMemberAsync(Snowflake thread, Snowflake user, CancellationToken cancellationToken = default) =>
        SendAsync(new(Route.Get("channels/{channel}/thread-members/{user}", thread, user)), DiscordJson.Default.ThreadMember, cancellationToken);

    /// <summary>
    /// Who is in a thread; needs the intent for members. Without <paramref name="withMembers"/> all come at once, with it a page of at most 100 after
    /// <paramref name="after"/>. <see href="https://discord.com/developers/docs/resources/channel#list-thread-members"/>
    /// </summary>
    public Task<IReadOnlyList<ThreadMember>> GetThreadMembersAsync(
        Snowflake thread, bool withMembers = false, Snowflake? after = null, int? limit = null, CancellationToken cancellationToken = default) =>
        SendAsync(
            new(Route.Get("channels/{channel}/thread-members", thread).Asking(("with_member", withMembers ? true : null), ("after", after), ("limit", limit))),
            DiscordJson.Default.IReadOnlyListThreadMember,
            cancellationToken);

    /// <summary>All active threads of a guild that the bot sees. <see href="https://discord.com/developers/docs/resources/guild#list-active-guild-threads"/></summary>
    public Task<ThreadList> GetActiveThreadsAsync(Snowflake guild, CancellationToken cancellationToken = default) =>
        SendAsync(new(Route.Get("guilds/{guild}/threads/active", guild)), DiscordJson.Default.ThreadList, cancellationToken);

    /// <summary>
    /// A channel's archived public threads, the last archived first. <see href="https://discord.com/developers/docs/resources/channel#list-public-archived-threads"/>
    /// </summary>
    public Task<ThreadList> GetPublicArchivedThreadsAsync(
        Snowflake channel, DateTimeOffset? before = null, int? limit = null, CancellationToken cancellationToken = default) =>
        SendAsync(
            new(Route.Get("channels/{channel}/threads/archived/public", channel).Asking(("before", before), ("limit", limit))),
            DiscordJson.Default.ThreadList,
            cancellationToken);

    /// <summary>
    /// A channel's archived private threads, the last archived first; needs <see cref="Permissions.ManageThreads"/>.
    /// <see href="https://discord.com/developers/docs/resources/channel#list-private-archived-threads"/>
    /// </summary>
    public Task<ThreadList> GetPrivateArchivedThreadsAsync(
        Snowflake channel, DateTimeOffset? before = null, int? limit = null, CancellationToken cancellationToken = default) =>
        SendAsync(
            new(Route.Get("channels/{channel}/threads/archived/private", channel).Asking(("before", before), ("limit", limit))),
            DiscordJson.Default.ThreadList,
            cancellationToken);
}
