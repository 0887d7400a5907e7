using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Tests;

public sealed class ChannelTests : Story
{
    private Task<Reply> Create(string rest = "") => Bot.Post($"/guilds/{Guild.Id}/channels", $$"""{"name":"ticket-1"{{rest}}}""");

    private string Overwrite(Snowflake id, int type, Permissions allow, Permissions deny = Permissions.None) =>
        $$"""{"id":"{{id}}","type":{{type}},"allow":"{{(ulong)allow}}","deny":"{{(ulong)deny}}"}""";

    [Fact]
    public async Task A_channel_begins_with_the_overwrites_of_its_category_unless_it_brings_its_own()
    {
        World.SetOverwrite(Harbour.Tickets, Guild.Id, isMember: false, Permissions.None, Permissions.ViewChannel);
        World.SetOverwrite(Harbour.Tickets, Harbour.Bot.Id, isMember: true, Permissions.ViewChannel, Permissions.None);
        var like = await Create($",\"parent_id\":\"{Harbour.Tickets.Id}\"");
        Assert.Equal(201, like.Status);
        Assert.Equal(2, like.Json.GetProperty("permission_overwrites").GetArrayLength());
        var own = await Create($",\"parent_id\":\"{Harbour.Tickets.Id}\",\"permission_overwrites\":[{Overwrite(Alice.User.Id, 1, Permissions.ViewChannel)}]");
        Assert.Equal(1, own.Json.GetProperty("permission_overwrites").GetArrayLength());
    }

