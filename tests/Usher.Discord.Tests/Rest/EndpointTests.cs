using System.Diagnostics.Metrics;
using System.Net;
using Usher.Discord.Model;
using Usher.Discord.Rest;
using Xunit;

namespace Usher.Discord.Tests.Rest;

public sealed class EndpointTests : IDisposable
{
    private static readonly Snowflake App = new(9), Guild = new(1), Channel = new(20), Message = new(30), User = new(11);
    private static readonly DateTimeOffset Moment = new(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(1));
    private readonly ScriptedDiscord _discord = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _discord.Dispose();

    public static TheoryData<string, string?, Func<DiscordRest, Task>> Calls => new()
    {
        { "GET /gateway/bot", null, rest => rest.GetGatewayBotAsync(Ct) },
        { "GET /users/@me", null, rest => rest.GetCurrentUserAsync(Ct) },
        { "GET /applications/@me", null, rest => rest.GetCurrentApplicationAsync(Ct) },
        { "POST /users/@me/channels", """{"recipient_id":"11"}""", rest => rest.CreateDmAsync(User, Ct) },
        { "GET /guilds/1", null, rest => rest.GetGuildAsync(Guild, Ct) },
        { "GET /guilds/1/channels", null, rest => rest.GetGuildChannelsAsync(Guild, Ct) },
        { "GET /guilds/1/roles", null, rest => rest.GetGuildRolesAsync(Guild, Ct) },
        { "GET /guilds/1/members/11", null, rest => rest.GetGuildMemberAsync(Guild, User, Ct) },
        { "GET /guilds/1/threads/active", null, rest => rest.GetActiveThreadsAsync(Guild, Ct) },
        { "GET /invites/a%2Fb", null, rest => rest.GetInviteAsync("a/b", Ct) },
        { "POST /guilds/1/channels", """{"name":"a","type":0,"parent_id":"5"}""", rest => rest.CreateChannelAsync(Guild, new() { Name = "a", Type = ChannelType.GuildText, ParentId = new Snowflake(5) }, null, Ct) },
        { "GET /channels/20", null, rest => rest.GetChannelAsync(Channel, Ct) },
        { "PATCH /channels/20", """{"archived":true,"locked":true}""", rest => rest.ModifyChannelAsync(Channel, new() { Archived = true, Locked = true }, null, Ct) },
        { "DELETE /channels/20", null, rest => rest.DeleteChannelAsync(Channel, null, Ct) },
        { "PUT /channels/20/permissions/11", """{"type":1,"allow":"1024","deny":"0"}""", rest => rest.EditOverwriteAsync(Channel, Overwrite.ForMember(User, Permissions.ViewChannel), null, Ct) },
        { "DELETE /channels/20/permissions/11", null, rest => rest.DeleteOverwriteAsync(Channel, User, null, Ct) },
        { "POST /channels/20/threads", """{"name":"a","type":12,"invitable":false}""", rest => rest.StartThreadAsync(Channel, new() { Name = "a", Type = ChannelType.PrivateThread, Invitable = false }, null, Ct) },
        { "POST /channels/20/threads", """{"name":"a","message":{"content":"b","allowed_mentions":{"parse":[]}}}""", rest => rest.StartPostAsync(Channel, new() { Name = "a", Message = new() { Content = "b" } }, null, null, Ct) },
        { "PUT /channels/20/thread-members/@me", null, rest => rest.JoinThreadAsync(Channel, Ct) },
        { "PUT /channels/20/thread-members/11", null, rest => rest.AddThreadMemberAsync(Channel, User, Ct) },
        { "DELETE /channels/20/thread-members/11", null, rest => rest.RemoveThreadMemberAsync(Channel, User, Ct) },
        { "GET /channels/20/thread-members/11", null, rest => rest.GetThreadMemberAsync(Channel, User, Ct) },
        { "GET /channels/20/thread-members", null, rest => rest.GetThreadMembersAsync(Channel, cancellationToken: Ct) },
        { "GET /channels/20/thread-members?with_member=true&after=11&limit=100", null, rest => rest.GetThreadMembersAsync(Channel, true, User, 100, Ct) },
        { "GET /channels/20/threads/archived/public", null, rest => rest.GetPublicArchivedThreadsAsync(Channel, cancellationToken: Ct) },
        { "GET /channels/20/threads/archived/private?before=2026-03-02T09%3A00%3A00.0000000Z&limit=50", null, rest => rest.GetPrivateArchivedThreadsAsync(Channel, Moment, 50, Ct) },
        { "PATCH /channels/20/messages/30", """{"content":null,"allowed_mentions":{"parse":[]}}""", rest => rest.EditMessageAsync(Channel, Message, new() { Content = null }, null, Ct) },
        { "GET /channels/20/messages/30", null, rest => rest.GetMessageAsync(Channel, Message, Ct) },
        { "GET /channels/20/messages?after=30&limit=100", null, rest => rest.GetMessagesAsync(Channel, after: Message, cancellationToken: Ct) },
        { "DELETE /channels/20/messages/30", null, rest => rest.DeleteMessageAsync(Channel, Message, null, Ct) },
        { "POST /interactions/5/t/callback?with_response=true", """{"type":4,"data":{"content":"a","allowed_mentions":{"parse":[]}}}""", rest => rest.RespondWithResultAsync(new(5), "t", InteractionResponse.Reply(new() { Content = "a" }), null, Ct) },
        { "GET /webhooks/9/t/messages/@original", null, rest => rest.GetOriginalResponseAsync(App, "t", Ct) },
        { "PATCH /webhooks/9/t/messages/@original", """{"content":"a","allowed_mentions":{"parse":[]}}""", rest => rest.EditOriginalResponseAsync(App, "t", new() { Content = "a" }, null, Ct) },
        { "DELETE /webhooks/9/t/messages/@original", null, rest => rest.DeleteOriginalResponseAsync(App, "t", Ct) },
        { "POST /webhooks/9/t", """{"content":"a","allowed_mentions":{"parse":[]},"flags":64}""", rest => rest.CreateFollowUpAsync(App, "t", new() { Content = "a", Flags = MessageFlags.Ephemeral }, null, Ct) },
        { "PATCH /webhooks/9/t/messages/30", """{"content":"a","allowed_mentions":{"parse":[]}}""", rest => rest.EditFollowUpAsync(App, "t", Message, new() { Content = "a" }, null, Ct) },
        { "GET /applications/9/commands?with_localizations=true", null, rest => rest.GetGlobalCommandsAsync(App, Ct) },
        { "GET /applications/9/guilds/1/commands?with_localizations=true", null, rest => rest.GetGuildCommandsAsync(App, Guild, Ct) },
        { "PUT /applications/9/commands", "[]", rest => rest.OverwriteGlobalCommandsAsync(App, [], Ct) },
        { "PUT /applications/9/guilds/1/commands", """[{"name":"ticket","description":"Tickets","default_member_permissions":"0"}]""", rest => rest.OverwriteGuildCommandsAsync(App, Guild, [new() { Name = "ticket", Description = "Tickets", DefaultMemberPermissions = Permissions.None }], Ct) },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Each_call_goes_where_discord_expects_it(string call, string? body, Func<DiscordRest, Task> send)
    {
        using var rest = _discord.Answers(HttpStatusCode.Conflict).Client();

        await Assert.ThrowsAsync<DiscordApiException>(() => send(rest));

        var sent = Assert.Single(_discord.Requests);
        Assert.Equal(call, $"{sent.Method} {sent.Path["/api/v10".Length..]}");
        Assert.Equal(body, sent.Body);
    }

    [Fact]
    public async Task What_is_measured_names_the_route_and_no_id_or_token()
    {
        var measured = new List<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, me) => { if (instrument.Name == "usher.discord.rest.calls") me.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            lock (measured) measured.Add(count + " " + string.Join(' ', tags.ToArray().Select(tag => tag.Value)));
        });
        listener.Start();
        using var rest = _discord.Answers(HttpStatusCode.Gone).Client();

        await Assert.ThrowsAsync<DiscordApiException>(() => rest.EditFollowUpAsync(App, "secret-token", Message, new(), null, Ct));

        lock (measured) Assert.Contains("1 PATCH /webhooks/{application}/{token}/messages/{message} 410", measured);
    }
}
