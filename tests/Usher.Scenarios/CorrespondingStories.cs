using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Sandbox;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>Tickets without a home in the guild live in the direct messages with their opener, and by the API alone where these do not reach them.</summary>
public sealed class CorrespondingStories
{
    private const string PostMessage = "POST /channels/{channel}/messages";

    [Fact]
    public async Task A_ticket_of_a_program_goes_on_in_direct_messages_until_it_is_closed()
    {
        await using var stage = await StartAsync();
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);

        var made = await crm.PostAsync("/api/tickets", $$"""{ "user_id": {{stage.Alice.User.Id}}, "category": "advice", "subject": "A delicate matter" }""");

        Assert.Equal(201, made.Status);
        var card = Assert.Single(Talk(stage));
        Assert.Contains("Advice #0001", Person.TextOf(card));
        Assert.Contains("A delicate matter", Person.TextOf(card));
        Assert.Equal(["Cancel"], Person.ButtonsOf(card));
        Assert.Equal("direct_message", HomeOf(await crm.GetAsync("/api/tickets/1")));
        var entry = stage.Bob.Sees(stage.Harbour.StaffLog)[^1];
        Assert.Contains("A delicate matter", Person.TextOf(entry));
        Assert.Contains(stage.Bob.User.Id, entry.Pings);

        var reply = await crm.PostAsync("/api/tickets/1/reply", """{ "message": "Tell us more" }""");
        Assert.Equal((200, "opener"), (reply.Status, reply["waits_for"]));
        Assert.Contains("Tell us more", Person.TextOf(Talk(stage)[^1]));
        stage.Alice.Types("It is about my pier", card.Channel);
        await stage.SettlesAsync();

        Assert.Equal("staff", (await crm.GetAsync("/api/tickets/1"))["waits_for"]);
        Assert.Contains("It is about my pier", stage.StaffLog[^1]);
        Assert.Equal(["Advice #0001", "Tell us more", "It is about my pier"], await SaidAsync(crm, "Advice #0001", "Tell us more", "It is about my pier"));

