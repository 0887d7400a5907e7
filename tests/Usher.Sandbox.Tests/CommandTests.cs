using System.Text.Json;
using Usher.Sandbox.Cast;

namespace Usher.Sandbox.Tests;

public sealed class CommandTests : Story
{
    private string Path => $"/applications/{Harbour.Bot.Id}/guilds/{Guild.Id}/commands";

    [Theory]
    [InlineData("""{"name":"Upper","description":"d"}""")]
    [InlineData("""{"name":"has space","description":"d"}""")]
    [InlineData("""{"name":"ok"}""")]
    [InlineData("""{"name":"ok","description":"d","options":[{"type":3,"name":"a","description":"d"},{"type":3,"name":"b","description":"d","required":true}]}""")]
    [InlineData("""{"name":"ok","description":"d","options":[{"type":3,"name":"a","description":"d"},{"type":3,"name":"a","description":"d"}]}""")]
    [InlineData("""{"name":"ok","description":"d","options":[{"type":1,"name":"a","description":"d"},{"type":3,"name":"b","description":"d"}]}""")]
    [InlineData("""{"name":"ok","description":"d","name_localizations":{"xx":"ok"}}""")]
    [InlineData("""{"name":"ok","description":"d","name_localizations":{"fr":"Pas Bon"}}""")]
    [InlineData("""{"name":"Report","type":3,"description":"none allowed"}""")]
    public async Task A_malformed_command_is_50035(string body) => Assert.Equal(50035, (await Bot.Post(Path, body)).Code);

    [Fact]
    public async Task A_name_in_any_script_will_do()
    {
        Assert.Equal(201, (await Bot.Post(Path, """{"name":"fermer","description":"d","name_localizations":{"zh-TW":"關閉","fr":"fermer-é"}}""")).Status);
    }

    [Fact]
    public async Task The_same_name_again_replaces_and_an_overwrite_drops_the_rest()
    {
        var first = await Bot.Post(Path, """{"name":"a","description":"1"}""");
        var again = await Bot.Post(Path, """{"name":"a","description":"2"}""");
        Assert.Equal((201, 200), (first.Status, again.Status));
        Assert.Equal(first.Text("id"), again.Text("id"));
        var all = await Bot.Put(Path, """[{"name":"b","description":"d"}]""");
        Assert.Equal("b", Assert.Single(all.Json.EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(1, (await Bot.Get(Path)).Json.GetArrayLength());
        Assert.Equal(10063, (await Bot.Delete($"{Path}/{first.Text("id")}")).Code);
    }

    [Fact]
    public async Task Another_applications_commands_are_not_ones_own()
    {
        Assert.Equal(20012, (await Bot.Get("/applications/1/commands")).Code);
    }

    [Fact]
    public async Task A_sub_command_is_told_within_its_group()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        await Bot.Put(Path, """
            [{"name":"ticket","description":"d","options":[{"type":2,"name":"tag","description":"d","options":[
              {"type":1,"name":"add","description":"d","options":[{"type":3,"name":"name","description":"d","required":true}]}]}]}]
            """);
        _ = Bob.Runs("/ticket tag add", Harbour.General, ("name", "urgent"));
        var group = (await socket.Event("INTERACTION_CREATE")).GetProperty("data").GetProperty("options")[0];
        Assert.Equal((2, "tag"), (group.GetProperty("type").GetInt32(), group.GetProperty("name").GetString()));
        var inner = group.GetProperty("options")[0];
        Assert.Equal((1, "add"), (inner.GetProperty("type").GetInt32(), inner.GetProperty("name").GetString()));
        Assert.Equal("urgent", inner.GetProperty("options")[0].GetProperty("value").GetString());
    }

    [Fact]
    public async Task A_message_command_brings_its_message()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        await Bot.Put(Path, """[{"name":"Make a ticket","type":3}]""");
        var message = Alice.Types("please help", Harbour.General);
        _ = Bob.RunsOn(message, "Make a ticket");
        var data = (await socket.Event("INTERACTION_CREATE")).GetProperty("data");
        Assert.Equal("please help", data.GetProperty("resolved").GetProperty("messages").GetProperty(message.Id.ToString()).GetProperty("content").GetString());
    }

    [Fact]
    public async Task A_global_command_works_in_direct_messages_where_its_contexts_say_so()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        await Bot.Put($"/applications/{Harbour.Bot.Id}/commands", """[{"name":"here","description":"d","contexts":[0,1]},{"name":"guild","description":"d","contexts":[0]}]""");
        var dm = World.OpenDm(Alice.User, Harbour.Bot.Bot);
        Assert.Equal("here", Assert.Single(Alice.CommandsFor(dm)).Command.Name);
        _ = Alice.Runs("/here", dm);
        var interaction = await socket.Event("INTERACTION_CREATE");
        Assert.Equal(1, interaction.GetProperty("context").GetInt32());
        Assert.Equal(Alice.User.Id.ToString(), interaction.GetProperty("user").GetProperty("id").GetString());
    }

    [Fact]
    public async Task No_command_is_offered_in_an_archived_thread()
    {
        await Bot.Put(Path, """[{"name":"close","description":"d"}]""");
        var thread = (await Bot.Post($"/channels/{Harbour.SupportChannel.Id}/threads", """{"name":"t","type":11}""")).Text("id");
        await Bot.Patch($"/channels/{thread}", """{"archived":true}""");
        var channel = World.ThreadsOf(Harbour.SupportChannel).Single();
        Assert.Throws<NotOnScreenException>(() => { _ = Bob.Runs("/close", channel); });
    }
}
