using System.Net;
using System.Text;
using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Tests;

public sealed class MessageTests : Story
{
    private string Messages => $"/channels/{Harbour.General.Id}/messages";

    [Theory]
    [InlineData("{}", 50006)]
    [InlineData("""{"content":""}""", 50006)]
    [InlineData("""{"content":5}""", 50035)]
    [InlineData("""{"flags":32768,"content":"x","components":[{"type":10,"content":"y"}]}""", 50035)]
    [InlineData("""{"flags":32768,"embeds":[{"title":"x"}],"components":[{"type":10,"content":"y"}]}""", 50035)]
    [InlineData("""{"flags":32768}""", 50035)]
    [InlineData("""{"components":[{"type":10,"content":"no flag"}]}""", 50035)]
    [InlineData("""{"content":"x","components":[{"type":1,"components":[]}]}""", 50035)]
    [InlineData("""{"content":"x","components":[{"type":1,"components":[{"type":2,"style":1,"label":"no id"}]}]}""", 50035)]
    [InlineData("""{"content":"x","components":[{"type":1,"components":[{"type":2,"style":1,"custom_id":"a","label":"1"},{"type":2,"style":1,"custom_id":"a","label":"2"}]}]}""", 50035)]
    [InlineData("""{"content":"x","components":[{"type":1,"components":[{"type":2,"style":5,"label":"link"}]}]}""", 50035)]
    [InlineData("""{"content":"x","components":[{"type":1,"components":[{"type":3,"custom_id":"a","options":[]}]}]}""", 50035)]
    [InlineData("""{"content":"x","allowed_mentions":{"parse":["users"],"users":["1"]}}""", 50035)]
    [InlineData("""{"content":"x","allowed_mentions":{"parse":["none"]}}""", 50035)]
    [InlineData("""{"content":"x","nonce":"12345678901234567890123456"}""", 50035)]
    [InlineData("""{"content":"x","embeds":[{"fields":[{"name":"","value":"v"}]}]}""", 50035)]
    [InlineData("""{"content":"x","message_reference":{"message_id":"1"}}""", 50035)]
    [InlineData("{", 50109)]
    public async Task A_malformed_message_is_refused_with_Discords_code(string body, int code)
    {
        var reply = await Bot.Post(Messages, body);
        Assert.Equal((400, code), (reply.Status, reply.Code));
        if (code == 50035) Assert.True(reply.Json.GetProperty("errors").EnumerateObject().Any());
        Assert.Empty(Harbour.General.Messages);
    }

