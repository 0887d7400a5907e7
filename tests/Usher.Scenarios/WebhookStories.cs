using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>Programs outside are told of what happens: signed, in order, until they have taken it.</summary>
public sealed class WebhookStories
{
    private const string Secret = "a-secret-of-the-settings";

    [Fact]
    public async Task A_ticket_s_life_is_told_in_order_signed_and_without_what_only_staff_reads()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var stage = await StartAsync(receiver);
        var home = await stage.OpensAsync("Support");
        await stage.AfterAsync(stage.Carol.Clicks("Claim", home));
        await stage.AfterAsync(stage.Carol.Runs("/note", home, ("text", "a difficult case")));
        await stage.AfterAsync(stage.Carol.Runs("/close", home, ("reason", "Solved")));

        Assert.Equal(["ticket.opened", "ticket.ready", "ticket.claimed", "ticket.note_added", "ticket.closed"], receiver.All.Select(heard => heard.Type));
        Assert.All(receiver.All, heard => Assert.True(IsSigned(heard, Secret, stage.Clock.GetUtcNow())));
        Assert.DoesNotContain(receiver.All, heard => heard.Body.Contains("difficult", StringComparison.Ordinal) || heard.Body.Contains("/api/ticket/", StringComparison.Ordinal));
        var closed = receiver.All[^1].Json;
        Assert.Equal(("TKT000001", "closed", "Solved"), (receiver.All[^1].Ticket, closed.GetProperty("ticket").GetProperty("status").GetString(), closed.GetProperty("data").GetProperty("reason").GetString()));
        Assert.Equal(stage.Carol.User.Id.ToString(), closed.GetProperty("actor_id").GetString());
    }

    [Fact]
    public async Task Whoever_is_down_is_told_again_in_order_and_others_are_not_held_up()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var stage = await StartAsync(receiver);
        receiver.Answers = heard => heard.Ticket == "TKT000001" ? Results.Text("busy", statusCode: 503) : Results.Ok();
        var first = await stage.OpensAsync("Support");
        await stage.AfterAsync(stage.Carol.Clicks("Claim", first));
        await stage.OpensAsync(stage.Erin, "Support");
        Assert.Equal(["ticket.opened"], Told(receiver, "TKT000001"));
        Assert.Equal(["ticket.opened", "ticket.ready"], Told(receiver, "TKT000002"));

        receiver.Answers = _ => Results.Ok();
        await stage.PassesAsync(TimeSpan.FromSeconds(11));

        Assert.Equal(["ticket.opened", "ticket.opened", "ticket.ready", "ticket.claimed"], Told(receiver, "TKT000001"));
        var opened = receiver.All.Where(heard => heard is { Ticket: "TKT000001", Type: "ticket.opened" }).ToList();
        Assert.Equal((opened[0].Delivery, opened[0].Body), (opened[1].Delivery, opened[1].Body));
        Assert.Equal(("1", "2"), (opened[0].Headers["Usher-Attempt"], opened[1].Headers["Usher-Attempt"]));
    }

    [Fact]
    public async Task A_dead_webhook_is_left_in_peace_however_much_happens()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var stage = await StartAsync(receiver, many: true);
        receiver.Answers = _ => Results.StatusCode(500);
        var manager = await ApiProgram.WithKeyAsync(stage, manager: true);
        for (var number = 1; number <= Usher.Engine.Webhooks.WebhookLoop.DeadAfter + 5; number++)
            Assert.Equal(201, (await manager.PostAsync("/api/tickets", $$"""{"category":"support","user_id":"{{stage.Alice.User.Id}}"}""")).Status);
        Assert.Equal(Usher.Engine.Webhooks.WebhookLoop.DeadAfter, receiver.All.Count);

        receiver.Answers = _ => Results.Ok();
        await stage.PassesAsync(TimeSpan.FromSeconds(11));

        Assert.Equal(15, receiver.All.Where(heard => heard.Type == "ticket.ready").Select(heard => heard.Ticket).Distinct().Count());
    }

    [Fact]
    public async Task Killed_in_between_the_next_start_tells_it_under_the_same_number()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var stage = await StartAsync(receiver);
        receiver.Answers = _ => Results.StatusCode(500);
        await stage.OpensAsync("Support");
        await stage.StopUsherAsync();
        receiver.Answers = _ => Results.Ok();
        stage.Clock.Advance(TimeSpan.FromMinutes(1));

        await stage.StartUsherAsync();

        Assert.Equal(["ticket.opened", "ticket.opened", "ticket.ready"], Told(receiver, "TKT000001"));
        Assert.Equal(receiver.All[0].Delivery, receiver.All[1].Delivery);
    }

    [Fact]
    public async Task What_is_given_up_is_seen_and_can_be_told_once_more()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var stage = await StartAsync(receiver, named: false);
        var manager = await ApiProgram.WithKeyAsync(stage, manager: true);
        var made = await manager.PostAsync("/api/webhooks", $$"""{ "url": "{{receiver.Url}}", "events": ["ticket.opened"] }""");
        Assert.Equal((201, "active"), (made.Status, made["status"]));
        receiver.Answers = _ => Results.Text("no <b>room</b>", statusCode: 507);
        await stage.OpensAsync("Support");
        // A loop that looks at its rows every hour must not meet a clock that jumps over hours while it sets its alarm.
        var step = TimeSpan.FromMinutes(30);
        foreach (var wait in Usher.Engine.Webhooks.WebhookLoop.BackOff)
            for (var left = wait; left > TimeSpan.Zero; left -= step) await stage.PassesAsync(left < step ? left : step);

        Assert.Equal(9, receiver.All.Count);
        var log = (await manager.GetAsync("/api/webhooks/1/deliveries?status=failed")).Body.GetProperty("deliveries");
        var failed = Assert.Single(log.EnumerateArray());
        Assert.Equal((9, 507, "no <b>room</b>"), (failed.GetProperty("attempts").GetInt32(), failed.GetProperty("response_status").GetInt32(), failed.GetProperty("response").GetString()));
        Assert.Equal("failing", (await manager.GetAsync("/api/webhooks")).Body.GetProperty("webhooks")[0].GetProperty("status").GetString());

        receiver.Answers = _ => Results.Ok();
        Assert.Equal("1", (await manager.PostAsync("/api/webhooks/1/replay", """{ "since": "2020-01-01T00:00:00Z" }"""))["replayed"]);
        Assert.Equal(10, receiver.All.Count);
        Assert.Single(receiver.All.Select(heard => heard.Delivery).Distinct());
        Assert.True(IsSigned(receiver.All[^1], made["secret"]!, stage.Clock.GetUtcNow()));
        Assert.Equal("active", (await manager.GetAsync("/api/webhooks")).Body.GetProperty("webhooks")[0].GetProperty("status").GetString());
        Assert.Equal("1", (await manager.PostAsync($"/api/webhooks/1/deliveries/{receiver.All[0].Delivery}/replay"))["replayed"]);
        Assert.Equal(11, receiver.All.Count);
    }

    [Fact]
    public async Task Managers_try_rotate_and_delete_and_nobody_else_does()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var stage = await StartAsync(receiver);
        var manager = await ApiProgram.WithKeyAsync(stage, manager: true);
        var staff = await ApiProgram.WithKeyAsync(stage, departments: ["support"]);
        var made = await manager.PostAsync("/api/webhooks", $$"""{ "url": "{{receiver.Url}}" }""");
        Assert.Equal("2", made["id"]);

        Assert.Equal((422, "body.fields"), (await manager.PostAsync("/api/webhooks/2/test", """{"since":"2024-01-20T10:30:00Z"}""")).Verdict);
        Assert.Equal(202, (await manager.PostAsync("/api/webhooks/2/test", "{}")).Status);
        Assert.Equal("ping", Assert.Single(receiver.All).Type);
        var rotated = await manager.PostAsync("/api/webhooks/2/rotate");
        Assert.NotEqual(made["secret"], rotated["secret"]);
        await manager.PostAsync("/api/webhooks/2/test");
        Assert.True(IsSigned(receiver.All[^1], rotated["secret"]!, stage.Clock.GetUtcNow()));
        Assert.DoesNotContain("whsec_", (await manager.GetAsync("/api/webhooks")).Text, StringComparison.Ordinal);

        Assert.Equal((403, "access.denied"), (await staff.GetAsync("/api/webhooks")).Verdict);
        Assert.Equal((409, "webhook.of_settings"), (await manager.SendAsync(HttpMethod.Delete, "/api/webhooks/1", null)).Verdict);
        Assert.Equal(200, (await manager.SendAsync(HttpMethod.Delete, "/api/webhooks/2", null)).Status);
        Assert.Equal((404, "webhook.none"), (await manager.PostAsync("/api/webhooks/2/test")).Verdict);
        Assert.Equal((404, "webhook.none"), (await manager.GetAsync("/api/webhooks/x/deliveries")).Verdict);
    }

    [Theory]
    [InlineData("""{ "url": "ftp://example.org/" }""")]
    [InlineData("""{ "url": "https://me:secret@example.org/" }""")]
    [InlineData("""{ "url": "example.org" }""")]
    [InlineData("""{ "url": "https://example.org/", "events": ["ticket.exploded"] }""")]
    public async Task What_cannot_be_told_is_refused(string body)
    {
        await using var stage = await Stage.StartAsync();
        var manager = await ApiProgram.WithKeyAsync(stage, manager: true);
        Assert.Equal((422, "body.fields"), (await manager.PostAsync("/api/webhooks", body)).Verdict);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("2130706433")]
    public async Task Into_a_private_network_nothing_is_told_unless_the_settings_allow_it(string host)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var stage = await StartAsync(receiver, named: false, mayBePrivate: false);
        var manager = await ApiProgram.WithKeyAsync(stage, manager: true);
        var url = receiver.Url.Replace("127.0.0.1", host, StringComparison.Ordinal);
        Assert.Equal((422, "body.fields"), (await manager.PostAsync("/api/webhooks", $$"""{ "url": "{{url}}" }""")).Verdict);
        // One that was made while it was allowed, or whose name came to stand for another address.
        var token = TestContext.Current.CancellationToken;
        await stage.Desk.Store.AddWebhookAsync(new Usher.Storage.Webhook(stage.Settings.Guild, 0, null, url, [], stage.Clock.GetUtcNow(), "CRM") { Secret = "whsec_1" }, null, null, token);
        await stage.Desk.Webhooks.ChangedAsync(token);

        await manager.PostAsync("/api/webhooks/1/test");

        Assert.Empty(receiver.All);
        var told = (await manager.GetAsync("/api/webhooks/1/deliveries")).Body.GetProperty("deliveries")[0];
        Assert.Contains("private network", told.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Who_made_a_webhook_gave_it_another_secret_and_took_it_away_and_who_exported_others_tickets_stands_in_the_audit_log()
    {
        await using var stage = await Stage.StartAsync();
        await stage.OpensAsync("Support");
        var manager = await ApiProgram.WithKeyAsync(stage, manager: true);
        await manager.PostAsync("/api/webhooks", """{ "url": "https://crm.example/" }""");
        var secret = (await manager.PostAsync("/api/webhooks/1/rotate"))["secret"]!;
        await manager.SendAsync(HttpMethod.Delete, "/api/webhooks/1", null);
        await manager.SendAsync(HttpMethod.Delete, "/api/webhooks/1", null);
        await manager.GetAsync("/api/tickets/1/export?format=csv");
        await (await ApiProgram.WithKeyAsync(stage, actsAs: new UserId(stage.Alice.User.Id.Value))).GetAsync("/api/tickets/1/export");
        await manager.GetAsync("/api/export?format=html");

        var audit = await manager.GetAsync("/api/audit");
        // The keys were made by hand, which is told too.
        var told = audit.Body.GetProperty("entries").EnumerateArray()
            .Select(entry => (Action: entry.GetProperty("action").GetString(), entry.GetProperty("detail").GetString(), entry.GetProperty("program").GetString()))
            .Where(entry => entry.Action != "key_created").Reverse();
        Assert.Equal(
            [
                ("webhook_created", "webhook 1", "CRM"), ("webhook_secret_rotated", "webhook 1", "CRM"), ("webhook_deleted", "webhook 1", "CRM"), ("ticket_exported", "csv", "CRM"),
                ("tickets_exported", "html", "CRM"),
            ],
            told);
        Assert.DoesNotContain(secret, audit.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirection_is_not_followed_and_a_long_answer_not_read()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var stage = await StartAsync(receiver, named: false);
        var manager = await ApiProgram.WithKeyAsync(stage, manager: true);
        await manager.PostAsync("/api/webhooks", $$"""{ "url": "{{receiver.Url}}" }""");
        receiver.Answers = _ => Results.Redirect(receiver.Url, preserveMethod: true);
        await manager.PostAsync("/api/webhooks/1/test");
        Assert.Single(receiver.All);
        receiver.Answers = _ => Results.Text(new string('x', 100_000));
        await manager.PostAsync("/api/webhooks/1/test");

        var log = (await manager.GetAsync("/api/webhooks/1/deliveries")).Body.GetProperty("deliveries");
        Assert.Equal(500, log[0].GetProperty("response").GetString()!.Length);
        Assert.Contains("redirects", log[1].GetProperty("error").GetString());
    }

    private static async Task<Stage> StartAsync(Receiver receiver, bool named = true, bool mayBePrivate = true, bool many = false) => await Stage.StartAsync(s => s.Settings = s.Settings with
    {
        Departments = [.. s.Settings.Departments.Select(department => department with { OpenPerMember = many ? 50 : department.OpenPerMember })],
        PrivateWebhooks = mayBePrivate,
        Webhooks = named ? [new WebhookSettings("crm", receiver.Url, named ? Lifecycle : [], new Secret(Secret))] : [],
    });

    private static ValueList<string> Lifecycle => ["ticket.opened", "ticket.ready", "ticket.claimed", "ticket.note_added", "ticket.closed"];

    private static List<string> Told(Receiver receiver, string ticket) => [.. receiver.All.Where(heard => heard.Ticket == ticket).Select(heard => heard.Type)];

    // As docs/webhooks.md tells a receiver to.
    private static bool IsSigned(Heard heard, string secret, DateTimeOffset now)
    {
        var parts = heard.Headers["Usher-Signature"].Split(',').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts["t"], CultureInfo.InvariantCulture));
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{parts["t"]}.{heard.Body}")));
        return (now - at).Duration() < TimeSpan.FromMinutes(5) && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(parts["v1"]));
    }
}
