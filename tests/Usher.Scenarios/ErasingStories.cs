using Usher.Desk.Engine;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Engine.Privacy;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>One person asks, another agrees, and what a member said, sent and was called is nowhere any more: not in any column of any table, not in the file, not on the disk.</summary>
public sealed class ErasingStories
{
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dana_asks_Erin_agrees_and_nothing_of_Zenobia_is_left_anywhere_but_that_she_was_erased()
    {
        await using var stage = await StartAsync();
        var zenobia = stage.Box.Cast["Zenobia"];
        await LivesAsync(stage, zenobia);
        await LeavesTracesAsync(stage, zenobia);
        Assert.Contains("quagmire", await DatabaseDump.OfAsync(stage), StringComparison.Ordinal);
        Assert.Equal(3, stage.KeptFiles.Count());
        var statistics = await (await ApiProgram.WithKeyAsync(stage, manager: true)).GetAsync("/api/tickets/stats");

        var seen = await stage.AfterAsync(stage.Dana.Runs("/erase", stage.Harbour.General, ("member", zenobia.Mention)));
        Assert.True(seen.IsPrivate);
        Assert.Contains("2 tickets with what was said", seen.Text, StringComparison.Ordinal);
        await stage.AfterAsync(stage.Dana.Clicks("Ask for the erasure", stage.Harbour.General));
        Assert.Contains("quagmire", await DatabaseDump.OfAsync(stage), StringComparison.Ordinal);
        Assert.Contains("cannot be the second person", (await stage.AfterAsync(stage.Dana.Clicks("Approve", stage.Harbour.StaffLog))).Text, StringComparison.Ordinal);
        await stage.AfterAsync(stage.Erin.Clicks("Approve", stage.Harbour.StaffLog));

        var card = stage.Erin.Sees(stage.Harbour.StaffLog).Last(message => Person.TextOf(message).Contains("Erasing", StringComparison.Ordinal));
        Assert.Contains($"Agreed to by {stage.Erin.Mention}", Person.TextOf(card), StringComparison.Ordinal);
        Assert.Contains("Done on", Person.TextOf(card), StringComparison.Ordinal);
        Assert.Empty(Person.ButtonsOf(card));
        var dump = await DatabaseDump.OfAsync(stage);
        foreach (var words in (string[])["quagmire", "zenobia", "passport", "4711-22", "empress"]) Assert.DoesNotContain(words, dump, StringComparison.OrdinalIgnoreCase);
        // That she was erased is told by her id alone.
        Assert.Equal(["audit.concerning", "erasures.user_id"], (await DatabaseDump.ColumnsWithAsync(stage, zenobia.User.Id.ToString())).Order());
        Assert.Contains("Carol answers in her own words", dump, StringComparison.Ordinal);
        Assert.Contains("member_erased", dump, StringComparison.Ordinal);
        // The other file is in somebody else's message, too.
        Assert.Single(stage.KeptFiles);
        stage.DiskHoldsNothingOf("quagmire", "passport", "empress");
        Assert.Equal(statistics.Text, (await (await ApiProgram.WithKeyAsync(stage, manager: true)).GetAsync("/api/tickets/stats")).Text);
        var page = await stage.TranscriptAsync(1);
        Assert.Contains("Carol answers in her own words", page, StringComparison.Ordinal);
        Assert.DoesNotContain("quagmire", page, StringComparison.Ordinal);
        Assert.Contains("Whoever opened this ticket was erased from it on", page, StringComparison.Ordinal);
        var ticket = (await stage.Desk.Store.FindTicketAsync(new TicketKey(stage.Settings.Guild, 1), Now))!;
        Assert.Equal((Nobody.Id, Nobody.Name, 0), (ticket.Opener, ticket.OpenerName, ticket.Answers.Count));
        await ReplaysAsync(stage);

        // Asked for again there is nothing, and what Discord tells again brings nothing back.
        Assert.Contains("Nothing is kept", (await stage.AfterAsync(stage.Dana.Runs("/erase", stage.Harbour.General, ("member", zenobia.Mention)))).Text, StringComparison.Ordinal);
        await stage.StopUsherAsync();
        await stage.StartUsherWithoutSessionAsync();
        Assert.DoesNotContain("quagmire", await DatabaseDump.OfAsync(stage), StringComparison.Ordinal);
        Assert.Contains("was erased from it", (await stage.AfterAsync(stage.Carol.Runs("/reopen", stage.Harbour.General, ("number", 1)))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Typed_it_is_answered_by_direct_message_and_asked_for_there_by_whoever_still_may()
    {
        await using var stage = await StartAsync();
        var zenobia = stage.Box.Cast["Zenobia"];
        await LivesAsync(stage, zenobia);
        stage.Dana.Types($"!erase {zenobia.Mention}", stage.Harbour.General);
        await stage.SettlesAsync();
        var talk = stage.Dana.DirectMessages(stage.Harbour.Bot.Bot)[^1].Channel;

        await stage.AfterAsync(stage.Dana.Clicks("Ask for the erasure", talk));

        Assert.Contains("Approve", Person.ButtonsOf(stage.Erin.Sees(stage.Harbour.StaffLog)[^1]));
        stage.Box.World.TakeRole(stage.Harbour.Guild.Members.Single(member => member.User == stage.Dana.User), stage.Harbour.Manager);
        await stage.WaitsOutAsync(TimeSpan.FromMinutes(2));
        Assert.Contains("not yours to do", (await stage.AfterAsync(stage.Dana.Clicks("Ask for the erasure", talk))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_after_any_step_it_is_gone_on_with_and_ends_the_same()
    {
        await using var stage = await StartAsync();
        var zenobia = stage.Box.Cast["Zenobia"];
        await LivesAsync(stage, zenobia);
        await AgreedAsync(stage, zenobia);

        var whole = false;
        for (var allowed = 0; !whole; allowed++)
        {
            Assert.True(allowed < 20, "It never ends.");
            var (left, due) = (allowed, Assert.Single(await stage.Desk.Store.DueErasuresAsync(stage.Clock.GetUtcNow(), 5, Now)));
            var erasure = new MemberErasure(stage.Desk.Store, (order, token) => left-- > 0 ? stage.Desk.DecideAsync(order, token) : throw new OperationCanceledException("killed"), stage.Clock);
            try
            {
                whole = await erasure.RunAsync(due, stage.Settings.Privacy, Now);
            }
            catch (OperationCanceledException)
            {
                await stage.SettlesAsync();
            }
        }
        await stage.SettlesAsync();

        Assert.DoesNotContain("quagmire", await DatabaseDump.OfAsync(stage), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["audit.concerning", "erasures.user_id"], (await DatabaseDump.ColumnsWithAsync(stage, zenobia.User.Id.ToString())).Append("audit.concerning").Distinct().Order());
        Assert.Equal(3L, await stage.InDatabaseAsync("select count(*) from facts where name = 'member_erased'"));
        await ReplaysAsync(stage);
    }

    [Fact]
    public async Task What_the_law_keeps_stays_untouched_until_its_time_is_over()
    {
        await using var stage = await StartAsync(settings => settings with { Privacy = new PrivacySettings { Keep = [new KeepRule(["billing"], TimeSpan.FromDays(365), "Invoices, by tax law.")] } });
        var zenobia = stage.Box.Cast["Zenobia"];
        await LivesAsync(stage, zenobia);

        var seen = await stage.AfterAsync(stage.Dana.Runs("/erase", stage.Harbour.General, ("member", zenobia.Mention)));
        Assert.Contains("1 ticket stays until", seen.Text, StringComparison.Ordinal);
        Assert.Contains("Invoices, by tax law.", seen.Text, StringComparison.Ordinal);
        await stage.AfterAsync(stage.Dana.Clicks("Ask for the erasure", stage.Harbour.General));
        await stage.AfterAsync(stage.Erin.Clicks("Approve", stage.Harbour.StaffLog));

        Assert.DoesNotContain("quagmire of ticket 1", await DatabaseDump.OfAsync(stage), StringComparison.Ordinal);
        Assert.Contains("quagmire of ticket 2", await DatabaseDump.OfAsync(stage), StringComparison.Ordinal);
        Assert.Contains("follows by itself", stage.StaffLog.Last(line => line.Contains("Erasing", StringComparison.Ordinal)), StringComparison.Ordinal);
        var again = await stage.OpensAsync(zenobia, "Support");
        zenobia.Types("Back with words of a later time", again);
        await stage.SettlesAsync();

        await stage.StopUsherAsync();
        stage.Clock.Advance(TimeSpan.FromDays(366));
        await stage.StartUsherWithoutSessionAsync();
        Assert.DoesNotContain("quagmire", await DatabaseDump.OfAsync(stage), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Back with words of a later time", await DatabaseDump.OfAsync(stage), StringComparison.Ordinal);
        await ReplaysAsync(stage);
    }

    [Fact]
    public async Task Who_answers_to_words_that_still_stand_on_Discord_or_edits_an_answer_brings_none_of_them_back()
    {
        await using var stage = await StartAsync();
        var zenobia = stage.Box.Cast["Zenobia"];
        var home = await stage.OpensAsync("Billing");
        await stage.AfterAsync(stage.Carol.Runs("/add", home, ("member", zenobia.Mention)));
        var said = zenobia.Types("A quagmire", home);
        await stage.SettlesAsync();
        var before = stage.Alice.Types("Alice answers", home, replyTo: said);
        await stage.SettlesAsync();
        await AgreedAsync(stage, zenobia);
        await stage.PassesAsync(TimeSpan.FromMinutes(2));
        Assert.DoesNotContain("quagmire", await DatabaseDump.OfAsync(stage), StringComparison.OrdinalIgnoreCase);

        stage.Alice.Types("Alice answers again", home, replyTo: said);
        stage.Alice.Edits(before, "Alice answers, edited");
        await stage.SettlesAsync();

        var dump = await DatabaseDump.OfAsync(stage);
        Assert.Contains("Alice answers again", dump, StringComparison.Ordinal);
        Assert.Contains("Alice answers, edited", dump, StringComparison.Ordinal);
        Assert.DoesNotContain("quagmire", dump, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_ticket_that_is_opened_again_meanwhile_follows_when_it_is_closed()
    {
        await using var stage = await StartAsync();
        var zenobia = stage.Box.Cast["Zenobia"];
        var home = await stage.OpensAsync(zenobia, "Support");
        zenobia.Types("a quagmire", home);
        await stage.SettlesAsync();
        await stage.AfterAsync(stage.Carol.Runs("/close", home));
        await stage.AfterAsync(stage.Carol.Runs("/reopen", stage.Harbour.General, ("number", 1)));
        await AgreedAsync(stage, zenobia);
        await stage.PassesAsync(TimeSpan.FromMinutes(2));

        var erasure = (await stage.Desk.Store.FindErasureAsync(stage.Settings.Guild, 1, Now))!;
        Assert.Equal((ErasureState.Kept, 1L), (erasure.State, Assert.Single(erasure.Kept)));
        Assert.Contains("a quagmire", await DatabaseDump.OfAsync(stage), StringComparison.Ordinal);
        await stage.AfterAsync(stage.Carol.Runs("/close", home));
        await stage.StopUsherAsync();
        stage.Clock.Advance(TimeSpan.FromDays(2));
        await stage.StartUsherWithoutSessionAsync();

        Assert.DoesNotContain("quagmire", await DatabaseDump.OfAsync(stage), StringComparison.Ordinal);
        Assert.Equal(ErasureState.Done, (await stage.Desk.Store.FindErasureAsync(stage.Settings.Guild, 1, Now))!.State);
    }

    [Fact]
    public async Task Where_all_must_stay_it_can_be_asked_for_once_and_is_done_when_the_time_is_over()
    {
        await using var stage = await StartAsync(settings => settings with { Privacy = new PrivacySettings { Keep = [new KeepRule([], TimeSpan.FromDays(365), "By law.")] } });
        var zenobia = stage.Box.Cast["Zenobia"];
        var home = await stage.OpensAsync(zenobia, "Support");
        zenobia.Types("a quagmire", home);
        await stage.SettlesAsync();
        await stage.AfterAsync(stage.Carol.Runs("/close", home));

        await stage.AfterAsync(stage.Dana.Runs("/erase", stage.Harbour.General, ("member", zenobia.Mention)));
        await stage.AfterAsync(stage.Dana.Clicks("Ask for the erasure", stage.Harbour.General));
        await stage.AfterAsync(stage.Erin.Clicks("Approve", stage.Harbour.StaffLog));
        Assert.Equal(ErasureState.Kept, (await stage.Desk.Store.FindErasureAsync(stage.Settings.Guild, 1, Now))!.State);
        Assert.Contains("Nothing is kept", (await stage.AfterAsync(stage.Dana.Runs("/erase", stage.Harbour.General, ("member", zenobia.Mention)))).Text, StringComparison.Ordinal);

        await stage.StopUsherAsync();
        stage.Clock.Advance(TimeSpan.FromDays(366));
        await stage.StartUsherWithoutSessionAsync();
        Assert.DoesNotContain("quagmire", await DatabaseDump.OfAsync(stage), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_person_with_two_keys_is_one_person()
    {
        await using var stage = await StartAsync();
        var zenobia = stage.Box.Cast["Zenobia"];
        var home = await stage.OpensAsync(zenobia, "Support");
        await stage.AfterAsync(stage.Carol.Runs("/close", home));
        var (dana, body) = (new UserId(stage.Dana.User.Id.Value), $$"""{"user_id":"{{zenobia.User.Id}}"}""");
        var (one, two) = (await ApiProgram.WithKeyAsync(stage, manager: true, actsAs: dana, name: "one"), await ApiProgram.WithKeyAsync(stage, manager: true, actsAs: dana, name: "two"));
        var (third, fourth) = (await ApiProgram.WithKeyAsync(stage, manager: true, name: "three"), await ApiProgram.WithKeyAsync(stage, manager: true, name: "four"));

        Assert.Equal(201, (await one.PostAsync("/api/privacy/erasures", body)).Status);
        Assert.Equal((403, "erase.same"), (await two.PostAsync("/api/privacy/erasures/1/approve")).Verdict);
        Assert.Contains("cannot be the second person", (await stage.AfterAsync(stage.Dana.Clicks("Approve", stage.Harbour.StaffLog))).Text, StringComparison.Ordinal);
        await two.PostAsync("/api/privacy/erasures/1/deny");
        Assert.Equal(201, (await third.PostAsync("/api/privacy/erasures", body)).Status);
        Assert.Equal((403, "erase.same"), (await fourth.PostAsync("/api/privacy/erasures/2/approve")).Verdict);
        Assert.Equal(202, (await one.PostAsync("/api/privacy/erasures/2/approve")).Status);
    }

    [Fact]
    public async Task What_is_done_beside_a_running_Usher_it_shows_on_Discord_a_moment_later()
    {
        await using var stage = await StartAsync();
        var home = await stage.OpensAsync("Support");
        var ticket = (await stage.Desk.Store.FindTicketAsync(new TicketKey(stage.Settings.Guild, 1), Now))!;
        var card = Person.TextOf(stage.Alice.Sees(home)[0]);
        // As the command line does it: nothing in this program hears of it.
        var delete = new Usher.Desk.Effects.DeleteMessage(ticket.Home.Channel!.Value, ticket.Card!.Value);
        await stage.Desk.Store.CommitAsync(new Usher.Storage.Commit { Guild = ticket.Guild, Before = ticket, After = ticket, By = default, At = stage.Clock.GetUtcNow(), Effects = [delete] }, Now);
        await stage.SettlesAsync();
        Assert.Contains(stage.Alice.Sees(home), message => Person.TextOf(message) == card);

        await stage.PassesAsync(TimeSpan.FromSeconds(61));

        Assert.DoesNotContain(stage.Alice.Sees(home), message => Person.TextOf(message) == card);
        Assert.Equal(0L, await stage.InDatabaseAsync("select count(*) from effects"));
    }

    [Fact]
    public async Task Who_may_not_ask_or_agree_is_told_why_and_nothing_happens()
    {
        await using var stage = await StartAsync();
        var zenobia = stage.Box.Cast["Zenobia"];
        var home = await stage.OpensAsync(zenobia, "Support");
        zenobia.Types("a quagmire", home);
        await stage.SettlesAsync();

        Assert.Contains("not yours", (await stage.AfterAsync(zenobia.Runs("/erase", stage.Harbour.General, ("member", zenobia.Mention)))).Text, StringComparison.Ordinal);
        Assert.Contains("not yours", (await stage.AfterAsync(stage.Carol.Runs("/erase", stage.Harbour.General, ("member", zenobia.Mention)))).Text, StringComparison.Ordinal);
        var open = await stage.AfterAsync(stage.Dana.Runs("/erase", stage.Harbour.General, ("member", zenobia.Mention)));
        Assert.Contains("still worked on: #0001", open.Text, StringComparison.Ordinal);
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);
        var body = $$"""{ "user_id": "{{zenobia.User.Id}}" }""";
        Assert.Equal((409, "erase.open"), (await crm.PostAsync("/api/privacy/erasures", body)).Verdict);
        await stage.AfterAsync(stage.Carol.Runs("/close", home));

        Assert.Equal((403, "scope.missing"), (await (await ApiProgram.WithKeyAsync(stage, scopes: ["tickets:read"], manager: true)).PostAsync("/api/privacy/erasures", body)).Verdict);
        var carol = await ApiProgram.WithKeyAsync(stage, actsAs: new UserId(stage.Carol.User.Id.Value));
        Assert.Equal((403, "access.denied"), (await carol.PostAsync("/api/privacy/erasures", body)).Verdict);
        Assert.Equal((403, "access.denied"), (await carol.GetAsync($"/api/privacy/members/{zenobia.User.Id}")).Verdict);
        Assert.Equal("1", (await crm.GetAsync($"/api/privacy/members/{zenobia.User.Id}"))["tickets"]);
        var asked = await crm.PostAsync("/api/privacy/erasures", body);
        Assert.Equal((201, "asked"), (asked.Status, asked["status"]));
        Assert.Equal((409, "erase.waiting"), (await crm.PostAsync("/api/privacy/erasures", body)).Verdict);
        Assert.Equal((403, "erase.same"), (await crm.PostAsync("/api/privacy/erasures/1/approve")).Verdict);
        Assert.Equal((404, "erase.gone"), (await crm.PostAsync("/api/privacy/erasures/7/approve")).Verdict);
        await stage.AfterAsync(stage.Dana.Clicks("Deny", stage.Harbour.StaffLog));
        Assert.Contains($"Refused by {stage.Dana.Mention}", stage.StaffLog[^1], StringComparison.Ordinal);
        Assert.Equal("denied", (await crm.GetAsync("/api/privacy/erasures/1"))["status"]);
        Assert.Contains("a quagmire", await DatabaseDump.OfAsync(stage), StringComparison.Ordinal);

        Assert.Equal("2", (await crm.PostAsync("/api/privacy/erasures", body))["id"]);
        var dana = await ApiProgram.WithKeyAsync(stage, actsAs: new UserId(stage.Dana.User.Id.Value));
        Assert.Equal(202, (await dana.PostAsync("/api/privacy/erasures/2/approve")).Status);
        Assert.Equal("done", (await crm.GetAsync("/api/privacy/erasures/2"))["status"]);
        Assert.DoesNotContain("a quagmire", await DatabaseDump.OfAsync(stage), StringComparison.Ordinal);
        Assert.Equal((409, "erase.late"), (await dana.PostAsync("/api/privacy/erasures/2/deny")).Verdict);
        var audit = await crm.GetAsync("/api/audit?action=erasure_approved");
        Assert.Equal("erasure 2", Assert.Single(audit.Body.GetProperty("entries").EnumerateArray()).GetProperty("detail").GetString());
    }

    private static Task<Stage> StartAsync(Func<DeskSettings, DeskSettings>? change = null) => Stage.StartAsync(stage =>
    {
        stage.Box.World.Join(stage.Harbour.Guild, stage.Box.World.AddUser("zenobia.empress", "Zenobia", new Usher.Discord.Model.Snowflake(777_000_000_000_000_777)));
        if (change is not null) stage.Settings = change(stage.Settings);
    });

    // Two tickets of hers, one with a form, and one of Alice's in which she takes part; all closed but Alice's.
    private static async Task LivesAsync(Stage stage, Person zenobia)
    {
        var home = await stage.OpensAsync(zenobia, "Support");
        var asked = zenobia.Types("The quagmire of ticket 1, 4711-22", home, new NewFile("passport.png", "image/png", Picture));
        await stage.SettlesAsync();
        stage.Carol.Types("Carol answers in her own words", home, replyTo: asked);
        zenobia.Edits(asked, "The quagmire of ticket 1, edited");
        await stage.AfterAsync(stage.Carol.Runs("/note", home, ("text", "a note of Carol's")));
        await stage.AfterAsync(stage.Carol.Runs("/rename", home, ("name", "zenobia-empress")));
        await stage.AfterAsync(stage.Carol.Runs("/close", home, ("reason", "answered")));

        var other = await stage.OpensAsync(zenobia, "Billing");
        zenobia.Types("The quagmire of ticket 2", other, new NewFile("passport-two.png", "image/png", Another(1)));
        await stage.SettlesAsync();
        await stage.AfterAsync(stage.Carol.Runs("/close", other));
        await stage.PassesAsync(TimeSpan.FromSeconds(11));

        var alices = await stage.OpensAsync(stage.Alice, "Support");
        await stage.AfterAsync(stage.Carol.Runs("/add", alices, ("member", zenobia.Mention)));
        var said = zenobia.Types("A quagmire here, too", alices, new NewFile("shared.png", "image/png", Another(2)));
        await stage.SettlesAsync();
        stage.Alice.Types("Alice has the same", alices, said, new NewFile("shared.png", "image/png", Another(2)));
        await stage.AfterAsync(stage.Dana.Runs("/block", stage.Harbour.General, ("member", zenobia.Mention), ("reason", "too much quagmire")));
        await stage.AfterAsync(stage.Dana.Runs("/unblock", stage.Harbour.General, ("member", zenobia.Mention)));
    }

    // What stands beside tickets only for a while, or when something went wrong.
    private static async Task LeavesTracesAsync(Stage stage, Person zenobia)
    {
        var (guild, user) = (stage.Settings.Guild.ToString(), zenobia.User.Id.ToString());
        await stage.InDatabaseAsync($"insert into forms (guild_id, user_id, department, expires_at, doc) values ({guild}, {user}, 'billing', 99999999999999, '{{\"guild\":\"{guild}\",\"user\":\"{user}\",\"department\":\"billing\",\"expires_at\":\"2100-01-01T00:00:00+00:00\",\"answers\":[{{\"question\":\"q\",\"value\":\"quagmire\",\"refused\":false}}]}}')");
        await stage.InDatabaseAsync($"insert into imported_tickets (guild_id, source, source_id, ticket, version, at) values ({guild}, 'dcticket', 'ticket-zenobia', 1, 1, 1)");
        await stage.InDatabaseAsync($"insert into blocked_members (guild_id, user_id, by_id, at) values ({guild}, 5, {user}, 1)");
        await stage.InDatabaseAsync($"insert into data_links (guild_id, user_id, asked_by, hash, at) values ({guild}, {user}, 1, 'a', 1), ({guild}, 5, {user}, 'b', 1)");
        await stage.InDatabaseAsync($"insert into api_answers (guild_id, caller, idempotency_key, request_hash, begun_at, status, body) values ({guild}, 'key:1', 'a', '', 1, 200, '{{\"id\":\"{TicketIds.Of(1)}\",\"subject\":\"quagmire\"}}')");
        await stage.InDatabaseAsync($"insert into effects (guild_id, stream, body, due_at, failed_at, error) values ({guild}, 'd', '{{\"to\":\"{user}\",\"text\":\"quagmire\"}}', 1, 1, 'x')");
        await stage.InDatabaseAsync($"insert into webhooks (guild_id, number, url, events, created_at, created_by, disabled_at) values ({guild}, 1, 'https://crm.example/', '*', 1, 'zenobia.empress', 1)");
        await stage.InDatabaseAsync($"insert into webhook_deliveries (guild_id, hook, ticket, event_id, type, body, state, created_at, due_at, ended_at) values ({guild}, 1, 1, 'e', 'ticket.opened', '{{\"opener_name\":\"Zenobia\"}}', 'failed', 1, 1, 99999999999999)");
        await stage.InDatabaseAsync($"insert into webhook_deliveries (guild_id, hook, event_id, type, body, state, created_at, due_at, ended_at) values ({guild}, 1, 'f', 'ticket.opened', '{{\"actor_id\":\"{user}\",\"name\":\"Zenobia\"}}', 'failed', 1, 1, 99999999999999)");
    }

    private static byte[] Another(byte one) => [.. Picture, one];

    private static async Task AgreedAsync(Stage stage, Person member)
    {
        var (guild, at, user) = (stage.Settings.Guild, stage.Clock.GetUtcNow(), new UserId(member.User.Id.Value));
        var changes = new DeskChange[]
        {
            new ErasureAsked(1, user, new Principal(new UserId(stage.Dana.User.Id.Value), null), at), new ErasureDecided(1, Approves: true, new Principal(new UserId(stage.Erin.User.Id.Value), null), at),
        };
        await stage.Desk.Store.CommitAsync(new Usher.Storage.Commit { Guild = guild, By = user, At = at, Changes = [.. changes] }, Now);
    }

    // What is left of the history gives the tickets as they are.
    private static async Task ReplaysAsync(Stage stage)
    {
        for (var number = 1; number <= 3; number++)
        {
            var key = new TicketKey(stage.Settings.Guild, number);
            var replayed = (await stage.Desk.Store.FactsAsync(key, Now)).Aggregate((Ticket?)null, (state, fact) => fact.Fact.ApplyTo(state));
            Assert.Equal(await stage.Desk.Store.FindTicketAsync(key, Now), replayed);
        }
    }
}
