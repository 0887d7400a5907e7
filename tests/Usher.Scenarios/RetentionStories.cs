using Usher.Desk.Features.Retaining;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>What is over for long enough goes by itself, in the time that the settings say and not before.</summary>
public sealed class RetentionStories
{
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task What_was_said_goes_first_and_later_the_ticket_and_the_figures_stay(string department)
    {
        await using var stage = await StartAsync(new RetentionSettings(TimeSpan.FromDays(30), TimeSpan.FromDays(90)));
        await LivesAsync(stage, department);
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);

        await LaterAsync(stage, TimeSpan.FromDays(29));
        Assert.Contains("quagmire", await DatabaseDump.OfAsync(stage), StringComparison.Ordinal);

        await LaterAsync(stage, TimeSpan.FromDays(2));
        var dump = await DatabaseDump.OfAsync(stage);
        Assert.DoesNotContain("quagmire", dump, StringComparison.Ordinal);
        Assert.DoesNotContain("picture.png", dump, StringComparison.Ordinal);
        Assert.Empty(stage.KeptFiles);
        var ticket = await crm.GetAsync("/api/tickets/1");
        Assert.Equal((200, "closed"), (ticket.Status, ticket["status"]));
        Assert.Equal("Alice", (await stage.Desk.Store.FindTicketAsync(Key(stage), Now))!.OpenerName);
        Assert.DoesNotContain("quagmire", await stage.TranscriptAsync(1), StringComparison.Ordinal);
        Assert.Contains("was removed, as this server’s settings say", await stage.TranscriptAsync(1), StringComparison.Ordinal);
        Assert.NotNull((await crm.GetAsync("/api/tickets/1/export?format=json"))["content_removed_at"]);
        var replayed = (await stage.Desk.Store.FactsAsync(Key(stage), Now)).Aggregate((Ticket?)null, (state, fact) => fact.Fact.ApplyTo(state));
        Assert.Equal(await stage.Desk.Store.FindTicketAsync(Key(stage), Now), replayed);
        var opened = await stage.InDatabaseAsync("select times from figures where kind = 'opened'");

