using Usher.Sandbox.World;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>Staff takes away what should not be kept: it is gone here, in the archive, in the transcript, and its files with it.</summary>
public sealed class RedactingStories
{
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task Carol_redacts_a_message_by_its_menu_and_nobody_finds_its_words_or_file_any_more(string department)
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync(department);
        var secret = stage.Alice.Types("My card is 4711", home, new NewFile("card.png", "image/png", Picture));
        await stage.SettlesAsync();
        stage.Alice.Edits(secret, "My card is 4711-22");
        stage.Carol.Types("I saw it", home, replyTo: secret);
        await stage.SettlesAsync();
        var path = System.Text.RegularExpressions.Regex.Match(await stage.TranscriptAsync(1), "/api/ticket/[^\"]+card.png").Value;
        Assert.NotEmpty(path);

        await stage.AfterAsync(stage.Carol.RunsOn(secret, "Redact this message"));
        var told = await stage.AfterAsync(stage.Carol.Fills(("Why (staff alone reads it)", "a card's number")));

        Assert.True(told.IsPrivate);
        Assert.Contains("What the message said is gone", told.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(stage.Alice.Sees(home), message => message.Id == secret.Id);
        var page = await stage.TranscriptAsync(1);
        Assert.DoesNotContain("4711", page, StringComparison.Ordinal);
        Assert.DoesNotContain("card.png", page, StringComparison.Ordinal);
        Assert.DoesNotContain("a card's number", page, StringComparison.Ordinal);
        Assert.Contains("Redacted by <bdi>Carol</bdi> on ", page, StringComparison.Ordinal);
        Assert.Contains("I saw it", page, StringComparison.Ordinal);
        using var file = await stage.Browser.GetAsync(new Uri(stage.Address + path), Now);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, file.StatusCode);
        Assert.Empty(stage.KeptFiles);
        Assert.Equal(0L, await stage.InDatabaseAsync($"select count(*) from search where kind = 0 and item = {secret.Id}"));
        var audit = await (await ApiProgram.WithKeyAsync(stage, manager: true)).GetAsync("/api/audit?action=message_redacted");
        Assert.Equal($"message {secret.Id}", Assert.Single(audit.Body.GetProperty("entries").EnumerateArray()).GetProperty("detail").GetString());

        // What Discord tells again after a start brings nothing back.
        await stage.StopUsherAsync();
        await stage.StartUsherWithoutSessionAsync();
        Assert.DoesNotContain("4711", await stage.TranscriptAsync(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_closed_ticket_a_program_redacts_and_is_told_no_more_than_it_may_know()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Billing");
        var secret = stage.Alice.Types("4711", home);
        await stage.SettlesAsync();
        await stage.AfterAsync(stage.Carol.Runs("/close", home));
        await stage.PassesAsync(TimeSpan.FromSeconds(11));
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);
        var body = $$"""{ "message_id": "{{secret.Id}}", "reason": "a card" }""";

        var alice = await ApiProgram.WithKeyAsync(stage, actsAs: new Usher.Desk.Values.UserId(stage.Alice.User.Id.Value));
        Assert.Equal((403, "access.denied"), (await alice.PostAsync("/api/tickets/1/redact", body)).Verdict);
        Assert.Equal((409, "redact.none"), (await crm.PostAsync("/api/tickets/1/redact", """{ "message_id": 1 }""")).Verdict);
        Assert.Equal(422, (await crm.PostAsync("/api/tickets/1/redact", """{ "message_id": "x" }""")).Status);
        Assert.Equal((422, "redact.too_long"), (await crm.PostAsync("/api/tickets/1/redact", $$"""{ "message_id": "{{secret.Id}}", "reason": "{{new string('r', 301)}}" }""")).Verdict);
        Assert.Equal(200, (await crm.PostAsync("/api/tickets/1/redact", body)).Status);
        Assert.Equal((409, "redact.already"), (await crm.PostAsync("/api/tickets/1/redact", body)).Verdict);

        var messages = await crm.GetAsync("/api/tickets/1/messages");
        Assert.DoesNotContain("4711", messages.Text, StringComparison.Ordinal);
        Assert.Contains(messages.Body.GetProperty("messages").EnumerateArray(), message => message.TryGetProperty("redacted_at", out _) && message.GetProperty("id").GetString() == secret.Id.ToString());
    }

    [Fact]
    public async Task By_slash_command_with_a_link_in_a_closed_thread_and_staff_reads_which_copies_are_left()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        var secret = stage.Alice.Types("4711", home);
        await stage.SettlesAsync();
        await stage.AfterAsync(stage.Carol.Runs("/close", home));
        var link = $"https://discord.com/channels/{stage.Settings.Guild}/{home.Id}/{secret.Id}";

        Assert.Contains("no such message", (await stage.AfterAsync(stage.Carol.Runs("/redact", stage.Harbour.General, ("message", "5"), ("number", 1)))).Text, StringComparison.Ordinal);
        var told = await stage.AfterAsync(stage.Carol.Runs("/redact", stage.Harbour.General, ("message", link), ("number", 1)));

        Assert.Contains("log channel", told.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("4711", await stage.TranscriptAsync(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_redact_nothing_and_the_tickets_own_card_stays()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        var words = stage.Alice.Types("4711", home);
        await stage.SettlesAsync();

        Assert.Contains("not yours", (await stage.AfterAsync(stage.Alice.RunsOn(words, "Redact this message"))).Text, StringComparison.Ordinal);
        Assert.Contains("shows the ticket itself", (await stage.AfterAsync(stage.Carol.RunsOn(stage.Carol.Sees(home)[0], "Redact this message"))).Text, StringComparison.Ordinal);
        Assert.Contains("4711", await stage.TranscriptAsync(1), StringComparison.Ordinal);
    }
}
