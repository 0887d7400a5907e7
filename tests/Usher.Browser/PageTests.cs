using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Usher.Discord.Model;
using Usher.Sandbox.World;
using static Microsoft.Playwright.Assertions;

namespace Usher.Browser;

/// <summary>The page as people use it.</summary>
public sealed class PageTests(Chromium chromium) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Stage _stage = new(chromium);

    public ValueTask InitializeAsync() => _stage.InitializeAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_message_with_a_file_is_written_shown_and_kept_with_its_bytes()
    {
        var page = await _stage.OpenAsync("alice", _stage.General);
        await page.Locator(".composer input[type=file]").SetInputFilesAsync(new FilePayload { Name = "log.txt", MimeType = "text/plain", Buffer = "it broke"u8.ToArray() });
        await Composer(page).FillAsync("Here is **the log**");
        await Composer(page).PressAsync("Enter");

        var message = Message(page, "Here is the log");
        await Expect(message.Locator("strong")).ToHaveTextAsync("the log");
        await Expect(message.GetByRole(AriaRole.Link, new() { Name = "log.txt", Exact = true })).ToBeVisibleAsync();
        var kept = Assert.Single(_stage.General.Messages);
        Assert.Equal("it broke", Encoding.UTF8.GetString(Assert.Single(kept.Attachments).Bytes.Span));
        await Expect(Composer(page)).ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_button_that_links_to_a_channel_leads_there_without_leaving_the_page()
    {
        await _stage.PostAsync(_stage.Help, Cards.LinkTo($"https://discord.com/channels/{_stage.General.Guild!.Id}/{_stage.General.Id}"));
        var page = await _stage.OpenAsync("alice", _stage.Help);

        await page.GetByRole(AriaRole.Link, new() { Name = "Go there" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"channel={_stage.General.Id}"));
        Assert.Single(page.Context.Pages);
    }

    [Fact]
    public async Task What_one_person_writes_another_window_shows_at_once()
    {
        var alice = await _stage.OpenAsync("alice", _stage.General);
        var bob = await _stage.OpenAsync("bob", _stage.General);
        await Composer(alice).PressSequentiallyAsync("Hello");
        await Expect(bob.Locator(".typing")).ToContainTextAsync("Alice is typing");
        await Composer(alice).PressAsync("Enter");

        await Expect(Message(bob, "Hello")).ToBeVisibleAsync();
        await Expect(bob.Locator(".typing")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task The_member_list_makes_way_when_the_window_narrows()
    {
        var page = await _stage.OpenAsync("alice", _stage.General);
        await Expect(page.Locator("#members")).ToBeVisibleAsync();
        await page.SetViewportSizeAsync(800, 700);
        await Expect(page.Locator("#members")).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Member list" }).ClickAsync();
        await Expect(page.Locator("#members")).ToBeVisibleAsync();
        await page.SetViewportSizeAsync(1280, 700);
        await Expect(page.Locator("#members")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_form_insists_on_what_it_requires_and_is_handed_in()
    {
        InteractionState? handedIn = null;
        _stage.Answers = interaction =>
        {
            if (interaction.Type == 3) return Cards.Form();
            handedIn = interaction;
            return Cards.Say("Thank you");
        };
        await _stage.PostAsync(_stage.Help, Cards.Panel());
        var page = await _stage.OpenAsync("alice", _stage.Help);
        await page.GetByRole(AriaRole.Button, new() { Name = "Open a form" }).ClickAsync();
        var form = page.GetByRole(AriaRole.Dialog, new() { Name = "Tell us more" });
        await form.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
        await Expect(form.GetByText("This field is required.")).ToBeVisibleAsync();
        await Expect(form.GetByText("Choose one.")).ToBeVisibleAsync();
        Assert.Null(handedIn);

        await form.GetByLabel("Subject").FillAsync("A leak");
        await Expect(form.GetByText("This field is required.")).ToBeHiddenAsync();
        await Expect(form.GetByLabel("Subject")).ToHaveAttributeAsync("aria-invalid", "false");
        await form.GetByRole(AriaRole.Radio, new() { Name = "Very" }).CheckAsync(new() { Force = true });
        await Expect(form.GetByText("Choose one.")).ToBeHiddenAsync();
        await form.GetByRole(AriaRole.Combobox, new() { Name = "Which boat?" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Ferry" }).ClickAsync();
        await form.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "leak.txt", MimeType = "text/plain", Buffer = "drip"u8.ToArray() });
        await form.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();

        await Expect(Message(page, "Thank you")).ToBeVisibleAsync();
        await Expect(form).ToBeHiddenAsync();
        var answers = handedIn!.Data.GetProperty("components").EnumerateArray().Where(row => row.GetProperty("type").GetInt32() == 18).Select(row => row.GetProperty("component")).ToList();
        Assert.Equal("A leak", answers[0].GetProperty("value").GetString());
        Assert.Equal("high", answers[1].GetProperty("value").GetString());
        Assert.Equal("ferry", answers[2].GetProperty("values")[0].GetString());
        var file = answers[3].GetProperty("values")[0].GetString()!;
        Assert.Equal("leak.txt", handedIn.Data.GetProperty("resolved").GetProperty("attachments").GetProperty(file).GetProperty("filename").GetString());
    }

    [Fact]
    public async Task A_choice_in_a_select_is_told_to_the_bot_which_changes_the_message()
    {
        _stage.Answers = interaction => Cards.Become($"You chose {interaction.Data.GetProperty("values")[0].GetString()}");
        await _stage.PostAsync(_stage.Help, Cards.Panel());
        var page = await _stage.OpenAsync("alice", _stage.Help);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Which product?" }).FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");

        await Expect(Message(page, "You chose anchor")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Which product?" })).ToBeHiddenAsync();
    }

    [Fact]
    public async Task An_ephemeral_answer_is_seen_by_one_person_and_can_be_put_away()
    {
        _stage.Answers = _ => Cards.Say("Only for you", Cards.Ephemeral);
        await _stage.PostAsync(_stage.Help, Cards.Panel());
        var bob = await _stage.OpenAsync("bob", _stage.Help);
        var alice = await _stage.OpenAsync("alice", _stage.Help);
        await alice.GetByRole(AriaRole.Button, new() { Name = "Whisper" }).ClickAsync();
        await Expect(Message(alice, "Only for you")).ToContainTextAsync("Only you can see this");
        await Expect(Message(bob, "Only for you")).ToHaveCountAsync(0);

        await alice.GetByRole(AriaRole.Button, new() { Name = "Dismiss message" }).ClickAsync();
        await Expect(Message(alice, "Only for you")).ToHaveCountAsync(0);
        await alice.ReloadAsync();
        await Expect(alice.GetByRole(AriaRole.Button, new() { Name = "Whisper" })).ToBeVisibleAsync();
        await Expect(Message(alice, "Only for you")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_button_that_nobody_answers_fails_after_three_seconds_as_in_Discord()
    {
        var asked = Signal();
        _stage.Answers = _ =>
        {
            asked.TrySetResult();
            return null;
        };
        await _stage.PostAsync(_stage.Help, Cards.Panel());
        var page = await _stage.OpenAsync("alice", _stage.Help);
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Say nothing" });
        await button.ClickAsync();
        await Expect(button).ToHaveAttributeAsync("aria-busy", "true");
        await Expect(page.Locator(".interaction-failed")).ToHaveCountAsync(0);
        // The three seconds begin when the click has reached the box.
        await Come(asked);

        _stage.Clock.Advance(TimeSpan.FromSeconds(3));
        await Expect(page.Locator(".interaction-failed")).ToHaveTextAsync("This interaction failed");
        await Expect(button).Not.ToHaveAttributeAsync("aria-busy", "true");
    }

    [Fact]
    public async Task Each_person_sees_what_Discord_would_show_them()
    {
        var page = await _stage.OpenAsync("alice", _stage.General);
        await Expect(Channel(page, "staff-log")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Options of general" })).ToHaveCountAsync(0);

        await Person(page, "Bob").ClickAsync();
        await Expect(Channel(page, "staff-log")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync($"{_stage.Box.Address}/?as=bob&channel={_stage.General.Id}");

        await Person(page, "Erin").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Options of general" })).ToHaveCountAsync(1);
        await page.GoBackAsync();
        await Expect(Person(page, "Bob")).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task Where_one_may_not_write_the_composer_says_so()
    {
        var page = await _stage.OpenAsync("alice", _stage.Help);
        await Expect(Composer(page)).ToBeDisabledAsync();
        await Expect(Composer(page)).ToHaveAttributeAsync("placeholder", "You do not have permission to send messages in this channel.");
    }

    [Fact]
    public async Task A_direct_message_shows_a_badge_and_can_be_answered()
    {
        var page = await _stage.OpenAsync("alice", _stage.General);
        var direct = await _stage.OpenDirectAsync("Alice");
        await _stage.PostAsync(direct, new JsonObject { ["content"] = "Your ticket was closed" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Direct Messages, 1 mention" }).ClickAsync();
        await page.Locator(".direct-link").ClickAsync();
        await Expect(Message(page, "Your ticket was closed")).ToBeVisibleAsync();
        await Composer(page).FillAsync("Thanks!");
        await Composer(page).PressAsync("Enter");

        await Expect(Message(page, "Thanks!")).ToBeVisibleAsync();
        Assert.Equal("Thanks!", direct.Messages[^1].Content);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Direct Messages", Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_written_changed_or_deleted_while_the_messages_are_being_read_is_not_lost()
    {
        var bob = _stage.Box.Cast["Bob"];
        var (kept, gone) = (bob.Types("The first draft", _stage.General), bob.Types("A slip of the tongue", _stage.General));
        var page = await _stage.OpenAsync("alice", _stage.Welcome);
        var (read, shown) = await HoldAsync(page, $"**/channels/{_stage.General.Id}/messages*");
        await page.GetByRole(AriaRole.Button, new() { Name = "general, text channel" }).ClickAsync();
        await Come(read);

        bob.Edits(kept, "The last word");
        bob.Deletes(gone);
        bob.Types("Written meanwhile", _stage.General);
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Bob: Written meanwhile");
        shown.SetResult();

        await Expect(Message(page, "Written meanwhile")).ToBeVisibleAsync();
        await Expect(Message(page, "The last word")).ToBeVisibleAsync();
        await Expect(Message(page, "A slip of the tongue")).ToHaveCountAsync(0);
        await Expect(Message(page, "The first draft")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task When_what_one_may_see_changes_the_page_reads_anew_and_stays_where_it_is()
    {
        _stage.Box.Cast["Bob"].Types("Ahoy", _stage.General);
        var page = await _stage.OpenAsync("alice", _stage.General);
        await Expect(Message(page, "Ahoy")).ToBeVisibleAsync();

        _stage.Box.World.GiveRole(_stage.Guild.Members.Single(member => member.User.Username == "alice"), _stage.Box.World.AddRole(_stage.Guild, "Lighthouse"));
        _stage.Box.Cast["Bob"].Types("Still here?", _stage.General);

        await Expect(Message(page, "Still here?")).ToBeVisibleAsync();
        await Expect(Message(page, "Ahoy")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Complementary, new() { Name = "Members" })).ToContainTextAsync("Alice");
    }

    [Fact]
    public async Task A_message_is_replied_to_edited_and_deleted()
    {
        var page = await _stage.OpenAsync("alice", _stage.General);
        _stage.Box.Cast["Bob"].Types("Who has the key?", _stage.General);
        await Message(page, "Who has the key?").HoverAsync();
        await Message(page, "Who has the key?").GetByRole(AriaRole.Button, new() { Name = "Reply" }).ClickAsync();
        await Expect(page.GetByText("Replying to Bob")).ToBeVisibleAsync();
        await page.Keyboard.TypeAsync("I have it");
        await page.Keyboard.PressAsync("Enter");
        var reply = Message(page, "I have it");
        await Expect(reply.Locator(".provenance")).ToContainTextAsync("Who has the key?");
        Assert.Contains(_stage.General.Messages[^1].Mentions, user => user.Username == "bob");

        await Composer(page).PressAsync("ArrowUp");
        await page.GetByLabel("Edit message").FillAsync("I had it");
        await page.Keyboard.PressAsync("Enter");
        await Expect(Message(page, "I had it")).ToContainTextAsync("(edited)");

        await Message(page, "I had it").FocusAsync();
        await page.Keyboard.PressAsync("Delete");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(Message(page, "I had it")).ToHaveCountAsync(0);
        Assert.Single(_stage.General.Messages);
    }

    [Theory]
    [InlineData("<img src=x onerror=\"window.hacked=true\"> and <script>window.hacked=true</script>")]
    [InlineData("[click](javascript:window.hacked=true) <https://x\"onmouseover=\"window.hacked=true>")]
    [InlineData("```html\n</code></pre><svg onload=window.hacked=true>\n```")]
    [InlineData("||<b>|| **<i>** <a:x\"><svg/onload=hacked=1>:1> <@1\"><b>>")]
    public async Task Hostile_markup_is_only_ever_text(string hostile)
    {
        var page = await _stage.OpenAsync("bob", _stage.General);
        _stage.Box.Cast["Alice"].Types(hostile, _stage.General);
        await _stage.PostAsync(_stage.General, new JsonObject
        {
            ["embeds"] = new JsonArray(new JsonObject { ["title"] = hostile, ["description"] = hostile, ["fields"] = new JsonArray(new JsonObject { ["name"] = hostile, ["value"] = hostile }) }),
        });
        await Expect(page.Locator(".embed")).ToBeVisibleAsync();

        Assert.Equal(0, await page.Locator(".messages :is(script, iframe, object, img[src='x'], .message-body svg[onload], [onerror], [onload], [onmouseover])").CountAsync());
        Assert.Equal(0, await page.Locator(".messages a[href^='javascript']").CountAsync());
        Assert.True(await page.EvaluateAsync<bool>("window.hacked === undefined"));
    }

    [Fact]
    public async Task Mentions_are_completed_highlighted_and_counted()
    {
        var alice = await _stage.OpenAsync("alice", _stage.General);
        await Composer(alice).PressSequentiallyAsync("Ahoy @bo");
        await Expect(alice.GetByRole(AriaRole.Option, new() { Name = "Bob" })).ToBeVisibleAsync();
        await alice.Keyboard.PressAsync("Tab");
        await Expect(Composer(alice)).ToHaveValueAsync("Ahoy @Bob ");
        await alice.Keyboard.PressAsync("Enter");
        await Expect(Message(alice, "Ahoy @Bob")).ToBeVisibleAsync();
        Assert.Equal($"Ahoy {_stage.Box.Cast["Bob"].Mention}", _stage.General.Messages[^1].Content);

        var bob = await _stage.OpenAsync("bob", _stage.Welcome);
        await Expect(bob.GetByRole(AriaRole.Button, new() { Name = "general, text channel, 1 mention" })).ToBeVisibleAsync();
        await Channel(bob, "general").ClickAsync();
        await Expect(Message(bob, "Ahoy @Bob")).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("mentioned"));
        await Expect(bob.GetByRole(AriaRole.Button, new() { Name = "general, text channel", Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_slash_command_is_completed_filled_in_and_run()
    {
        InteractionState? ran = null;
        _stage.Answers = interaction =>
        {
            ran = interaction;
            return Cards.Say("Closed");
        };
        await _stage.RegisterAsync(Cards.TicketCommand());
        var page = await _stage.OpenAsync("alice", _stage.General);
        await Composer(page).PressSequentiallyAsync("/tic");
        await Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("reason: this option is required")).ToBeVisibleAsync();
        await page.GetByLabel("reason").FillAsync("All done");
        await page.GetByRole(AriaRole.Button, new() { Name = "+ person" }).ClickAsync();
        await page.Keyboard.TypeAsync("bo");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        await Expect(Message(page, "Closed").Locator(".provenance")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("Alice used /ticket close"));
        var options = ran!.Data.GetProperty("options")[0].GetProperty("options");
        Assert.Equal("All done", options[0].GetProperty("value").GetString());
        Assert.Equal(_stage.Box.Cast["Bob"].User.Id.ToString(), options[1].GetProperty("value").GetString());
        Assert.True(ran.Data.GetProperty("resolved").GetProperty("users").TryGetProperty(options[1].GetProperty("value").GetString()!, out _));
    }

    [Fact]
    public async Task Who_leaves_the_guild_sees_nothing_of_it_and_can_come_back()
    {
        var page = await _stage.OpenAsync("alice", _stage.General);
        await page.GetByRole(AriaRole.Button, new() { Name = "Harbour" }).Last.ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Leave Guild" }).ClickAsync();
        await Expect(page.GetByText("You left Harbour.")).ToBeVisibleAsync();
        Assert.DoesNotContain(_stage.Guild.Members, member => member.User.Username == "alice");

        await page.GetByRole(AriaRole.Button, new() { Name = "Join again" }).ClickAsync();
        await Expect(Channel(page, "general")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_deleted_channel_is_left_for_another_one()
    {
        var page = await _stage.OpenAsync("erin", _stage.General);
        await page.GetByRole(AriaRole.Button, new() { Name = "Options of general" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete Channel" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete Channel" }).ClickAsync();

        await Expect(Channel(page, "general")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "welcome", Exact = true })).ToBeVisibleAsync();
        Assert.True(_stage.General.Deleted);
    }

    [Fact]
    public async Task Somebody_in_voice_is_listed_beneath_the_channel()
    {
        var page = await _stage.OpenAsync("alice", _stage.General);
        await Channel(page, "Lounge").ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "In Lounge" })).ToContainTextAsync("Alice");
        await page.GetByRole(AriaRole.Button, new() { Name = "Disconnect" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "In Lounge" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_drawer_of_the_box_follows_what_passes_and_makes_bad_weather()
    {
        var page = await _stage.OpenAsync("alice", _stage.General);
        await page.GetByRole(AriaRole.Button, new() { Name = "Box", Exact = true }).ClickAsync();
        await _stage.PostAsync(_stage.General, new JsonObject { ["content"] = "Watched" });
        await Expect(page.Locator(".journal-list")).ToContainTextAsync("POST /channels/{channel}/messages");

        await page.GetByRole(AriaRole.Tab, new() { Name = "Weather" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "1 min", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Discord is down. Again for")).ToBeVisibleAsync();
        Assert.True(_stage.Box.Weather.IsDown);
        await page.GetByRole(AriaRole.Button, new() { Name = "Fair weather" }).ClickAsync();
        await Expect(page.GetByText("Discord is down for")).ToBeVisibleAsync();
        Assert.False(_stage.Box.Weather.IsDown);
    }

    [Fact]
    public async Task Another_site_in_the_same_browser_cannot_act_in_the_box()
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_stage.Box.Address}/box/guilds/{_stage.Guild.Id}/leave?as=alice");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(_stage.Guild.Members, member => member.User.Username == "alice");
    }

    [Fact]
    public async Task A_narrow_window_keeps_the_channels_in_a_drawer()
    {
        var page = await _stage.OpenAsync("alice", _stage.General, width: 420, height: 800);
        await Expect(Channel(page, "welcome")).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show channels" }).ClickAsync();
        await Channel(page, "welcome").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "welcome", Exact = true })).ToBeVisibleAsync();
        await Expect(Channel(page, "welcome")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task What_one_may_see_is_read_once_more_when_it_changes_while_it_is_being_read()
    {
        var page = await _stage.OpenAsync("alice", _stage.General);
        var (read, shown) = await HoldAsync(page, "**/box/state*");
        _stage.Box.World.AddRole(_stage.Guild, "Lighthouse");
        await Come(read);

        _stage.Box.World.GiveRole(_stage.Guild.Members.Single(member => member.User.Username == "alice"), _stage.Box.Harbour.Support);
        await ExpectHeardAsync(page, () => _stage.Box.Cast["Bob"].StartsTyping(_stage.General), "TYPING_START");
        shown.SetResult();

        await Expect(Channel(page, "staff-log")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_becomes_somebody_else_while_everything_is_being_read_is_that_person_in_the_end()
    {
        var page = await _stage.OpenAsync("alice", _stage.General);
        var (read, shown) = await HoldAsync(page, "**/box/state?as=bob*");
        await Person(page, "Bob").ClickAsync();
        await Come(read);
        var opened = page.WaitForResponseAsync(answer => answer.Url.Contains("/box/events?as=erin", StringComparison.Ordinal));
        await Person(page, "Erin").ClickAsync();
        await opened.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await ExpectHeardAsync(page, () => _stage.Box.Cast["Bob"].Types("Ahoy", _stage.General), "MESSAGE_CREATE");
        shown.SetResult();

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Options of general" })).ToHaveCountAsync(1);
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-ready", "erin");
        await Expect(Message(page, "Ahoy")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_page_that_could_not_read_everything_or_open_the_stream_tries_again()
    {
        var page = await _stage.OpenAsync("alice", _stage.General);
        await page.RouteAsync("**/box/state?as=bob*", route => route.FulfillAsync(new() { Status = 500 }), new() { Times = 1 });
        await page.RouteAsync("**/box/events?as=bob*", route => route.FulfillAsync(new() { Status = 503 }), new() { Times = 1 });
        await Person(page, "Bob").ClickAsync();

        await Expect(Channel(page, "staff-log")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync($"{_stage.Box.Address}/?as=bob&channel={_stage.General.Id}");
        await Expect(page.GetByText("Reconnecting…")).ToHaveCountAsync(0);
        _stage.Box.Cast["Alice"].Types("Ahoy", _stage.General);
        await Expect(Message(page, "Ahoy")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_looks_at_direct_messages_stays_there_when_a_channel_is_deleted()
    {
        var page = await _stage.OpenAsync("alice", _stage.General);
        await page.GetByRole(AriaRole.Button, new() { Name = "Direct Messages", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Nobody has written to you yet.")).ToBeVisibleAsync();
        _stage.Box.Cast["Erin"].Deletes(_stage.Welcome);
        var direct = await _stage.OpenDirectAsync("Alice");
        await _stage.PostAsync(direct, new JsonObject { ["content"] = "The welcome is gone" });

        await Expect(page.Locator(".direct-link")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Direct Messages", Level = 1 })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_form_asks_only_the_person_it_was_shown_to()
    {
        _stage.Answers = interaction => interaction.Type == 3 ? Cards.Form() : null;
        await _stage.PostAsync(_stage.Help, Cards.Panel());
        var page = await _stage.OpenAsync("alice", _stage.Help);
        await Person(page, "Bob").ClickAsync();
        await page.Locator("body[data-ready=bob]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.GetByRole(AriaRole.Button, new() { Name = "Open a form" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Tell us more" })).ToBeVisibleAsync();
        var dismissed = page.WaitForRequestAsync(request => request.Url.Contains("/modal/dismiss", StringComparison.Ordinal));
        await page.GoBackAsync();

        await Expect(Person(page, "Alice")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.Contains($"as={_stage.Box.Cast["Bob"].User.Id}", (await dismissed).Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_under_way_for_one_person_is_nothing_to_the_next()
    {
        _stage.Answers = interaction => interaction.Type == 3 ? Cards.Form() : null;
        await _stage.PostAsync(_stage.Help, Cards.Panel());
        var page = await _stage.OpenAsync("alice", _stage.Help);
        var (asked, answered) = await HoldAsync(page, "**/box/interactions*");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open a form" }).ClickAsync();
        await Come(asked);
        await Person(page, "Bob").ClickAsync();
        await page.Locator("body[data-ready=bob]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var finished = page.WaitForResponseAsync(answer => answer.Url.Contains("/box/interactions", StringComparison.Ordinal));
        answered.SetResult();
        await (await finished).FinishedAsync();

        // The page has had its turn with the answer once it answers itself.
        Assert.Equal(0, await page.EvaluateAsync<int>("new Promise(resolve => setTimeout(() => resolve(document.querySelectorAll('dialog').length)))"));
    }

    [Fact]
    public async Task The_line_of_what_is_new_is_drawn_for_each_person_anew()
    {
        _stage.Box.Cast["Erin"].Types("Ahoy", _stage.General);
        var page = await _stage.OpenAsync("alice", _stage.General);
        await Expect(page.Locator(".line-new")).ToHaveCountAsync(1);
        await Channel(page, "welcome").ClickAsync();
        await Channel(page, "general").ClickAsync();
        await Expect(Message(page, "Ahoy")).ToBeVisibleAsync();
        await Expect(page.Locator(".line-new")).ToHaveCountAsync(0);

        await Person(page, "Bob").ClickAsync();
        await Expect(page.Locator(".line-new")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_first_message_of_an_empty_channel_makes_it_unread_and_ones_own_does_not()
    {
        var page = await _stage.OpenAsync("alice", _stage.Welcome);
        _stage.Box.Cast["Alice"].Types("From another window", _stage.General);
        await _stage.PostAsync(_stage.Help, new JsonObject { ["content"] = "Anybody here?" });

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"{_stage.Help.Name}, text channel, unread" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "general, text channel", Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_mention_that_is_told_while_everything_is_being_read_counts_once()
    {
        var page = await _stage.OpenAsync("alice", _stage.Welcome);
        var (asked, mayRead, cancellation) = (Signal(), Signal(), TestContext.Current.CancellationToken);
        await page.RouteAsync("**/box/state*", async route =>
        {
            asked.TrySetResult();
            await mayRead.Task.WaitAsync(Patience, cancellation);
            await route.ContinueAsync();
        });
        _stage.Box.World.AddRole(_stage.Guild, "Lighthouse");
        await Come(asked);
        await ExpectHeardAsync(page, () => _stage.Box.Cast["Bob"].Types($"Ahoy {_stage.Box.Cast["Alice"].Mention}", _stage.General), "MESSAGE_CREATE");
        mayRead.SetResult();

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "general, text channel, 1 mention", Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_line_of_emoji_that_ends_in_a_letter_is_shown_like_any_other()
    {
        var page = await _stage.OpenAsync("alice", _stage.General);
        _stage.Box.Cast["Bob"].Types($"{string.Concat(Enumerable.Repeat("🎉   ", 26))}x", _stage.General);
        _stage.Box.Cast["Bob"].Types("🎉 👍🏽  👩‍💻", _stage.General);

        await Expect(Message(page, "🎉 x")).ToBeVisibleAsync();
        await Expect(page.Locator(".markdown.jumbo")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_picture_with_a_bare_percent_sign_in_its_address_hides_nothing()
    {
        await _stage.PostAsync(_stage.General, new JsonObject
        {
            ["flags"] = Cards.ComponentsV2,
            ["components"] = new JsonArray(new JsonObject
            {
                ["type"] = 12,
                ["items"] = new JsonArray(new JsonObject { ["media"] = new JsonObject { ["url"] = "https://pictures.example/100%.png" } }),
            }),
        });
        _stage.Box.Cast["Bob"].Types("After the picture", _stage.General);
        var page = await _stage.OpenAsync("alice", _stage.General);

        await Expect(Message(page, "After the picture")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Open 100%.png" })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task What_one_part_of_the_page_cannot_draw_keeps_no_other_from_it()
    {
        var page = await _stage.OpenAsync("alice", _stage.Welcome);
        await page.EvaluateAsync("import('/box/assets/js/store.js').then(store => store.on('messages', () => { throw new Error('Cannot be drawn'); }))");
        _stage.Box.Cast["Bob"].Types($"Ahoy {_stage.Box.Cast["Alice"].Mention}", _stage.General);

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "general, text channel, 1 mention" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_typed_in_the_editor_outlives_a_change_of_the_message()
    {
        var alice = _stage.Box.Cast["Alice"];
        var written = alice.Types("The first draft", _stage.General);
        var page = await _stage.OpenAsync("alice", _stage.General);
        await Message(page, "The first draft").FocusAsync();
        await page.Keyboard.PressAsync("e");
        await page.GetByLabel("Edit message").FillAsync("The second draft");
        alice.Edits(written, "Changed elsewhere");
        _stage.Box.Cast["Bob"].Types("Are you done?", _stage.General);
        await Expect(Message(page, "Are you done?")).ToBeVisibleAsync();

        await Expect(page.GetByLabel("Edit message")).ToHaveValueAsync("The second draft");
        await page.GetByLabel("Edit message").PressAsync("Enter");
        await Expect(Message(page, "The second draft")).ToContainTextAsync("(edited)");
        await Composer(page).PressAsync("ArrowUp");
        await Expect(page.GetByLabel("Edit message")).ToHaveValueAsync("The second draft");
    }

    [Fact]
    public async Task The_focus_stays_where_it_is_when_something_is_written_or_changed()
    {
        var bob = _stage.Box.Cast["Bob"];
        var asked = bob.Types("Who has the key?", _stage.General);
        var page = await _stage.OpenAsync("alice", _stage.General);
        await Message(page, "Who has the key?").FocusAsync();
        await page.Keyboard.PressAsync("r");
        await Expect(Composer(page)).ToBeFocusedAsync();
        await Message(page, "Who has the key?").FocusAsync();
        bob.Types("Anybody?", _stage.General);
        await Expect(Message(page, "Anybody?")).ToBeVisibleAsync();
        await Expect(Message(page, "Who has the key?")).ToBeFocusedAsync();

        bob.Edits(asked, "Who has the other key?");
        await Expect(Message(page, "Who has the other key?")).ToBeFocusedAsync();
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Task Come(TaskCompletionSource signal) => signal.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <summary>Asks the box what the page asks, and keeps the answer from the page until it may be shown. What is asked after that passes.</summary>
    private static async Task<(TaskCompletionSource Read, TaskCompletionSource Shown)> HoldAsync(IPage page, string address)
    {
        // The browser calls back outside of the test's own context.
        var (read, shown, cancellation) = (Signal(), Signal(), TestContext.Current.CancellationToken);
        await page.RouteAsync(address, async route =>
        {
            var answer = await route.FetchAsync();
            read.TrySetResult();
            await shown.Task.WaitAsync(Patience, cancellation);
            await route.FulfillAsync(new() { Response = answer });
        });
        return (read, shown);
    }

    /// <summary>Does something of which the box tells, and waits until the page has heard of it; whether it shows is another matter.</summary>
    private static async Task ExpectHeardAsync(IPage page, Action deed, string dispatch)
    {
        await page.EvaluateAsync("""
            (parse => {
              JSON.parse = text => {
                const value = parse(text);
                if (value?.t) document.body.dataset.heard = value.t;
                return value;
              };
            })(JSON.parse)
            """);
        deed();
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-heard", dispatch);
    }

    private static ILocator Composer(IPage page) => page.Locator(".composer-text");

    private static ILocator Message(IPage page, string text) => page.Locator(".message").Filter(new() { HasText = text });

    private static ILocator Person(IPage page, string name) => page.Locator(".person-chip").Filter(new() { HasText = name });

    private static ILocator Channel(IPage page, string name) => page.Locator(".channel-link").Filter(new() { HasText = name });
}
