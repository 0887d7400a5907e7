using Usher.Desk.Values;
using Usher.Sandbox.Cast;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>Programs open, read and work on tickets over HTTP; what they do is seen in Discord, and what is done there they see.</summary>
public sealed class ApiStories
{
    [Theory]
    [InlineData("support")]
    [InlineData("billing")]
    public async Task A_ticket_opened_by_a_program_lives_as_one_opened_by_a_click(string department)
    {
        await using var stage = await Stage.StartAsync();
        var crm = await ApiProgram.WithKeyAsync(stage, departments: ["support", "billing"]);

        var made = await crm.PostAsync("/api/tickets", $$"""
            { "user_id": {{stage.Alice.User.Id}}, "category": "{{department}}", "subject": "Connection trouble", "description": "I cannot log in since <script>this</script> morning", "priority": "high" }
            """);

        Assert.Equal(201, made.Status);
        Assert.Equal(("TKT000001", "open"), (made["ticket_id"], made["status"]));
        Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", made["created_at"]);
        Assert.Equal(stage.Address + "/api/tickets/TKT000001", made.Headers.Location?.ToString());
        var home = stage.HomeOf(1);
        var card = Stage.CardIn(home, stage.Alice);
        Assert.Contains("Connection trouble", card);
        Assert.Contains("I cannot log in", card);
        Assert.Contains("High", card);
        await stage.AfterAsync(stage.Carol.Clicks("Claim", home));
        stage.Alice.Types("It says error 7", home);
        await stage.SettlesAsync();
        var seen = await crm.GetAsync("/api/tickets/TKT000001");
        Assert.Equal("Carol", seen.Body.GetProperty("assignee").GetProperty("name").GetString());
        var said = await crm.GetAsync("/api/tickets/TKT000001/messages");
        Assert.Contains(said.Body.GetProperty("messages").EnumerateArray(), message => message.GetProperty("content").GetString() == "It says error 7" && message.GetProperty("author").GetProperty("name").GetString() == "Alice");
        Assert.Contains("Connection trouble", await stage.Browser.GetStringAsync(new Uri(made["url"]!), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("support")]
    [InlineData("billing")]
    public async Task What_a_program_writes_stands_in_the_ticket_and_names_it(string department)
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync(department == "support" ? "Support" : "Billing");
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);

        var reply = await crm.PostAsync("/api/tickets/TKT000001/reply", """{ "message": "Thank you for your patience @everyone", "internal_note": false }""");
        var note = await crm.PostAsync("/api/tickets/TKT000001/reply", """{ "message": "A difficult case", "internal_note": true }""");

        Assert.Equal((200, "opener"), (reply.Status, reply["waits_for"]));
        var line = stage.Alice.Sees(home)[^1];
        Assert.Contains("CRM:** Thank you for your patience", Person.TextOf(line));
        Assert.False(line.MentionsEveryone);
        Assert.Equal("A difficult case", note.Body.GetProperty("notes")[0].GetProperty("text").GetString());
        Assert.DoesNotContain(stage.Alice.Sees(home), message => Person.TextOf(message).Contains("difficult", StringComparison.Ordinal));
        Assert.DoesNotContain("difficult", await stage.TranscriptAsync(1));
        var asked = await stage.AfterAsync(stage.Carol.Runs("/notes", home));
        if (department == "support") Assert.Contains("difficult", asked.Text);
    }

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task A_program_claims_sorts_closes_and_everybody_sees_it(string department)
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync(department);
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);

        Assert.Equal(200, (await crm.PostAsync("/api/tickets/1/claim")).Status);
        Assert.Equal((409, "claim.yours"), (await crm.PostAsync("/api/tickets/1/claim")).Verdict);
        Assert.Equal(200, (await crm.PutAsync("/api/tickets/1/priority", """{"priority":"critical"}""")).Status);
        Assert.Equal(200, (await crm.PutAsync("/api/tickets/1/tags", """{"tags":["vip","refund"]}""")).Status);
        Assert.Equal(200, (await crm.PostAsync("/api/tickets/1/assign", $$"""{"user_id":"{{stage.Carol.User.Id}}"}""")).Status);
        var card = Stage.CardIn(home, stage.Alice);
        Assert.Contains("Critical", card);
        Assert.Contains("`vip` `refund`", card);
        Assert.Contains($"Taken on by** {stage.Carol.Mention}", card);
        var closed = await crm.PostAsync("/api/tickets/1/close", """{ "resolution": "The password was reset", "notify_user": true }""");

        Assert.Equal((200, "closed"), (closed.Status, closed["status"]));
        Assert.Equal("The password was reset", closed.Body.GetProperty("closed").GetProperty("resolution").GetString());
        Assert.Contains(stage.StaffLog, entry => entry.Contains("The password was reset", StringComparison.Ordinal));
        Assert.Contains(stage.Alice.DirectMessages(stage.Harbour.Bot.Bot), message => Person.TextOf(message).Contains("The password was reset", StringComparison.Ordinal));
        Assert.Equal((409, "ticket.closed"), (await crm.PostAsync("/api/tickets/1/reply", """{"message":"Hello?"}""")).Verdict);
    }

    [Fact]
    public async Task Who_shall_not_be_told_gets_no_message_at_closing()
    {
        await using var stage = await Stage.StartAsync();
        await stage.OpensAsync("Support");
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);

        await crm.PostAsync("/api/tickets/1/close", """{ "notify_user": false }""");

        Assert.Empty(stage.Alice.DirectMessages(stage.Harbour.Bot.Bot));
        Assert.Contains(stage.StaffLog, entry => entry.Contains("#0001", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_closed_thread_is_reopened_and_goes_to_another_department()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);
        await crm.PostAsync("/api/tickets/1/close");

        Assert.Equal((200, "open"), (await crm.PostAsync("/api/tickets/1/reopen") is var again ? (again.Status, again["status"]) : default));
        Assert.Equal("billing", (await crm.PostAsync("/api/tickets/1/transfer", """{"department":"billing"}"""))["department"]);

        Assert.Contains(stage.Alice.Sees(home), message => Person.TextOf(message).Contains("Billing", StringComparison.Ordinal));
        Assert.Equal((422, "transfer.unknown"), (await crm.PostAsync("/api/tickets/1/transfer", """{"department":"nobody"}""")).Verdict);
    }

    [Fact]
    public async Task Alice_answers_by_her_own_program_and_it_is_staffs_turn()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        await stage.AfterAsync(stage.Bob.Runs("/reply", home, ("text", "Which pier?")));
        var hers = await ApiProgram.WithKeyAsync(stage, actsAs: new UserId(stage.Alice.User.Id.Value));

        var reply = await hers.PostAsync("/api/tickets/TKT000001/reply", """{"message":"Pier four"}""");

        Assert.Equal((200, "staff"), (reply.Status, reply["waits_for"]));
        Assert.Null(reply["notes"]);
        Assert.Contains("Pier four", Person.TextOf(stage.Bob.Sees(home)[^1]));
        Assert.Equal((403, "access.denied"), (await hers.PostAsync("/api/tickets/1/reply", """{"message":"x","internal_note":true}""")).Verdict);
        Assert.Equal((403, "access.denied"), (await hers.PostAsync("/api/tickets/1/close")).Verdict);
        Assert.Equal((403, "access.denied"), (await hers.GetAsync("/api/tickets/1/notes")).Verdict);
        Assert.Equal((403, "access.denied"), (await hers.GetAsync("/api/tickets/stats")).Verdict);
        Assert.Equal((200, "closed"), (await hers.PostAsync("/api/tickets/1/cancel") is var cancelled ? (cancelled.Status, cancelled["status"]) : default));
    }

    [Fact]
    public async Task A_button_is_placed_in_a_channel_and_opens_tickets()
    {
        await using var stage = await Stage.StartAsync();
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);

        Assert.Equal(202, (await crm.PostAsync("/api/buttons", $$"""{"channel_id":"{{stage.Harbour.General.Id}}","style":"success","department":"billing","label":"Ask billing","text":"Questions about an invoice?"}""")).Status);
        Assert.Equal(202, (await crm.PostAsync("/api/buttons", $$"""{"channel_id":{{stage.Harbour.General.Id}}}""")).Status);

        Assert.Contains("Questions about an invoice?", Person.TextOf(stage.Alice.Sees(stage.Harbour.General)[^2]));
        await stage.AfterAsync(stage.Alice.Clicks("Ask billing", stage.Harbour.General));
        Assert.Equal("billing", (await crm.GetAsync("/api/tickets/1"))["department"]);
        var asked = await stage.AfterAsync(stage.Bob.Clicks("Open a ticket", stage.Harbour.General));
        Assert.True(asked.IsPrivate);
        Assert.Equal((422, "body.fields"), (await crm.PostAsync("/api/buttons", """{"channel_id":"123456789"}""")).Verdict);
        Assert.Equal((422, "configure.no_department"), (await crm.PostAsync("/api/buttons", $$"""{"channel_id":{{stage.Harbour.General.Id}},"department":"nobody"}""")).Verdict);
    }

    [Fact]
    public async Task Dana_places_a_button_by_command_and_Bob_may_not()
    {
        await using var stage = await Stage.StartAsync();

        await stage.AfterAsync(stage.Dana.Runs("/button", stage.Harbour.General, ("style", "danger"), ("department", "billing"), ("label", "Billing, please")));
        var refused = await stage.AfterAsync(stage.Bob.Runs("/button", stage.Harbour.General));
        stage.Dana.Types("!button success billing", stage.Harbour.General);
        await stage.SettlesAsync();

        Assert.Contains(stage.Harbour.Manager.Mention, refused.Text);
        await stage.AfterAsync(stage.Alice.Clicks("Billing, please", stage.Harbour.General));
        Assert.Contains("Billing", stage.HomeOf(1).Name, StringComparison.OrdinalIgnoreCase);
    }
}
