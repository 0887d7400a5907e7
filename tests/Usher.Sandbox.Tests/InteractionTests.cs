using System.Text.Json;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Tests;

public sealed class InteractionTests : Story
{
    [Fact]
    public async Task A_click_is_told_and_its_answer_is_on_the_screen_of_who_clicked_alone()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        await PostButton(Harbour.General);
        var click = Alice.Clicks("Press", Harbour.General);
        var interaction = await socket.Event("INTERACTION_CREATE");
        Assert.Equal(3, interaction.GetProperty("type").GetInt32());
        Assert.Equal("press", interaction.GetProperty("data").GetProperty("custom_id").GetString());
        Assert.Equal(Alice.User.Id.ToString(), interaction.GetProperty("member").GetProperty("user").GetProperty("id").GetString());

        var reply = await Bot.Post(CallbackOf(interaction), """{"type":4,"data":{"content":"just for you","flags":64}}""");
        Assert.Equal(204, reply.Status);
        var asked = await click;
        Assert.Equal("just for you", asked.Text);
        Assert.True(asked.IsPrivate);
        Assert.Contains(Alice.Sees(Harbour.General), message => message.Content == "just for you");
        Assert.DoesNotContain(Bob.Sees(Harbour.General), message => message.Content == "just for you");
        var whisper = await socket.Event("MESSAGE_CREATE");
        Assert.False(whisper.TryGetProperty("guild_id", out _));
    }

    [Fact]
    public async Task A_click_after_three_seconds_fails_as_in_Discord()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        await PostButton(Harbour.General);
        var click = Alice.Clicks("Press", Harbour.General);
        var interaction = await socket.Event("INTERACTION_CREATE");
        Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.True((await click).Failed);
        var late = await Bot.Post(CallbackOf(interaction), """{"type":6}""");
        Assert.Equal((404, 10062), (late.Status, late.Code));
    }

    [Fact]
    public async Task A_second_answer_is_refused_and_noted()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        await PostButton(Harbour.General);
        _ = Alice.Clicks("Press", Harbour.General);
        var interaction = await socket.Event("INTERACTION_CREATE");
        Assert.Equal(204, (await Bot.Post(CallbackOf(interaction), """{"type":6}""")).Status);
        var second = await Bot.Post(CallbackOf(interaction), """{"type":6}""");
        Assert.Equal((400, 40060), (second.Status, second.Code));
        Assert.Contains(Box.Journal.Violations, violation => violation.What.Contains("twice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deferred_answer_loads_until_the_original_is_edited()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        await PostButton(Harbour.General);
        var click = Alice.Clicks("Press", Harbour.General);
        var interaction = await socket.Event("INTERACTION_CREATE");
        var deferred = await Bot.Post(CallbackOf(interaction) + "?with_response=true", """{"type":5,"data":{"flags":64}}""");
        Assert.Equal(200, deferred.Status);
        Assert.True(deferred.Json.GetProperty("interaction").GetProperty("response_message_loading").GetBoolean());
        var asked = await click;
        Assert.Equal("", asked.Text);

        Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(200, (await Bot.Patch(WebhookOf(interaction) + "/messages/@original", """{"content":"done"}""")).Status);
        Assert.Equal("done", asked.Text);
        Assert.True(asked.IsPrivate);
        var followUp = await Bot.Post(WebhookOf(interaction), """{"content":"and more"}""");
        Assert.Equal(200, followUp.Status);
        Assert.Equal(["done", "and more"], asked.Answers);

        Clock.Advance(TimeSpan.FromMinutes(1));
        var late = await Bot.Post(WebhookOf(interaction), """{"content":"too late"}""");
        Assert.Equal((401, 50027), (late.Status, late.Code));
    }

    [Fact]
    public async Task A_follow_up_before_the_first_answer_has_no_webhook()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        await PostButton(Harbour.General);
        _ = Alice.Clicks("Press", Harbour.General);
        var interaction = await socket.Event("INTERACTION_CREATE");
        var early = await Bot.Post(WebhookOf(interaction), """{"content":"early"}""");
        Assert.Equal((404, 10015), (early.Status, early.Code));
    }

    [Fact]
    public async Task A_modal_is_filled_in_and_comes_back_as_an_interaction()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        await PostButton(Harbour.General);
        var click = Alice.Clicks("Press", Harbour.General);
        var interaction = await socket.Event("INTERACTION_CREATE");
        var reply = await Bot.Post(CallbackOf(interaction), """
            {"type":9,"data":{"custom_id":"form","title":"A form","components":[
              {"type":18,"label":"What happened?","component":{"type":4,"custom_id":"what","style":2,"min_length":3}},
              {"type":18,"label":"Where?","component":{"type":3,"custom_id":"where","options":[{"label":"Here","value":"h"},{"label":"There","value":"t"}]}}]}}
            """);
        Assert.Equal(204, reply.Status);
        Assert.NotNull((await click).Modal);

        var submit = Alice.Fills(("What happened?", "It broke"), ("Where?", "t"));
        var handed = await socket.Event("INTERACTION_CREATE");
        Assert.Equal(5, handed.GetProperty("type").GetInt32());
        Assert.Equal("form", handed.GetProperty("data").GetProperty("custom_id").GetString());
        var first = handed.GetProperty("data").GetProperty("components")[0];
        Assert.Equal("It broke", first.GetProperty("component").GetProperty("value").GetString());
        Assert.Equal("t", handed.GetProperty("data").GetProperty("components")[1].GetProperty("component").GetProperty("values")[0].GetString());
        Assert.True(handed.TryGetProperty("message", out _));
        Assert.Equal(204, (await Bot.Post(CallbackOf(handed), """{"type":4,"data":{"content":"thanks"}}""")).Status);
        Assert.Equal("thanks", (await submit).Text);
    }

    [Fact]
    public async Task A_modal_cannot_answer_a_modal()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        await PostButton(Harbour.General);
        const string form = """{"type":9,"data":{"custom_id":"form","title":"A form","components":[{"type":18,"label":"What?","component":{"type":4,"custom_id":"what","style":1}}]}}""";
        var click = Alice.Clicks("Press", Harbour.General);
        await Bot.Post(CallbackOf(await socket.Event("INTERACTION_CREATE")), form);
        await click;
        _ = Alice.Fills(("What?", "this"));
        var again = await Bot.Post(CallbackOf(await socket.Event("INTERACTION_CREATE")), form);
        Assert.Equal((400, 50035), (again.Status, again.Code));
    }

    [Fact]
    public async Task An_update_changes_the_message_that_was_clicked()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        var panel = await PostButton(Harbour.General);
        var click = Alice.Clicks("Press", Harbour.General);
        var interaction = await socket.Event("INTERACTION_CREATE");
        await Bot.Post(CallbackOf(interaction), """{"type":7,"data":{"content":"changed","components":[]}}""");
        await click;
        Assert.Equal("changed", panel.Content);
        Assert.Empty(Person.ComponentsOf(panel));
        Assert.Equal("changed", (await socket.Event("MESSAGE_UPDATE")).GetProperty("content").GetString());
    }

    [Fact]
    public async Task A_slash_command_is_offered_by_its_default_permissions_and_run_with_options()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        var made = await Bot.Put($"/applications/{Harbour.Bot.Id}/guilds/{Guild.Id}/commands", """
            [{"name":"close","description":"Close it","options":[{"type":3,"name":"reason","description":"Why"},{"type":6,"name":"who","description":"Who"}]},
             {"name":"admin","description":"For administrators","default_member_permissions":"0"}]
            """);
        Assert.Equal(200, made.Status);
        Assert.Throws<NotOnScreenException>(() => Alice.Runs("/admin", Harbour.General).GetAwaiter().GetResult());
        _ = Box.Cast["Erin"].Runs("/admin", Harbour.General);
        Assert.Equal("admin", (await socket.Event("INTERACTION_CREATE")).GetProperty("data").GetProperty("name").GetString());

        _ = Alice.Runs("/close", Harbour.General, ("reason", "solved"), ("who", Bob.Mention));
        var data = (await socket.Event("INTERACTION_CREATE")).GetProperty("data");
        Assert.Equal("solved", data.GetProperty("options")[0].GetProperty("value").GetString());
        Assert.Equal("bob", data.GetProperty("resolved").GetProperty("users").GetProperty(Bob.User.Id.ToString()).GetProperty("username").GetString());
    }

    [Fact]
    public async Task A_button_that_is_not_on_the_screen_cannot_be_clicked()
    {
        await PostButton(Harbour.StaffLog);
        await Assert.ThrowsAsync<NotOnScreenException>(() => Alice.Clicks("Press", Harbour.StaffLog));
    }

    [Fact]
    public async Task A_click_while_the_bot_is_away_fails_after_three_seconds()
    {
        await PostButton(Harbour.General);
        var click = Alice.Clicks("Press", Harbour.General);
        Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.True((await click).Failed);
    }
}