    [Fact]
    public async Task The_51st_channel_of_a_category_is_refused_by_name()
    {
        for (var number = 0; number < 50; number++) World.AddChannel(Guild, $"c{number}", parent: Harbour.Tickets);
        var reply = await Create($",\"parent_id\":\"{Harbour.Tickets.Id}\"");
        Assert.Equal(50035, reply.Code);
        Assert.Equal("CHANNEL_PARENT_MAX_CHANNELS", reply.Json.GetProperty("errors").GetProperty("parent_id").GetProperty("_errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_501st_channel_of_a_guild_is_30013()
    {
        while (Guild.Channels.Count < 500) World.AddChannel(Guild, $"c{Guild.Channels.Count}");
        Assert.Equal(30013, (await Create()).Code);
    }

    [Theory]
    [InlineData("""{"name":""}""")]
    [InlineData("""{"name":"x","type":1}""")]
    [InlineData("""{"name":"x","parent_id":"1"}""")]
    [InlineData("""{"name":"x","rate_limit_per_user":21601}""")]
    [InlineData("""{"name":"x","permission_overwrites":[{"id":"1","type":0}]}""")]
    [InlineData("""{"topic":"nameless"}""")]
    public async Task A_malformed_channel_is_50035(string body)
    {
        Assert.Equal(50035, (await Bot.Post($"/guilds/{Guild.Id}/channels", body)).Code);
    }

    [Fact]
    public async Task What_the_box_does_not_model_is_501_and_in_the_journal()
    {
        var field = await Create(",\"default_sort_order\":1");
        Assert.Equal(501, field.Status);
        Assert.Equal(501, (await Bot.Get("/guilds/1/soundboard-sounds")).Status);
        Assert.Equal(2, Box.Journal.Unmodelleds.Count);
    }

    [Fact]
    public async Task Nobody_grants_what_they_do_not_have()
    {
        Assert.Equal(50013, (await Create($",\"permission_overwrites\":[{Overwrite(Alice.User.Id, 1, Permissions.BanMembers)}]")).Code);
        Assert.Equal(50013, (await Create($",\"permission_overwrites\":[{Overwrite(Alice.User.Id, 1, Permissions.ManageRoles)}]")).Code);
        Assert.Equal(201, (await Create($",\"permission_overwrites\":[{Overwrite(Alice.User.Id, 1, Permissions.ViewChannel)}]")).Status);
        var put = await Bot.Put($"/channels/{Harbour.General.Id}/permissions/{Alice.User.Id}", $$"""{"type":1,"allow":"{{(ulong)Permissions.BanMembers}}"}""");
        Assert.Equal(50013, put.Code);
    }

    [Fact]
    public async Task An_overwrite_shows_a_hidden_channel_and_taking_it_away_hides_it_again()
    {
        var path = $"/channels/{Harbour.StaffLog.Id}/permissions/{Alice.User.Id}";
        Assert.DoesNotContain(Harbour.StaffLog, Alice.Channels(Guild));
        Assert.Equal(204, (await Bot.Put(path, $$"""{"type":1,"allow":"{{(ulong)Permissions.ViewChannel}}","deny":"0"}""")).Status);
        Assert.Contains(Harbour.StaffLog, Alice.Channels(Guild));
        Assert.Equal(204, (await Bot.Delete(path)).Status);
        Assert.DoesNotContain(Harbour.StaffLog, Alice.Channels(Guild));
        Assert.Equal(10009, (await Bot.Delete(path)).Code);
    }

    [Fact]
    public async Task A_deleted_channel_takes_its_threads_along()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        var thread = (await Bot.Post($"/channels/{Harbour.SupportChannel.Id}/threads", """{"name":"t","type":12}""")).Text("id");
        Assert.Equal(200, (await Bot.Delete($"/channels/{Harbour.SupportChannel.Id}")).Status);
        await socket.Event("CHANNEL_DELETE");
        Assert.Equal(10003, (await Bot.Get($"/channels/{thread}")).Code);
        Assert.DoesNotContain(Guild.Threads, left => left.Parent == Harbour.SupportChannel);
    }

    [Fact]
    public async Task Losing_sight_of_a_channel_is_told_by_its_update()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        await socket.Event("GUILD_CREATE");
        World.SetOverwrite(Harbour.General, Harbour.Bot.Id, isMember: true, Permissions.None, Permissions.ViewChannel);
        Assert.Equal(Harbour.General.Id.ToString(), (await socket.Event("CHANNEL_UPDATE")).GetProperty("id").GetString());
        World.RenameChannel(Harbour.General, "hidden");
        World.RenameChannel(Harbour.Welcome, "hello");
        Assert.Equal("hello", (await socket.Event("CHANNEL_UPDATE")).GetProperty("name").GetString());
    }

    [Fact]
    public async Task An_audit_log_reason_is_kept_by_the_one_who_gave_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri(Box.ApiAddress, $"channels/{Harbour.General.Id}"));
        request.Headers.TryAddWithoutValidation("Authorization", "Bot " + Box.Token);
        request.Headers.TryAddWithoutValidation("X-Audit-Log-Reason", "Ticket%20closed");
        using var http = new HttpClient();
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal("Ticket closed", Guild.AuditLogEntries[^1].Reason);
        Assert.Equal(50013, (await Bot.Get($"/guilds/{Guild.Id}/audit-logs")).Code);
    }

    [Fact]
    public async Task Roles_are_given_only_from_above()
    {
        var path = $"/guilds/{Guild.Id}/members/{Alice.User.Id}/roles/";
        Assert.Equal(204, (await Bot.Put(path + Harbour.Support.Id)).Status);
        Assert.Contains(Harbour.Support, Guild.Members.Single(member => member.User == Alice.User).Roles);
        var above = World.AddRole(Guild, "Above all");
        Assert.Equal(50013, (await Bot.Put(path + above.Id)).Code);
        Assert.Equal(50028, (await Bot.Put(path + Guild.Roles.Single(role => role.ManagedBy is not null).Id)).Code);
    }

    [Fact]
    public async Task A_wrong_token_is_401_everywhere()
    {
        using var stranger = new TestBot(Box, "wrong");
        Assert.Equal(401, (await stranger.Get("/users/@me")).Status);
        using var nobody = new TestBot(Box, null);
        Assert.Equal(401, (await nobody.Get("/gateway/bot")).Status);
        Assert.Equal(200, (await nobody.Get("/gateway")).Status);
        World.ResetToken(Harbour.Bot);
        Assert.Equal(401, (await Bot.Get("/users/@me")).Status);
    }
}