    [Fact]
    public async Task A_fault_stands_at_its_path()
    {
        var reply = await Bot.Post(Messages, """{"content":"x","components":[{"type":1,"components":[{"type":2,"style":1,"label":"no id"}]}]}""");
        var fault = reply.Json.GetProperty("errors").GetProperty("components").GetProperty("0").GetProperty("components").GetProperty("0").GetProperty("custom_id").GetProperty("_errors")[0];
        Assert.Equal("BASE_TYPE_REQUIRED", fault.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(2000, 200)]
    [InlineData(2001, 400)]
    public async Task Content_has_at_most_2000_characters_counted_as_people_count(int length, int status)
    {
        // A character of two UTF-16 halves is one.
        var text = string.Concat(Enumerable.Repeat("\U0001F600", length));
        Assert.Equal(status, (await Bot.Post(Messages, $$"""{"content":"{{text}}"}""")).Status);
    }

    [Theory]
    [InlineData(40, 4000, 200)]
    [InlineData(41, 100, 400)]
    [InlineData(2, 4001, 400)]
    public async Task Components_V2_have_their_totals(int count, int characters, int status)
    {
        var texts = Enumerable.Range(0, count).Select(index => $$"""{"type":10,"content":"{{new string('x', index == 0 ? characters - (count - 1) : 1)}}"}""");
        var reply = await Bot.Post(Messages, $$"""{"flags":32768,"components":[{{string.Join(',', texts)}}]}""");
        Assert.Equal(status, reply.Status);
    }

    [Fact]
    public async Task Every_component_is_given_an_id_and_its_defaults()
    {
        var reply = await Bot.Post(Messages, """
            {"flags":32768,"components":[{"type":17,"components":[{"type":10,"content":"hi"},{"type":14},
              {"type":9,"components":[{"type":10,"content":"row"}],"accessory":{"type":2,"style":2,"label":"Go","custom_id":"go"}}]}]}
            """);
        Assert.Equal(200, reply.Status);
        var container = reply.Json.GetProperty("components")[0];
        Assert.Equal(1, container.GetProperty("id").GetInt32());
        Assert.Equal(JsonValueKind.Null, container.GetProperty("accent_color").ValueKind);
        Assert.True(container.GetProperty("components")[1].GetProperty("divider").GetBoolean());
        Assert.True(container.GetProperty("components")[2].GetProperty("accessory").GetProperty("id").GetInt32() > 0);
    }

    [Fact]
    public async Task The_same_nonce_is_the_same_message_when_it_is_enforced()
    {
        var first = await Bot.Post(Messages, """{"content":"once","nonce":"n-1","enforce_nonce":true}""");
        var again = await Bot.Post(Messages, """{"content":"once","nonce":"n-1","enforce_nonce":true}""");
        Assert.Equal(first.Text("id"), again.Text("id"));
        Assert.Single(Harbour.General.Messages);
        Clock.Advance(TimeSpan.FromMinutes(10));
        await Bot.Post(Messages, """{"content":"once","nonce":"n-1","enforce_nonce":true}""");
        Assert.Equal(2, Harbour.General.Messages.Count);
    }

    [Fact]
    public async Task A_file_is_uploaded_and_fetched_by_its_address()
    {
        var reply = await Bot.Upload(Messages, """{"content":"see","attachments":[{"id":0,"description":"a note"}]}""", ("note one.txt", "hello"u8.ToArray()));
        Assert.Equal(200, reply.Status);
        var file = reply.Json.GetProperty("attachments")[0];
        Assert.Equal("a note", file.GetProperty("description").GetString());
        Assert.Equal(5, file.GetProperty("size").GetInt32());
        using var http = new HttpClient();
        Assert.Equal("hello", await http.GetStringAsync(file.GetProperty("url").GetString(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_component_shows_an_uploaded_file_and_none_other()
    {
        const string body = """{"flags":32768,"components":[{"type":13,"file":{"url":"attachment://a.html"}}]}""";
        var missing = await Bot.Post(Messages, body);
        Assert.Equal((400, 50035), (missing.Status, missing.Code));
        var reply = await Bot.Upload(Messages, body, ("a.html", "<b>hi</b>"u8.ToArray()));
        Assert.Equal(200, reply.Status);
        var file = reply.Json.GetProperty("components")[0];
        Assert.Equal("a.html", file.GetProperty("name").GetString());
        Assert.StartsWith(Box.Address, file.GetProperty("file").GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_over_the_limit_is_40005()
    {
        await using var box = await Box.StartAsync(new BoxOptions { Time = Clock, RateLimits = false, LargestFile = 1000 }, TestContext.Current.CancellationToken);
        using var bot = new TestBot(box);
        var reply = await bot.Upload($"/channels/{box.Harbour.General.Id}/messages", "{}", ("big.bin", new byte[1001]));
        Assert.Equal((413, 40005), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Messages_are_listed_around_before_and_after()
    {
        var ids = Enumerable.Range(0, 10).Select(number => Alice.Types($"{number}", Harbour.General).Id).ToList();
        async Task<string> Texts(string query) => string.Concat((await Bot.Get(Messages + query)).Json.EnumerateArray().Select(message => message.GetProperty("content").GetString()));
        Assert.Equal("9876543210", await Texts(""));
        Assert.Equal("43", await Texts($"?before={ids[5]}&limit=2"));
        Assert.Equal("76", await Texts($"?after={ids[5]}&limit=2"));
        Assert.Equal("765", await Texts($"?around={ids[6]}&limit=3"));
        Assert.Equal(400, (await Bot.Get(Messages + "?limit=101")).Status);
    }

    [Fact]
    public async Task Ephemeral_messages_are_not_in_the_list_and_cannot_be_fetched()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        await PostButton(Harbour.General);
        _ = Alice.Clicks("Press", Harbour.General);
        await Bot.Post(CallbackOf(await socket.Event("INTERACTION_CREATE")), """{"type":4,"data":{"content":"psst","flags":64}}""");
        Assert.Equal(1, (await Bot.Get(Messages)).Json.GetArrayLength());
        Assert.Equal(10008, (await Bot.Get($"{Messages}/{Harbour.General.Messages[^1].Id}")).Code);
    }

    [Fact]
    public async Task Anothers_message_cannot_be_edited_and_an_own_one_can()
    {
        var other = Alice.Types("mine", Harbour.General);
        Assert.Equal(50005, (await Bot.Patch($"{Messages}/{other.Id}", """{"content":"no"}""")).Code);
        var own = await Bot.Post(Messages, """{"content":"first"}""");
        var edited = await Bot.Patch($"{Messages}/{own.Text("id")}", """{"content":"second"}""");
        Assert.Equal("second", edited.Text("content"));
        Assert.NotNull(edited.Json.GetProperty("edited_timestamp").GetString());
    }

    [Theory]
    [InlineData(Permissions.ViewChannel, 50001)]
    [InlineData(Permissions.SendMessages, 50013)]
    [InlineData(Permissions.AttachFiles, 50013)]
    public async Task What_the_bot_may_not_is_refused(Permissions denied, int code)
    {
        World.SetOverwrite(Harbour.General, Harbour.Bot.Id, isMember: true, Permissions.None, denied);
        var reply = await Bot.Upload(Messages, """{"content":"x"}""", ("a.txt", [1]));
        Assert.Equal((403, code), (reply.Status, reply.Code));
    }

    [Theory]
    [InlineData("""{"parse":[]}""", false, false)]
    [InlineData("""{"parse":["users"]}""", true, false)]
    [InlineData("""{"parse":["roles"]}""", false, true)]
    [InlineData("""{"users":["$"]}""", true, false)]
    [InlineData(null, true, true)]
    public async Task Only_allowed_mentions_ping(string? allowed, bool pingsAlice, bool pingsBob)
    {
        var rest = allowed is null ? "" : ",\"allowed_mentions\":" + allowed.Replace("$", Alice.User.Id.ToString(), StringComparison.Ordinal);
        var reply = await Bot.Post(Messages, $$"""{"content":"{{Alice.Mention}} {{Harbour.Support.Mention}}"{{rest}}}""");
        Assert.Equal(200, reply.Status);
        var message = Harbour.General.Messages[^1];
        Assert.Equal((pingsAlice, pingsBob), (message.Pings.Contains(Alice.User.Id), message.Pings.Contains(Bob.User.Id)));
        Assert.Equal(pingsAlice, reply.Json.GetProperty("mentions").GetArrayLength() == 1);
    }

    [Fact]
    public void A_member_cannot_ping_a_role_that_is_not_mentionable_nor_everyone()
    {
        var message = Alice.Types($"{Harbour.Support.Mention} @everyone", Harbour.General);
        Assert.Empty(message.Pings);
        World.EditRole(Harbour.Support, mentionable: true);
        Assert.Equal(2, Alice.Types(Harbour.Support.Mention, Harbour.General).Pings.Count);
    }

    [Fact]
    public async Task Closed_direct_messages_are_50007()
    {
        var dm = await Bot.Post("/users/@me/channels", $$"""{"recipient_id":"{{Alice.User.Id}}"}""");
        Assert.Equal(200, (await Bot.Post($"/channels/{dm.Text("id")}/messages", """{"content":"hello"}""")).Status);
        Assert.Equal("hello", Assert.Single(Alice.DirectMessages(Harbour.Bot.Bot)).Content);
        Alice.ClosesDms();
        Assert.Equal(50007, (await Bot.Post($"/channels/{dm.Text("id")}/messages", """{"content":"hello?"}""")).Code);
        Alice.OpensDms();
        Alice.Leaves(Guild);
        Assert.Equal(50278, (await Bot.Post($"/channels/{dm.Text("id")}/messages", """{"content":"hello?"}""")).Code);
    }

    [Fact]
    public async Task Bulk_deletion_takes_two_to_a_hundred_young_messages()
    {
        var messages = Enumerable.Range(0, 3).Select(_ => Alice.Types("x", Harbour.General)).ToList();
        Assert.Equal(50016, (await Bot.Post(Messages + "/bulk-delete", $$"""{"messages":["{{messages[0].Id}}"]}""")).Code);
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        Assert.Equal(204, (await Bot.Post(Messages + "/bulk-delete", $$"""{"messages":["{{messages[0].Id}}","{{messages[1].Id}}"]}""")).Status);
        Assert.Equal(2, (await socket.Event("MESSAGE_DELETE_BULK")).GetProperty("ids").GetArrayLength());
        Assert.Same(messages[2], Assert.Single(Harbour.General.Messages));
    }

    [Fact]
    public async Task An_edit_may_turn_a_message_into_Components_V2_only_without_content()
    {
        var own = (await Bot.Post(Messages, """{"content":"text"}""")).Text("id");
        Assert.Equal(50035, (await Bot.Patch($"{Messages}/{own}", """{"flags":32768,"components":[{"type":10,"content":"v2"}]}""")).Code);
        Assert.Equal(200, (await Bot.Patch($"{Messages}/{own}", """{"flags":32768,"content":null,"components":[{"type":10,"content":"v2"}]}""")).Status);
        Assert.Equal(50035, (await Bot.Patch($"{Messages}/{own}", """{"content":"back"}""")).Code);
    }
}