        await crm.PostAsync("/api/tickets/1/close", """{ "resolution": "Settled" }""");
        var farewell = Talk(stage)[^1];
        Assert.Contains("Settled", Person.TextOf(farewell));
        Assert.Contains("Transcript", Person.ButtonsOf(farewell));
        Assert.Empty(Person.ButtonsOf(card));
        stage.Alice.Types("Thank you, and by the way", card.Channel);
        await stage.SettlesAsync();
        Assert.DoesNotContain("by the way", await stage.TranscriptAsync(1));
        Assert.Contains("It is about my pier", await stage.TranscriptAsync(1));
        Assert.DoesNotContain("Settled. The whole", await stage.TranscriptAsync(1));
    }

    [Fact]
    public async Task Staff_reads_the_first_words_of_every_turn_and_is_called_once_for_them()
    {
        await using var stage = await StartAsync();
        await stage.AfterAsync(stage.Alice.Clicks("Advice", stage.Harbour.Help));
        var talk = Talk(stage)[0].Channel;
        async Task<int> SaysAsync(string words)
        {
            var before = stage.StaffLog.Count;
            stage.Alice.Types(words, talk);
            await stage.SettlesAsync();
            return stage.StaffLog.Count - before;
        }

        Assert.Equal(1, await SaysAsync("My pier is rotten"));
        Assert.Contains("My pier is rotten", stage.StaffLog[^1]);
        Assert.Equal(0, await SaysAsync("It really is"));
        await stage.AfterAsync(stage.Bob.Clicks("Reply", stage.Harbour.StaffLog));
        await stage.AfterAsync(stage.Bob.Fills(("text", "Which one?")));
        Assert.Equal(1, await SaysAsync("The left one"));
        Assert.Equal(0, await SaysAsync("Seen from the sea"));
        await stage.AfterAsync(stage.Bob.Clicks("Close", stage.Harbour.StaffLog));
        await stage.AfterAsync(stage.Bob.Fills(("reason", "Mended")));
        await stage.WaitsOutAsync(TimeSpan.FromSeconds(1));
        await stage.AfterAsync(stage.Alice.Clicks("Reopen", talk));
        Assert.Equal(1, await SaysAsync("It still is"));
        Assert.Contains("It still is", stage.StaffLog[^1]);
        Assert.Equal(0, await SaysAsync("Really"));
    }

    [Fact]
    public async Task Alice_opens_one_by_the_panel_Bob_works_on_it_where_staff_reads_and_she_takes_it_back()
    {
        await using var stage = await StartAsync();

        var asked = await stage.AfterAsync(stage.Alice.Clicks("Advice", stage.Harbour.Help));

        Assert.Contains("It goes on in our direct messages", asked.Text);
        Assert.True(asked.IsPrivate);
        await stage.AfterAsync(stage.Bob.Clicks("Reply", stage.Harbour.StaffLog));
        await stage.AfterAsync(stage.Bob.Fills(("text", "How can I help?")));
        Assert.Contains($"{stage.Bob.Mention}:** How can I help?", Person.TextOf(Talk(stage)[^1]));
        await stage.AfterAsync(stage.Bob.Clicks("Claim", stage.Harbour.StaffLog));
        Assert.Contains($"Taken on by** {stage.Bob.Mention}", Person.TextOf(Talk(stage)[0]));
        await stage.AfterAsync(stage.Bob.Clicks("Note", stage.Harbour.StaffLog));
        await stage.AfterAsync(stage.Bob.Fills(("text", "Quite a delicate one")));
        Assert.DoesNotContain(Talk(stage), message => Person.TextOf(message).Contains("delicate", StringComparison.Ordinal));
        stage.Alice.Types("Never mind", Talk(stage)[0].Channel);
        await stage.SettlesAsync();
        Assert.Contains(stage.Bob.User.Id, stage.Bob.Sees(stage.Harbour.StaffLog)[^1].Pings);

        await stage.AfterAsync(stage.Alice.Clicks("Cancel", Talk(stage)[0].Channel));

        Assert.Contains("Cancelled by", Person.TextOf(Talk(stage)[0]));
        Assert.Contains("You cancelled your ticket #0001", Person.TextOf(Talk(stage)[^1]));
        Assert.Contains("Never mind", await stage.TranscriptAsync(1));
    }

    [Fact]
    public async Task Whom_no_direct_message_reaches_has_a_ticket_by_the_API_all_the_same()
    {
        await using var stage = await StartAsync();
        stage.Alice.ClosesDms();
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);
        var hers = await ApiProgram.WithKeyAsync(stage, actsAs: new UserId(stage.Alice.User.Id.Value));

        await crm.PostAsync("/api/tickets", $$"""{ "user_id": {{stage.Alice.User.Id}}, "category": "advice", "subject": "Quietly" }""");

        var ticket = await crm.GetAsync("/api/tickets/1");
        Assert.Equal(("open", "none"), (ticket["status"], HomeOf(ticket)));
        Assert.Contains("The person takes no direct messages", stage.StaffLog[^1]);
        Assert.Equal(200, (await crm.PostAsync("/api/tickets/1/reply", """{ "message": "We write here" }""")).Status);
        await stage.PassesAsync(TimeSpan.FromSeconds(1));
        Assert.Equal((200, "staff"), (await hers.PostAsync("/api/tickets/1/reply", """{ "message": "I read here" }""") is var answer ? (answer.Status, answer["waits_for"]) : default));
        Assert.Contains("I read here", stage.StaffLog[^1]);
        await stage.PassesAsync(TimeSpan.FromSeconds(1));
        Assert.Contains("is kept with the ticket", (await stage.AfterAsync(stage.Bob.Runs("/ticket reply", stage.Harbour.General, ("ticket", "1"), ("text", "From afar")))).Text);
        Assert.Equal(["We write here", "I read here", "From afar"], await SaidAsync(hers, "We write here", "I read here", "From afar"));
        var transcript = await stage.TranscriptAsync(1);
        Assert.Contains("We write here", transcript);
        Assert.Contains("I read here", transcript);
        Assert.Equal((200, "closed"), (await crm.PostAsync("/api/tickets/1/close") is var closed ? (closed.Status, closed["status"]) : default));
        Assert.Empty(Talk(stage));

        stage.Alice.OpensDms();
        Assert.Equal((200, "open"), (await crm.PostAsync("/api/tickets/1/reopen") is var again ? (again.Status, again["status"]) : default));
        Assert.Equal("direct_message", HomeOf(await crm.GetAsync("/api/tickets/1")));
        Assert.Contains("Advice #0001", Person.TextOf(Assert.Single(Talk(stage))));
    }

    [Fact]
    public async Task Direct_messages_closed_in_the_middle_lose_no_reply()
    {
        await using var stage = await StartAsync();
        await stage.AfterAsync(stage.Alice.Clicks("Advice", stage.Harbour.Help));
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);
        stage.Alice.ClosesDms();

        await crm.PostAsync("/api/tickets/1/reply", """{ "message": "The first" }""");
        await stage.PassesAsync(TimeSpan.FromSeconds(1));
        await crm.PostAsync("/api/tickets/1/reply", """{ "message": "The second" }""");

        Assert.Equal("none", HomeOf(await crm.GetAsync("/api/tickets/1")));
        Assert.Equal(["The first", "The second"], await SaidAsync(crm, "The first", "The second"));
        Assert.Single(stage.StaffLog, line => line.Contains("is not reached", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Direct_messages_hold_one_ticket_at_a_time_and_are_free_again_when_it_is_closed()
    {
        await using var stage = await StartAsync();
        await stage.AfterAsync(stage.Alice.Clicks("Advice", stage.Harbour.Help));
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);
        var channel = Talk(stage)[0].Channel;

        Assert.Contains("one ticket at a time", (await stage.AfterAsync(stage.Alice.Clicks("Counsel", stage.Harbour.Help))).Text);
        Assert.Equal((409, "open.direct_messages"), (await crm.PostAsync("/api/tickets", $$"""{ "user_id": {{stage.Alice.User.Id}}, "category": "counsel" }""")).Verdict);
        var thread = await stage.OpensAsync("Support");
        await stage.AfterAsync(stage.Bob.Runs("/close", thread));
        stage.Alice.Types("Of the first", channel);
        await stage.SettlesAsync();
        await crm.PostAsync("/api/tickets/1/close");
        await stage.AfterAsync(stage.Alice.Clicks("Counsel", stage.Harbour.Help));
        stage.Alice.Types("Of the third", channel);
        await stage.SettlesAsync();

        Assert.Equal((409, "reopen.other_open"), (await crm.PostAsync("/api/tickets/1/reopen")).Verdict);
        var first = await stage.TranscriptAsync(1);
        Assert.Contains("Of the first", first);
        Assert.DoesNotContain("Of the third", first);
        // What the desk says there of another ticket is none of this one's business.
        Assert.DoesNotContain("#0002", first);
        Assert.Contains("Of the third", await stage.TranscriptAsync(3));
    }

    [Fact]
    public async Task Two_opened_at_once_become_one()
    {
        await using var stage = await StartAsync();
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);

        var both = await Task.WhenAll(((string[])["advice", "counsel"]).Select(key =>
            crm.PostAsync("/api/tickets", $$"""{ "user_id": {{stage.Alice.User.Id}}, "category": "{{key}}" }""")));

        var states = new List<string>();
        foreach (var made in both.Where(made => made.Status == 201)) states.Add(HomeOf(await crm.GetAsync($"/api/tickets/{made["ticket_id"]}")));
        Assert.Single(states, "direct_message");
        Assert.Single(Talk(stage));
    }

    [Fact]
    public async Task A_lost_answer_and_a_restart_make_no_second_card_and_what_was_said_meanwhile_is_fetched()
    {
        await using var stage = await StartAsync();
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);
        stage.Box.Weather.Next(PostMessage, Fault.AnswerLost);

        _ = stage.Alice.Clicks("Advice", stage.Harbour.Help);
        await stage.WaitsOutAsync(TimeSpan.FromSeconds(20));

        Assert.Single(Talk(stage));
        var channel = Talk(stage)[0].Channel;
        await stage.StopUsherAsync();
        stage.Alice.Types("While nobody listened", channel);
        await stage.StartUsherWithoutSessionAsync();
        await crm.PostAsync("/api/tickets/1/reply", """{ "message": "Here again" }""");
        stage.Alice.Types("Good", channel);
        await stage.SettlesAsync();

        Assert.Equal(["While nobody listened", "Here again", "Good"], await SaidAsync(crm, "While nobody listened", "Here again", "Good"));
        await crm.PostAsync("/api/tickets/1/close");
        Assert.Contains("While nobody listened", await stage.TranscriptAsync(1));
    }

    [Fact]
    public async Task What_needs_a_place_in_the_guild_is_refused_and_says_why()
    {
        await using var stage = await StartAsync();
        await stage.AfterAsync(stage.Alice.Clicks("Advice", stage.Harbour.Help));
        await stage.OpensAsync("Support");
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);

        Assert.Equal("transfer.homeless", (await crm.PostAsync("/api/tickets/1/transfer", """{"department":"support"}"""))["code"]);
        Assert.Equal("transfer.homeless", (await crm.PostAsync("/api/tickets/2/transfer", """{"department":"advice"}"""))["code"]);
        Assert.Contains("has no place in the server", (await stage.AfterAsync(stage.Dana.Runs("/delete", stage.Harbour.General, ("number", 1)))).Text);
        Assert.Equal("counsel", (await crm.PostAsync("/api/tickets/1/transfer", """{"department":"counsel"}"""))["department"]);
        Assert.Contains("Counsel #0001", Person.TextOf(Talk(stage)[0]));
        Assert.Equal(200, (await crm.PostAsync("/api/tickets/1/assign", $$"""{"user_id":"{{stage.Bob.User.Id}}"}""")).Status);
        Assert.Contains(stage.Bob.User.Id, stage.Bob.Sees(stage.Harbour.StaffLog)[^1].Pings);
        Assert.Single(Talk(stage));
        Assert.DoesNotContain("https://discord.com/channels", (await stage.AfterAsync(stage.Bob.Runs("/ticket view", stage.Harbour.General, ("ticket", "1")))).Text);
        Assert.Equal((200, "closed"), (await crm.PostAsync("/api/tickets/1/close") is var closed ? (closed.Status, closed["status"]) : default));
    }

    [Fact]
    public async Task A_form_that_is_asked_inside_is_asked_in_the_direct_messages()
    {
        var form = new FormSettings
        {
            Place = FormPlace.InTicket,
            Questions = [new Question { Key = "about", Text = "What is it about?", Kind = QuestionKind.Buttons, Options = [new QuestionOption("server", "A server")] }],
        };
        await using var stage = await StartAsync(form);
        await stage.AfterAsync(stage.Alice.Clicks("Advice", stage.Harbour.Help));

        await stage.AfterAsync(stage.Alice.Clicks("A server", Talk(stage)[0].Channel));

        Assert.Contains("A server", Person.TextOf(Talk(stage)[^1]));
        Assert.Contains("A server", await stage.TranscriptAsync(1));
    }

    [Fact]
    public async Task Who_redacts_hears_where_words_are_left_and_staffs_own_are_taken_out_of_the_direct_messages()
    {
        await using var stage = await StartAsync();
        await stage.AfterAsync(stage.Alice.Clicks("Advice", stage.Harbour.Help));
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);
        await crm.PostAsync("/api/tickets/1/reply", """{ "message": "Your number is 4711" }""");
        var reply = Talk(stage)[^1];
        var said = stage.Alice.Types("No, it is 4712", reply.Channel);
        await stage.SettlesAsync();

        var own = await stage.AfterAsync(stage.Dana.Runs("/redact", stage.Harbour.General, ("message", reply.Id.ToString()), ("number", 1)));
        Assert.DoesNotContain("stays in their own direct messages", own.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Talk(stage), message => Person.TextOf(message).Contains("4711", StringComparison.Ordinal));
        var hers = await stage.AfterAsync(stage.Dana.Runs("/redact", stage.Harbour.General, ("message", said.Id.ToString()), ("number", 1)));
        Assert.Contains("stays in their own direct messages", hers.Text, StringComparison.Ordinal);
        Assert.Contains($"An entry in <#{stage.Harbour.StaffLog.Id}> may quote it", hers.Text, StringComparison.Ordinal);
        var page = await stage.TranscriptAsync(1);
        Assert.DoesNotContain("4711", page, StringComparison.Ordinal);
        Assert.DoesNotContain("4712", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_leaves_the_guild_is_told_of_where_staff_reads()
    {
        await using var stage = await StartAsync();
        await stage.AfterAsync(stage.Alice.Clicks("Advice", stage.Harbour.Help));

        stage.Alice.Leaves(stage.Harbour.Guild);
        await stage.SettlesAsync();

        Assert.Contains("has left the server", stage.StaffLog[^1]);
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);
        Assert.Equal(200, (await crm.PostAsync("/api/tickets/1/reply", """{ "message": "Farewell" }""")).Status);
        Assert.Equal(200, (await crm.PostAsync("/api/tickets/1/close")).Status);
        Assert.Contains("Farewell", await stage.TranscriptAsync(1));
    }

    private static Task<Stage> StartAsync(FormSettings? form = null) => Stage.StartAsync(s =>
    {
        Department Homeless(string key, string name) => new() { Key = key, Name = name, Staff = [new RoleId(s.Harbour.Support.Id.Value)], Home = new HomeSettings(HomeKind.DirectMessage, null), Form = form };
        s.Settings = s.Settings with
        {
            Departments = [.. s.Settings.Departments, Homeless("advice", "Advice"), Homeless("counsel", "Counsel")],
            Panels = [s.Settings.Panels[0] with { Departments = ["support", "billing", "advice", "counsel"] }],
        };
    });

    private static IReadOnlyList<MessageState> Talk(Stage stage) => [.. stage.Alice.DirectMessages(stage.Harbour.Bot.Bot)];

    private static string HomeOf(ApiReply ticket) => ticket.Body.GetProperty("home").GetProperty("kind").GetString()!;

    // Which of these words the ticket's messages hold, in the order of the messages.
    private static async Task<IEnumerable<string>> SaidAsync(ApiProgram program, params string[] words)
    {
        var page = await program.GetAsync("/api/tickets/1/messages");
        var said = page.Body.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("content").GetString()!).ToList();
        return said.SelectMany(text => words.Where(word => text.Contains(word, StringComparison.Ordinal)));
    }
}
