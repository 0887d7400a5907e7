using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Tests;

public sealed class ThreadTests : Story
{
    private async Task<ChannelState> StartPrivate(string rest = "")
    {
        var reply = await Bot.Post($"/channels/{Harbour.SupportChannel.Id}/threads", $$"""{"name":"ticket 1","type":12{{rest}}}""");
        Assert.Equal(201, reply.Status);
        return World.FindChannel(Snowflake.Parse(reply.Text("id"), null))!;
    }

    [Fact]
    public async Task A_private_thread_is_seen_by_its_members_alone()
    {
        var thread = await StartPrivate();
        Assert.DoesNotContain(thread, Alice.Channels(Guild));
        Assert.Equal(204, (await Bot.Put($"/channels/{thread.Id}/thread-members/{Alice.User.Id}")).Status);
        Assert.Contains(thread, Alice.Channels(Guild));
        Assert.DoesNotContain(thread, Bob.Channels(Guild));
    }

    [Fact]
    public async Task A_mention_adds_to_a_private_thread_and_a_suppressed_one_does_not()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        var thread = await StartPrivate();
        await Bot.Post($"/channels/{thread.Id}/messages", $$"""{"content":"{{Alice.Mention}} {{Harbour.Support.Mention}}","allowed_mentions":{"users":["{{Alice.User.Id}}"] } }""");
        Assert.Contains(Alice.User.Id, thread.Thread!.Members);
        Assert.DoesNotContain(Bob.User.Id, thread.Thread.Members);
        await Bot.Post($"/channels/{thread.Id}/messages", $$"""{"content":"{{Harbour.Support.Mention}}","allowed_mentions":{"parse":["roles"]} }""");
        Assert.Contains(Bob.User.Id, thread.Thread.Members);
        Assert.Equal(1, (await socket.Event("THREAD_MEMBERS_UPDATE")).GetProperty("added_members").GetArrayLength());
        Assert.Equal(Alice.User.Id.ToString(), (await socket.Event("THREAD_MEMBERS_UPDATE")).GetProperty("added_members")[0].GetProperty("user_id").GetString());
    }

    [Fact]
    public async Task A_role_that_is_too_large_is_not_added_and_the_message_says_so()
    {
        for (var number = 0; number < 101; number++) World.Join(Guild, World.AddUser($"s{number}"), Harbour.Billing);
        var thread = await StartPrivate();
        var reply = await Bot.Post($"/channels/{thread.Id}/messages", $$"""{"content":"{{Harbour.Billing.Mention}}"}""");
        Assert.Equal((int)MessageFlags.FailedToMentionSomeRolesInThread, reply.Json.GetProperty("flags").GetInt32());
        Assert.Single(thread.Thread!.Members);
    }

    [Fact]
    public async Task A_message_brings_an_archived_thread_back_unless_it_is_locked()
    {
        var thread = await StartPrivate();
        await Bot.Put($"/channels/{thread.Id}/thread-members/{Alice.User.Id}");
        await Bot.Patch($"/channels/{thread.Id}", """{"archived":true}""");
        Assert.True(thread.Thread!.Archived);
        Alice.Types("still here", thread);
        Assert.False(thread.Thread.Archived);

        await Bot.Patch($"/channels/{thread.Id}", """{"archived":true,"locked":true}""");
        Assert.Equal(50083, Assert.Throws<DiscordRefusal>(() => Alice.Types("hello?", thread)).Code);
    }

    [Fact]
    public async Task An_archived_thread_refuses_changes_until_it_is_brought_back()
    {
        var thread = await StartPrivate();
        var message = (await Bot.Post($"/channels/{thread.Id}/messages", """{"content":"x"}""")).Text("id");
        await Bot.Patch($"/channels/{thread.Id}", """{"archived":true}""");
        Assert.Equal(50083, (await Bot.Patch($"/channels/{thread.Id}", """{"name":"new"}""")).Code);
        Assert.Equal(50083, (await Bot.Patch($"/channels/{thread.Id}/messages/{message}", """{"content":"y"}""")).Code);
        Assert.Equal(50083, (await Bot.Put($"/channels/{thread.Id}/thread-members/{Alice.User.Id}")).Code);
        Assert.Equal(204, (await Bot.Delete($"/channels/{thread.Id}/messages/{message}")).Status);
        Assert.Equal(200, (await Bot.Patch($"/channels/{thread.Id}", """{"archived":false,"name":"new"}""")).Status);
        Assert.Equal("new", thread.Name);
    }

    [Fact]
    public async Task A_silent_thread_archives_itself()
    {
        var thread = await StartPrivate(",\"auto_archive_duration\":60");
        Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(thread.Thread!.Archived);
        Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True(thread.Thread.Archived);
        var archived = await Bot.Get($"/channels/{Harbour.SupportChannel.Id}/threads/archived/private");
        Assert.Equal(1, archived.Json.GetProperty("threads").GetArrayLength());
    }

    [Fact]
    public async Task There_is_a_limit_of_active_threads()
    {
        Guild.MaximumActiveThreads = 1;
        var first = await StartPrivate();
        Assert.Equal(160006, (await Bot.Post($"/channels/{Harbour.SupportChannel.Id}/threads", """{"name":"second","type":12}""")).Code);
        await Bot.Patch($"/channels/{first.Id}", """{"archived":true}""");
        await StartPrivate();
        Assert.Equal(160006, (await Bot.Patch($"/channels/{first.Id}", """{"archived":false}""")).Code);
    }

    [Theory]
    [InlineData(Permissions.CreatePrivateThreads, 50013)]
    [InlineData(Permissions.ViewChannel, 50001)]
    public async Task Starting_one_needs_its_permission(Permissions denied, int code)
    {
        World.SetOverwrite(Harbour.SupportChannel, Harbour.Bot.Id, isMember: true, Permissions.None, denied);
        Assert.Equal(code, (await Bot.Post($"/channels/{Harbour.SupportChannel.Id}/threads", """{"name":"x","type":12}""")).Code);
    }

    [Fact]
    public async Task A_thread_from_a_message_bears_its_id_and_there_is_but_one()
    {
        var message = Alice.Types("start here", Harbour.General);
        var path = $"/channels/{Harbour.General.Id}/messages/{message.Id}/threads";
        Assert.Equal(message.Id.ToString(), (await Bot.Post(path, """{"name":"talk"}""")).Text("id"));
        Assert.Equal(160004, (await Bot.Post(path, """{"name":"talk"}""")).Code);
    }

    [Fact]
    public async Task A_member_who_leaves_the_guild_leaves_its_threads()
    {
        var thread = await StartPrivate();
        await Bot.Put($"/channels/{thread.Id}/thread-members/{Alice.User.Id}");
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        Alice.Leaves(Guild);
        Assert.Equal(Alice.User.Id.ToString(), (await socket.Event("THREAD_MEMBERS_UPDATE")).GetProperty("removed_member_ids")[0].GetString());
        await socket.Event("GUILD_MEMBER_REMOVE");
        Assert.Equal(10007, (await Bot.Put($"/channels/{thread.Id}/thread-members/{Alice.User.Id}")).Code);
    }

    [Fact]
    public async Task Deleting_a_thread_needs_to_manage_threads()
    {
        var thread = await StartPrivate();
        await Bot.Put($"/channels/{thread.Id}/thread-members/{Alice.User.Id}");
        Assert.Equal(50013, Assert.Throws<DiscordRefusal>(() => Alice.Deletes(thread)).Code);
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        Assert.Equal(200, (await Bot.Delete($"/channels/{thread.Id}")).Status);
        Assert.Equal(thread.Id.ToString(), (await socket.Event("THREAD_DELETE")).GetProperty("id").GetString());
        Assert.Equal(10003, (await Bot.Get($"/channels/{thread.Id}")).Code);
    }
}