        await LaterAsync(stage, TimeSpan.FromDays(60));
        Assert.Equal(404, (await crm.GetAsync("/api/tickets/1")).Status);
        Assert.Equal(0L, await stage.InDatabaseAsync("select count(*) from tickets"));
        Assert.Equal(0L, await stage.InDatabaseAsync("select count(*) from facts"));
        Assert.Equal(opened, await stage.InDatabaseAsync("select times from figures where kind = 'opened'"));
        var audit = await crm.GetAsync("/api/audit?action=ticket_removed");
        Assert.Equal("retention", Assert.Single(audit.Body.GetProperty("entries").EnumerateArray()).GetProperty("detail").GetString());
        Assert.Equal("True", (await crm.GetAsync("/api/audit/verify"))["whole"]);
        // The number is not given again.
        await stage.OpensAsync("Support");
        Assert.NotNull(await stage.Desk.Store.FindTicketAsync(Key(stage) with { Number = 2 }, Now));
    }

    [Fact]
    public async Task What_the_law_keeps_and_what_is_open_stays()
    {
        await using var stage = await StartAsync(
            new RetentionSettings(TimeSpan.FromDays(30), TimeSpan.FromDays(90)), new KeepRule(["billing"], TimeSpan.FromDays(365), "Invoices, by tax law."));
        await LivesAsync(stage, "Billing");
        var open = await stage.OpensAsync(stage.Bob, "Support");
        stage.Bob.Types("an open quagmire", open);
        await stage.SettlesAsync();

        await LaterAsync(stage, TimeSpan.FromDays(200));
        var dump = await DatabaseDump.OfAsync(stage);
        Assert.Contains("The quagmire of the picture", dump, StringComparison.Ordinal);
        Assert.Contains("an open quagmire", dump, StringComparison.Ordinal);

        await LaterAsync(stage, TimeSpan.FromDays(166));
        Assert.DoesNotContain("The quagmire of the picture", await DatabaseDump.OfAsync(stage), StringComparison.Ordinal);
        Assert.Contains("an open quagmire", await DatabaseDump.OfAsync(stage), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_said_after_a_reopening_is_kept_as_ever_and_goes_in_its_own_time()
    {
        await using var stage = await StartAsync(new RetentionSettings(TimeSpan.FromDays(30)));
        var home = await stage.OpensAsync("Support");
        stage.Alice.Types("The first quagmire", home);
        await stage.SettlesAsync();
        await stage.AfterAsync(stage.Carol.Runs("/close", home));
        await LaterAsync(stage, TimeSpan.FromDays(31));
        Assert.DoesNotContain("The first quagmire", await DatabaseDump.OfAsync(stage), StringComparison.Ordinal);
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);
        Assert.Equal(200, (await crm.PostAsync("/api/tickets/1/reopen")).Status);
        await stage.SettlesAsync();

        // Said while nobody listens: it is fetched, and what went before is not fetched with it.
        await stage.StopUsherAsync();
        // Not in the very millisecond in which the others went.
        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        stage.Alice.Types("The second quagmire", home);
        await stage.StartUsherWithoutSessionAsync();
        var dump = await DatabaseDump.OfAsync(stage);
        Assert.Contains("The second quagmire", dump, StringComparison.Ordinal);
        Assert.DoesNotContain("The first quagmire", dump, StringComparison.Ordinal);

        await stage.AfterAsync(stage.Carol.Runs("/close", home));
        await LaterAsync(stage, TimeSpan.FromDays(29));
        Assert.Contains("The second quagmire", await DatabaseDump.OfAsync(stage), StringComparison.Ordinal);
        await LaterAsync(stage, TimeSpan.FromDays(2));
        Assert.DoesNotContain("quagmire", await DatabaseDump.OfAsync(stage), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hour_by_hour_it_is_looked_at_while_Usher_runs_and_many_messages_go_too()
    {
        await using var stage = await StartAsync(new RetentionSettings(TimeSpan.FromHours(3)));
        var home = await stage.OpensAsync("Support");
        for (var i = 0; i < 250; i++) stage.Alice.Types($"quagmire {i}", home);
        await stage.SettlesAsync();
        await stage.AfterAsync(stage.Carol.Runs("/close", home));

        await stage.PassesAsync(TimeSpan.FromHours(1));
        await stage.PassesAsync(TimeSpan.FromHours(1));
        Assert.Contains("quagmire 249", await DatabaseDump.OfAsync(stage), StringComparison.Ordinal);
        await stage.PassesAsync(TimeSpan.FromHours(1));
        await stage.PassesAsync(TimeSpan.FromHours(1));

        Assert.DoesNotContain("quagmire", await DatabaseDump.OfAsync(stage), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_cannot_be_emptied_holds_up_no_other()
    {
        await using var stage = await StartAsync(new RetentionSettings(TimeSpan.FromDays(30)));
        foreach (var person in (Person[])[stage.Alice, stage.Bob])
        {
            var home = await stage.OpensAsync(person, "Support");
            person.Types($"quagmire of {person.Name}", home);
            await stage.SettlesAsync();
            await stage.AfterAsync(stage.Carol.Runs("/close", home));
        }
        await stage.InDatabaseAsync("update facts set data = 'damaged' where ticket = 1 and name = 'ticket_closed'");

        await LaterAsync(stage, TimeSpan.FromDays(31));

        Assert.DoesNotContain("quagmire of Bob", await DatabaseDump.OfAsync(stage), StringComparison.Ordinal);
        Assert.NotEqual(0L, await stage.InDatabaseAsync("select content_removed from tickets where number = 2"));
        Assert.Equal(0L, await stage.InDatabaseAsync("select content_removed from tickets where number = 1"));
    }

    [Fact]
    public async Task What_came_while_it_was_removed_is_removed_with_the_rest()
    {
        await using var stage = await StartAsync(new RetentionSettings());
        await LivesAsync(stage, "Support");

        await stage.Desk.DecideAsync(
            new Usher.Engine.Deciding.Order { Guild = stage.Settings.Guild, Command = new RemoveContent(), Subject = new Usher.Engine.Deciding.Subject.ToTicket(Key(stage)), Actor = Usher.Desk.People.Actor.Desk }, Now);

        Assert.Equal(0L, await stage.InDatabaseAsync("select count(*) from messages"));
    }

    private static TicketKey Key(Stage stage) => new(stage.Settings.Guild, 1);

    private static Task<Stage> StartAsync(RetentionSettings retention, params KeepRule[] keep) =>
        Stage.StartAsync(stage => stage.Settings = stage.Settings with { Retention = retention, Privacy = new PrivacySettings { Keep = [.. keep] } });

    private static async Task LivesAsync(Stage stage, string department)
    {
        var home = await stage.OpensAsync(department);
        stage.Alice.Types("The quagmire of the picture", home, new NewFile("picture.png", "image/png", Picture));
        await stage.AfterAsync(stage.Carol.Runs("/note", home, ("text", "a quagmire, if you ask me")));
        await stage.AfterAsync(stage.Carol.Runs("/close", home, ("reason", "no quagmire any more")));
        await stage.PassesAsync(TimeSpan.FromSeconds(11));
    }

    private static async Task LaterAsync(Stage stage, TimeSpan time)
    {
        await stage.StopUsherAsync();
        stage.Clock.Advance(time);
        await stage.StartUsherWithoutSessionAsync();
    }
}
