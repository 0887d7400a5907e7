using System.Net.Http.Headers;
using System.Text;
using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Scenarios.Stages;
using Usher.Storage;
using Usher.Web.Api.Callers;

namespace Usher.Scenarios;

/// <summary>Who may what over the API, and what it says to those who may not.</summary>
public sealed class ApiAccessStories
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_sends_no_key_or_a_wrong_one_is_told_what_is_wrong_with_it()
    {
        await using var stage = await Stage.StartAsync();
        var key = await ApiProgram.WithKeyAsync(stage, manager: true);
        var guild = stage.Settings.Guild;
        (string? Header, string Code)[] wrong =
        [
            (null, "token.missing"),
            ("Basic dXNlcjpwYXNz", "token.scheme"),
            ("Bearer", "token.scheme"),
            ("Bearer usher_", "key.unknown"),
            ("Bearer usher_0_x", "key.unknown"),
            ($"Bearer usher_{guild}_{new string('A', 43)}", "key.unknown"),
            ($"Bearer {key.Token}x", "key.unknown"),
            ($"Bearer {key.Token[..^1]}", "key.unknown"),
            ($"Bearer {key.Token.Replace(guild.ToString(), "1", StringComparison.Ordinal)}", "key.unknown"),
            ("Bearer usher_' or 1=1 --_x", "key.unknown"),
            ("Bearer " + new string('a', 5000), "token.unknown"),
        ];
        foreach (var (header, code) in wrong)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(stage.Address + "/api/tickets"));
            if (header is not null) request.Headers.TryAddWithoutValidation("Authorization", header);
            using var response = await stage.Browser.SendAsync(request, Now);
            var reply = await ApiReply.OfAsync(response, Now);
            Assert.Equal((401, code), reply.Verdict);
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task A_key_that_was_revoked_rotated_or_has_expired_opens_nothing_from_then_on()
    {
        await using var stage = await Stage.StartAsync();
        var revoked = await ApiProgram.WithKeyAsync(stage, manager: true);
        var rotated = await ApiProgram.WithKeyAsync(stage, manager: true);
        var ending = await ApiProgram.WithKeyAsync(stage, manager: true, until: stage.Clock.GetUtcNow().AddHours(1));
        foreach (var key in (ApiProgram[])[revoked, rotated, ending]) Assert.Equal(200, (await key.GetAsync("/api/me")).Status);
        var done = new ApiKeyEvent(stage.Clock.GetUtcNow(), "test", "done");

        Assert.True(await stage.Desk.Store.RevokeApiKeyAsync(stage.Settings.Guild, 1, done, Now));
        var anew = ApiTokens.New(stage.Settings.Guild);
        Assert.True(await stage.Desk.Store.RotateApiKeyAsync(stage.Settings.Guild, 2, ApiTokens.HashOf(anew), done, Now));
        await stage.PassesAsync(TimeSpan.FromHours(2));

        Assert.Equal((401, "key.revoked"), (await revoked.GetAsync("/api/me")).Verdict);
        Assert.Equal((401, "key.unknown"), (await rotated.GetAsync("/api/me")).Verdict);
        Assert.Equal((401, "key.expired"), (await ending.GetAsync("/api/me")).Verdict);
        Assert.Equal(200, (await new ApiProgram(stage, anew).GetAsync("/api/me")).Status);
        var keys = await stage.Desk.Store.ApiKeysAsync(stage.Settings.Guild, Now);
        Assert.All(keys, key => Assert.NotNull(key.LastUsedAt));
    }

    [Fact]
    public async Task Members_see_their_own_tickets_staff_their_departments_and_managers_all()
    {
        await using var stage = await Stage.StartAsync();
        await stage.OpensAsync(stage.Alice, "Support");
        await stage.OpensAsync(stage.Alice, "Billing");
        await stage.OpensAsync(stage.Bob, "Billing");
        var alice = await ApiProgram.WithKeyAsync(stage, actsAs: new UserId(stage.Alice.User.Id.Value));
        var bob = await ApiProgram.WithKeyAsync(stage, actsAs: new UserId(stage.Bob.User.Id.Value));
        var billing = await ApiProgram.WithKeyAsync(stage, departments: ["billing"]);
        var manager = await ApiProgram.WithKeyAsync(stage, manager: true);

        Assert.Equal("TKT000002 TKT000001", await IdsAsync(alice));
        Assert.Equal("TKT000001", await IdsAsync(bob));
        Assert.Equal("TKT000003", await IdsAsync(bob, "?user_id=me"));
        Assert.Equal("TKT000003 TKT000002", await IdsAsync(billing));
        Assert.Equal("TKT000003 TKT000002 TKT000001", await IdsAsync(manager));
        Assert.Equal("", await IdsAsync(alice, $"?user_id={stage.Bob.User.Id}"));
        Assert.Equal("", await IdsAsync(bob, $"?user_id={stage.Alice.User.Id}&department=billing"));
        Assert.Equal("", await IdsAsync(billing, "?department=support"));
        foreach (var (program, hidden) in ((ApiProgram, int)[])[(alice, 3), (bob, 2), (billing, 1)])
        {
            Assert.Equal((404, "ticket.none"), (await program.GetAsync($"/api/tickets/{hidden}")).Verdict);
            Assert.Equal((404, "ticket.none"), (await program.GetAsync($"/api/tickets/{hidden}/messages")).Verdict);
            Assert.Equal((404, "ticket.none"), (await program.GetAsync($"/api/tickets/{hidden}/notes")).Verdict);
            Assert.Equal((404, "ticket.none"), (await program.PostAsync($"/api/tickets/{hidden}/claim")).Verdict);
            Assert.Equal((404, "ticket.none"), (await program.PostAsync($"/api/tickets/{hidden}/reply", """{"message":"x"}""")).Verdict);
        }
        Assert.Equal(404, (await manager.GetAsync("/api/tickets/TKT000004")).Status);
        Assert.Equal("member", (await alice.GetAsync("/api/me"))["role"]);
        Assert.Equal("staff", (await billing.GetAsync("/api/me"))["role"]);
    }

    [Fact]
    public async Task What_a_member_asks_for_the_database_itself_keeps_to_their_own_whatever_the_program_believes()
    {
        await using var stage = await Stage.StartAsync();
        await stage.OpensAsync("Support");
        var alice = await ApiProgram.WithKeyAsync(stage, actsAs: new UserId(stage.Alice.User.Id.Value));
        Assert.Equal(200, (await alice.GetAsync("/api/tickets/1")).Status);

        await stage.InDatabaseAsync("update tickets set opener_id = 1");

        Assert.Equal((404, "ticket.none"), (await alice.GetAsync("/api/tickets/1")).Verdict);
        Assert.Equal((404, "ticket.none"), (await alice.GetAsync("/api/tickets/1/messages")).Verdict);
        Assert.Equal("", await IdsAsync(alice));
    }

    [Fact]
    public async Task Departments_with_the_same_staff_role_are_apart_for_keys()
    {
        await using var stage = await Stage.StartAsync(s => s.Settings = s.Settings with { Departments = [.. s.Settings.Departments.Select(d => d with { Staff = [new RoleId(s.Harbour.Support.Id.Value)] })] });
        await stage.OpensAsync("Support");
        await stage.OpensAsync("Billing");
        var billing = await ApiProgram.WithKeyAsync(stage, departments: ["billing"]);

        Assert.Equal("TKT000002", await IdsAsync(billing));
        Assert.Equal(404, (await billing.PostAsync("/api/tickets/1/claim")).Status);
    }

    [Theory]
    [InlineData("GET", "/api/tickets", "tickets:read")]
    [InlineData("GET", "/api/tickets/1", "tickets:read")]
    [InlineData("GET", "/api/tickets/1/messages", "tickets:read")]
    [InlineData("GET", "/api/tickets/stats", "tickets:read")]
    [InlineData("POST", "/api/tickets", "tickets:open")]
    [InlineData("POST", "/api/tickets/1/reply", "tickets:reply")]
    [InlineData("POST", "/api/tickets/1/close", "tickets:work")]
    [InlineData("POST", "/api/tickets/1/claim", "tickets:work")]
    [InlineData("PUT", "/api/tickets/1/tags", "tickets:work")]
    [InlineData("GET", "/api/tickets/1/notes", "notes")]
    [InlineData("POST", "/api/tickets/1/notes", "notes")]
    [InlineData("POST", "/api/buttons", "panels")]
    [InlineData("GET", "/api/webhooks", "webhooks")]
    [InlineData("POST", "/api/webhooks/1/replay", "webhooks")]
    public async Task Without_the_scope_nothing_is_even_looked_at(string method, string path, string scope)
    {
        await using var stage = await Stage.StartAsync();
        var others = Usher.Web.Api.Scopes.All.Where(other => other != scope).ToArray();
        var program = await ApiProgram.WithKeyAsync(stage, scopes: others, manager: true);

        var reply = await program.SendAsync(new HttpMethod(method), path, method == "GET" ? null : "{}");

        Assert.Equal((403, "scope.missing"), reply.Verdict);
        Assert.Contains(scope, reply["detail"]);
    }

    [Fact]
    public async Task Notes_need_their_scope_also_in_replies_and_views()
    {
        await using var stage = await Stage.StartAsync();
        await stage.OpensAsync("Support");
        var writer = await ApiProgram.WithKeyAsync(stage, manager: true);
        var reader = await ApiProgram.WithKeyAsync(stage, scopes: ["tickets:read", "tickets:reply"], manager: true);
        await writer.PostAsync("/api/tickets/1/notes", """{"text":"for staff"}""");

        Assert.Contains("for staff", (await writer.GetAsync("/api/tickets/1")).Text);
        Assert.DoesNotContain("for staff", (await reader.GetAsync("/api/tickets/1")).Text);
        Assert.DoesNotContain("for staff", (await reader.GetAsync("/api/tickets")).Text);
        Assert.Equal((403, "scope.missing"), (await reader.PostAsync("/api/tickets/1/reply", """{"message":"x","internal_note":true}""")).Verdict);
    }

    [Fact]
    public async Task A_key_of_one_guild_touches_nothing_of_another()
    {
        await using var stage = await Stage.StartAsync();
        await stage.OpensAsync("Support");
        var elsewhere = new GuildId(424242);
        await stage.Desk.ApplyAsync([stage.Settings, stage.Settings with { Guild = elsewhere, Panels = [] }], Now);
        await stage.SettlesAsync();
        var token = ApiTokens.New(elsewhere);
        await stage.Desk.Store.AddApiKeyAsync(
            new ApiKey(elsewhere, 0, "Spy", Usher.Web.Api.Scopes.All, 600, stage.Clock.GetUtcNow()) { IsManager = true }, ApiTokens.HashOf(token), new ApiKeyEvent(stage.Clock.GetUtcNow(), "test", "created"), Now);
        var spy = new ApiProgram(stage, token);

        Assert.Equal("", await IdsAsync(spy));
        Assert.Equal(404, (await spy.GetAsync("/api/tickets/1")).Status);
        Assert.Equal(404, (await spy.PostAsync("/api/tickets/1/close")).Status);
        Assert.Equal(422, (await spy.PostAsync("/api/buttons", $$"""{"channel_id":"{{stage.Harbour.General.Id}}"}""")).Status);
        Assert.Equal((422, "open.not_member"), (await spy.PostAsync("/api/tickets", $$"""{"category":"support","user_id":"{{stage.Alice.User.Id}}"}""")).Verdict);
    }

    [Fact]
    public async Task Too_many_requests_wait_and_are_told_how_long()
    {
        await using var stage = await Stage.StartAsync();
        var program = await ApiProgram.WithKeyAsync(stage, manager: true, perMinute: 60);
        for (var request = 0; request < 10; request++) Assert.Equal(200, (await program.GetAsync("/api/me")).Status);

        var limited = await program.GetAsync("/api/me");

        Assert.Equal((429, "limit.requests"), limited.Verdict);
        Assert.Equal(TimeSpan.FromSeconds(1), limited.Headers.RetryAfter?.Delta);
        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await program.GetAsync("/api/me")).Status);
        Assert.Equal(429, (await program.GetAsync("/api/me")).Status);
    }

    [Fact]
    public async Task A_request_sent_twice_is_done_once_and_answered_the_same()
    {
        await using var stage = await Stage.StartAsync();
        var program = await ApiProgram.WithKeyAsync(stage, manager: true);
        var other = await ApiProgram.WithKeyAsync(stage, manager: true);
        var body = $$"""{"category":"support","user_id":"{{stage.Alice.User.Id}}","subject":"Once"}""";

        var first = await program.PostAsync("/api/tickets", body, ("Idempotency-Key", "k-1"));
        var second = await program.PostAsync("/api/tickets", body, ("Idempotency-Key", "k-1"));

        Assert.Equal((201, first.Text), (second.Status, second.Text));
        Assert.Equal("true", second.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal("TKT000001", await IdsAsync(program));
        Assert.Equal((422, "idempotency.other_request"), (await program.PostAsync("/api/tickets", body.Replace("Once", "Twice", StringComparison.Ordinal), ("Idempotency-Key", "k-1"))).Verdict);
        Assert.Equal((422, "idempotency.other_request"), (await program.PostAsync("/api/tickets/1/close", "{}", ("Idempotency-Key", "k-1"))).Verdict);
        Assert.Equal((400, "idempotency.key"), (await program.PostAsync("/api/tickets/1/claim", "{}", ("Idempotency-Key", new string('k', 129)))).Verdict);
        // Another caller's word for another thing.
        Assert.Equal(200, (await other.PostAsync("/api/tickets/1/claim", "{}", ("Idempotency-Key", "k-1"))).Status);
        // What was refused changed nothing, and is tried anew.
        Assert.Equal((409, "open.for.already"), (await program.PostAsync("/api/tickets", body, ("Idempotency-Key", "k-2"))).Verdict);
        await program.PostAsync("/api/tickets/1/close");
        Assert.Equal(201, (await program.PostAsync("/api/tickets", body, ("Idempotency-Key", "k-2"))).Status);
    }

    [Fact]
    public async Task Two_at_once_with_the_same_key_open_one_ticket()
    {
        await using var stage = await Stage.StartAsync();
        var program = await ApiProgram.WithKeyAsync(stage, manager: true);
        var body = $$"""{"category":"support","user_id":"{{stage.Alice.User.Id}}"}""";

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => program.PostAsync("/api/tickets", body, ("Idempotency-Key", "same"))));

        Assert.Contains(replies, reply => reply.Status == 201);
        Assert.All(replies, reply => Assert.True(reply.Verdict is (201, null) or (409, "idempotency.under_way"), reply.Text));
        Assert.Equal("TKT000001", await IdsAsync(program));
    }

    [Fact]
    public async Task What_was_done_before_a_crash_and_not_answered_is_not_done_again()
    {
        await using var stage = await Stage.StartAsync();
        var program = await ApiProgram.WithKeyAsync(stage, manager: true);
        var body = $$"""{"category":"support","user_id":"{{stage.Alice.User.Id}}"}""";
        await program.PostAsync("/api/tickets", body, ("Idempotency-Key", "lost"));
        // As a crash between the commit and the answer leaves it.
        Assert.NotNull(await stage.InDatabaseAsync("update api_answers set status = null, body = null returning caller"));
        await stage.StopUsherAsync();
        await stage.StartUsherAsync();

        Assert.Equal((409, "idempotency.under_way"), (await program.PostAsync("/api/tickets", body, ("Idempotency-Key", "lost"))).Verdict);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((409, "idempotency.answer_lost"), (await program.PostAsync("/api/tickets", body, ("Idempotency-Key", "lost"))).Verdict);
        Assert.Equal("TKT000001", await IdsAsync(program));
    }

    [Fact]
    public async Task A_change_of_a_ticket_whose_answer_was_lost_is_answered_with_the_ticket_and_a_webhook_is_made_once()
    {
        await using var stage = await Stage.StartAsync();
        await stage.OpensAsync("Support");
        var program = await ApiProgram.WithKeyAsync(stage, manager: true);
        var tag = (await program.GetAsync("/api/tickets/1")).Headers.ETag!.Tag;
        (string, string)[] claiming = [("Idempotency-Key", "claim"), ("If-Match", tag)];
        const string Hook = """{"url":"https://crm.example/hook"}""";
        Assert.Equal(200, (await program.PostAsync("/api/tickets/1/claim", "{}", claiming)).Status);
        Assert.Equal(201, (await program.PostAsync("/api/webhooks", Hook, ("Idempotency-Key", "hook"))).Status);
        Assert.NotNull(await stage.InDatabaseAsync("update api_answers set status = null, body = null returning caller"));
        stage.Clock.Advance(TimeSpan.FromMinutes(1));

        var again = await program.PostAsync("/api/tickets/1/claim", "{}", claiming);
        Assert.Equal((200, "TKT000001"), (again.Status, again["ticket_id"]));
        Assert.Equal((409, "idempotency.answer_lost"), (await program.PostAsync("/api/webhooks", Hook, ("Idempotency-Key", "hook"))).Verdict);
        Assert.Single(await stage.Desk.Store.WebhooksOfAsync(stage.Settings.Guild, Now));
    }

    [Fact]
    public async Task What_failed_for_want_of_Discord_is_done_by_the_same_key_as_soon_as_it_is_back()
    {
        await using var stage = await Stage.StartAsync();
        var program = await ApiProgram.WithKeyAsync(stage, manager: true);
        var body = $$"""{"category":"support","user_id":"{{stage.Alice.User.Id}}"}""";
        stage.Box.Weather.Next("GET /guilds/{guild}/members/{user}", Usher.Sandbox.Fault.ServerError, times: 100);
        var asking = program.SentAsync(HttpMethod.Post, "/api/tickets", body, ("Idempotency-Key", "away"));
        await stage.PassesUntilAsync(() => asking.IsCompleted);
        Assert.Equal((503, "discord.unavailable"), (await asking).Verdict);
        stage.Box.Weather.Clear();

        Assert.Equal(201, (await program.PostAsync("/api/tickets", body, ("Idempotency-Key", "away"))).Status);
    }

    [Fact]
    public async Task A_change_meant_for_an_older_state_is_refused()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        var program = await ApiProgram.WithKeyAsync(stage, manager: true);
        var seen = await program.GetAsync("/api/tickets/1");
        var tag = seen.Headers.ETag!.Tag;
        foreach (var known in (string[])[tag, "W/" + tag, "\"0\", " + tag, "*"]) Assert.Equal(304, (await program.GetAsync("/api/tickets/1", ("If-None-Match", known))).Status);

        await stage.AfterAsync(stage.Carol.Clicks("Claim", home));

        Assert.Equal(200, (await program.GetAsync("/api/tickets/1", ("If-None-Match", tag))).Status);
        Assert.Equal((412, "ticket.changed"), (await program.PutAsync("/api/tickets/1/priority", """{"priority":"low"}""", ("If-Match", tag))).Verdict);
        Assert.Equal((400, "if_match.unreadable"), (await program.PutAsync("/api/tickets/1/priority", """{"priority":"low"}""", ("If-Match", "12"))).Verdict);
        var now = (await program.GetAsync("/api/tickets/1")).Headers.ETag!.Tag;
        Assert.Equal(200, (await program.PutAsync("/api/tickets/1/priority", """{"priority":"low"}""", ("If-Match", now))).Status);
    }

    [Fact]
    public async Task Pages_follow_each_other_and_filters_narrow_them()
    {
        await using var stage = await Stage.StartAsync(s => s.Settings = s.Settings with { Departments = [.. s.Settings.Departments.Select(d => d with { OpenPerMember = 9 })] });
        var program = await ApiProgram.WithKeyAsync(stage, manager: true);
        string[] urgency = ["low", "critical", "medium", "critical", "high"];
        foreach (var priority in urgency) Assert.Equal(201, (await program.PostAsync("/api/tickets", $$"""{"category":"support","user_id":"{{stage.Alice.User.Id}}","priority":"{{priority}}"}""")).Status);
        await program.PostAsync("/api/tickets/5/close");
        await program.PostAsync("/api/tickets/2/claim");

        Assert.Equal(["TKT000005 TKT000004", "TKT000003 TKT000002", "TKT000001"], await PagesAsync(program, "?limit=2"));
        Assert.Equal(["TKT000001 TKT000002", "TKT000003 TKT000004", "TKT000005"], await PagesAsync(program, "?limit=2&sort=created_at"));
        Assert.Equal(["TKT000002 TKT000004 TKT000003", "TKT000001"], await PagesAsync(program, "?limit=3&status=open&sort=-priority"));
        Assert.Equal("TKT000004 TKT000002", await IdsAsync(program, "?status=open&priority=critical"));
        Assert.Equal("TKT000005", await IdsAsync(program, "?status=closed"));
        Assert.Equal("TKT000002", await IdsAsync(program, "?assignee=any"));
        Assert.Equal("TKT000004 TKT000003 TKT000001", await IdsAsync(program, "?assignee=none&status=open"));
        Assert.Equal("", await IdsAsync(program, "?created_from=2100-01-01T00:00:00Z"));
        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        var counts = await program.GetAsync("/api/tickets/stats");
        Assert.Equal(("5", "4", "3", "2", "1"), (counts["total"], counts["open"], counts["unassigned"], counts["open_critical"], counts["closed_in_period"]));
    }

    [Theory]
    [InlineData("?status=opne", "query.faulty")]
    [InlineData("?stauts=open", "query.unknown")]
    [InlineData("?priority=now", "query.faulty")]
    [InlineData("?limit=0", "query.faulty")]
    [InlineData("?limit=101", "query.faulty")]
    [InlineData("?limit=1&limit=2", "query.faulty")]
    [InlineData("?user_id=alice", "query.faulty")]
    [InlineData("?user_id=-1", "query.faulty")]
    [InlineData("?sort=subject", "query.faulty")]
    [InlineData("?sort=-priority", "query.faulty")]
    [InlineData("?cursor=%00", "query.faulty")]
    [InlineData("?cursor=MC4x", "query.faulty")]
    [InlineData("?cursor=Mi4xLjE", "query.faulty")]
    [InlineData("?created_from=yesterday", "query.faulty")]
    [InlineData("?department=%00", "query.faulty")]
    [InlineData("?department=", "query.faulty")]
    [InlineData("?user_id=%20", "query.faulty")]
    [InlineData("?department=support&category=billing", "query.faulty")]
    [InlineData("/stats?until=9999-12-31T00:00:00Z", "query.faulty")]
    public async Task A_parameter_that_says_nothing_sensible_is_named(string query, string code)
    {
        await using var stage = await Stage.StartAsync();
        var program = await ApiProgram.WithKeyAsync(stage, manager: true);
        Assert.Equal((400, code), (await program.GetAsync("/api/tickets" + query)).Verdict);
    }

    [Theory]
    [InlineData("{", 400, "body.not_json")]
    [InlineData("", 422, "body.fields")]
    [InlineData("[]", 400, "body.not_object")]
    [InlineData("\"x\"", 400, "body.not_object")]
    [InlineData("""{"message":"a","message":"b"}""", 400, "body.not_json")]
    [InlineData("""{"message":{"message":{"m":{"m":{"m":{"m":{"m":{"m":{}}}}}}}}}""", 400, "body.not_json")]
    [InlineData("""{"message":7}""", 422, "body.fields")]
    [InlineData("""{"message":null}""", 422, "body.fields")]
    [InlineData("""{"message":"  "}""", 422, "body.fields")]
    [InlineData("""{"message":"a\u0000b"}""", 422, "body.fields")]
    [InlineData("""{"message":"\ud800"}""", 422, "body.fields")]
    [InlineData("""{"message":"x","internal_note":"yes"}""", 422, "body.fields")]
    [InlineData("""{"message":"x","colour":"red"}""", 422, "body.fields")]
    public async Task A_body_that_says_nothing_sensible_changes_nothing(string body, int status, string code)
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        var before = stage.Alice.Sees(home).Count;
        var program = await ApiProgram.WithKeyAsync(stage, manager: true);

        Assert.Equal((status, code), (await program.PostAsync("/api/tickets/1/reply", body)).Verdict);

        Assert.Equal(before, stage.Alice.Sees(home).Count);
    }

    [Fact]
    public async Task Bodies_that_are_huge_or_of_another_kind_are_refused()
    {
        await using var stage = await Stage.StartAsync();
        await stage.OpensAsync("Support");
        var program = await ApiProgram.WithKeyAsync(stage, manager: true);

        Assert.Equal((413, "body.too_large"), (await program.PostAsync("/api/tickets/1/reply", $$"""{"message":"{{new string('a', 70_000)}}"}""")).Verdict);
        Assert.Equal((422, "reply.too_long"), (await program.PostAsync("/api/tickets/1/reply", $$"""{"message":"{{new string('a', 4000)}}"}""")).Verdict);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(stage.Address + "/api/tickets/1/reply")) { Content = new StringContent("message=hello", Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", program.Token);
        using var response = await stage.Browser.SendAsync(request, Now);
        Assert.Equal((415, "body.content_type"), (await ApiReply.OfAsync(response, Now)).Verdict);
    }

    [Theory]
    [InlineData("TKT")]
    [InlineData("TKT00001")]
    [InlineData("TKT0000001")]
    [InlineData("TKT-00001")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("99999999999999999999999")]
    [InlineData("1%20or%201=1")]
    [InlineData("..%2F1")]
    public async Task A_guessed_id_finds_nothing(string id)
    {
        await using var stage = await Stage.StartAsync();
        await stage.OpensAsync("Support");
        var program = await ApiProgram.WithKeyAsync(stage, manager: true);
        Assert.Equal((404, "ticket.none"), (await program.GetAsync($"/api/tickets/{id}")).Verdict);
    }

    [Fact]
    public async Task Words_in_every_field_stay_words()
    {
        const string Nasty = "'); drop table tickets; -- <img src=x onerror=alert(1)> \\u0027 🙂 漢 {opener}";
        await using var stage = await Stage.StartAsync();
        var program = await ApiProgram.WithKeyAsync(stage, manager: true);
        var quoted = System.Text.Json.JsonSerializer.Serialize(Nasty);

        var made = await program.PostAsync("/api/tickets", $$"""{"category":"support","user_id":"{{stage.Alice.User.Id}}","subject":{{quoted}},"description":{{quoted}}}""");
        await program.PostAsync("/api/tickets/1/reply", $$"""{"message":{{quoted}}}""");
        await program.PostAsync("/api/tickets/1/notes", $$"""{"text":{{quoted}}}""");
        await program.PostAsync("/api/tickets/1/close", $$"""{"resolution":{{quoted}}}""");

        Assert.Equal(Nasty, made["subject"]);
        var seen = await program.GetAsync("/api/tickets/1");
        Assert.Equal((Nasty, Nasty), (seen["description"], seen.Body.GetProperty("closed").GetProperty("resolution").GetString()));
        Assert.Equal(Nasty, seen.Body.GetProperty("notes")[0].GetProperty("text").GetString());
        Assert.DoesNotContain("<img", await stage.TranscriptAsync(1));
        Assert.Equal((422, "open.no_department"), (await program.PostAsync("/api/tickets", $$"""{"category":{{quoted}},"user_id":"{{stage.Bob.User.Id}}"}""")).Verdict);
        Assert.Equal("", await IdsAsync(program, "?department=" + Uri.EscapeDataString(Nasty)));
    }

    [Fact]
    public async Task What_the_form_asks_must_be_said_or_is_named()
    {
        await using var stage = await Stage.StartAsync(s => s.Settings = s.Settings with
        {
            Departments =
            [
                s.Settings.Departments[0] with
                {
                    Form = new FormSettings
                    {
                        Questions =
                        [
                            new Question { Key = "subject", Text = "Subject", Kind = QuestionKind.Line, Most = 20 },
                            new Question { Key = "side", Text = "Which side?", Kind = QuestionKind.Select, Options = [new QuestionOption("port", "Port"), new QuestionOption("starboard", "Starboard")] },
                            new Question { Key = "more", Text = "Anything else?", Kind = QuestionKind.Paragraph, Required = false },
                        ],
                    },
                },
            ],
            Panels = [],
        });
        var program = await ApiProgram.WithKeyAsync(stage, manager: true);
        string Body(string rest) => $$"""{"category":"support","user_id":"{{stage.Alice.User.Id}}","subject":"Stuck",{{rest}}}""";

        var missing = await program.PostAsync("/api/tickets", Body("\"description\":\"x\""));
        Assert.Equal((422, "open.unanswered"), missing.Verdict);
        Assert.Contains("side", missing["detail"]);
        Assert.Equal((422, "open.unasked"), (await program.PostAsync("/api/tickets", Body("\"answers\":{\"side\":\"port\",\"colour\":\"red\"}"))).Verdict);
        Assert.Equal(422, (await program.PostAsync("/api/tickets", Body("\"answers\":{\"side\":\"up\"}"))).Status);
        Assert.Equal((422, "open.answer"), (await program.PostAsync("/api/tickets", Body("\"answers\":{\"side\":\"port\"}").Replace("Stuck", "Stuck and stuck and stuck", StringComparison.Ordinal))).Verdict);

        var made = await program.PostAsync("/api/tickets", Body("\"answers\":{\"side\":\"port\"}"));
        Assert.Equal((201, "Stuck"), (made.Status, made["subject"]));
        Assert.Contains(stage.Alice.Sees(stage.HomeOf(1)), message => Usher.Sandbox.Cast.Person.TextOf(message).Contains("Stuck", StringComparison.Ordinal));
        Assert.Contains("starboard", (await program.GetAsync("/api/departments")).Text);
    }

    [Fact]
    public async Task A_database_that_is_locked_is_told_plainly_and_nothing_is_done()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        var program = await ApiProgram.WithKeyAsync(stage, manager: true);
        await program.GetAsync("/api/me");
        await using (await stage.LocksDatabaseAsync())
        {
            var reply = await program.PostAsync("/api/tickets/1/claim");
            Assert.Equal((503, "database.unavailable"), reply.Verdict);
            Assert.NotNull(reply.Headers.RetryAfter);
        }
        await stage.SettlesAsync();
        Assert.Contains("nobody yet", Stage.CardIn(home, stage.Alice));
        Assert.Equal(200, (await program.PostAsync("/api/tickets/1/claim")).Status);
    }

    [Fact]
    public async Task What_is_not_there_is_told_in_the_apis_form()
    {
        await using var stage = await Stage.StartAsync();
        var program = await ApiProgram.WithKeyAsync(stage, manager: true);
        Assert.Equal((404, "route.none"), (await program.GetAsync("/api/nothing/here")).Verdict);
        Assert.Equal((404, "route.none"), (await program.SendAsync(HttpMethod.Delete, "/api/tickets/1", null)).Verdict);
        await stage.StopUsherAsync();
        Assert.Equal((503, "desk.starting"), (await program.GetAsync("/api/me")).Verdict);
    }

    private static async Task<string> IdsAsync(ApiProgram program, string query = "") =>
        string.Join(' ', (await program.GetAsync("/api/tickets" + query)).Body.GetProperty("tickets").EnumerateArray().Select(ticket => ticket.GetProperty("ticket_id").GetString()));

    private static async Task<List<string>> PagesAsync(ApiProgram program, string query)
    {
        var pages = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await program.GetAsync("/api/tickets" + query + (cursor.Length > 0 ? "&cursor=" + cursor : ""));
            pages.Add(string.Join(' ', page.Body.GetProperty("tickets").EnumerateArray().Select(ticket => ticket.GetProperty("ticket_id").GetString())));
            cursor = page["next_cursor"];
        }
        return pages;
    }
}
