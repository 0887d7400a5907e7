using System.Net;
using System.Text.RegularExpressions;
using Usher.Desk.Settings;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>The address of a transcript: it ends when the settings say so, staff takes it back, and whoever may read gets another.</summary>
public sealed partial class TranscriptLinkStories
{
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task A_link_ends_after_a_month_says_who_can_give_another_and_Alice_gets_one(string department)
    {
        await using var stage = await Stage.StartAsync(Month);
        var home = await stage.OpensAsync(department);
        stage.Alice.Types("The crane is stuck", home, new NewFile("crane.png", "image/png", Picture));
        await stage.SettlesAsync();
        await stage.AfterAsync(stage.Dana.Runs("/close", home));
        var link = LinkIn(Assert.Single(stage.Alice.DirectMessages(stage.Harbour.Bot.Bot)));
        await LaterAsync(stage, 29);
        var page = await SeeAsync(stage, link);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("no-store", page.Cache);
        var file = stage.Address + Regex.Match(page.Text, "/api/ticket/[^\"]+crane.png").Value;
        Assert.Equal(HttpStatusCode.OK, (await SeeAsync(stage, file)).Status);

        await LaterAsync(stage, 2);

        var ended = await SeeAsync(stage, link);
        Assert.Equal(HttpStatusCode.Gone, ended.Status);
        Assert.Contains("/transcript on Discord", ended.Text);
        Assert.DoesNotContain("crane", ended.Text);
        Assert.DoesNotContain("0001", ended.Text);
        Assert.Contains("lang=\"fr\"", (await SeeAsync(stage, link, "fr-CA, en;q=0.5")).Text);
        Assert.Equal(HttpStatusCode.Gone, (await SeeAsync(stage, file)).Status);

        var given = await stage.AfterAsync(stage.Alice.Runs("/transcript", stage.Harbour.General, ("ticket", "TKT000001")));
        Assert.True(given.IsPrivate);
        var fresh = LinkIn(given.Interaction.Original!);
        Assert.NotEqual(link, fresh);
        Assert.Contains("The crane is stuck", (await SeeAsync(stage, fresh)).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await SeeAsync(stage, link)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SeeAsync(stage, file)).Status);
        // It is the same one for staff, who ask later.
        Assert.Equal(fresh, LinkIn((await stage.AfterAsync(stage.Dana.Runs("/transcript", stage.Harbour.General, ("ticket", "#1")))).Interaction.Original!));
    }

    [Fact]
    public async Task A_program_that_knows_a_ticket_hears_that_its_link_has_ended()
    {
        await using var stage = await Stage.StartAsync(Month);
        await stage.AfterAsync(stage.Dana.Runs("/close", await stage.OpensAsync("Support")));
        var program = await ApiProgram.WithKeyAsync(stage, manager: true);
        var seen = await program.GetAsync("/api/tickets/1");
        var known = ("If-None-Match", seen.Headers.ETag!.Tag);
        Assert.NotNull(seen["url"]);
        await LaterAsync(stage, 29);
        Assert.Equal(304, (await program.GetAsync("/api/tickets/1", known)).Status);

        await LaterAsync(stage, 2);

        var ended = await program.GetAsync("/api/tickets/1", known);
        Assert.Equal(200, ended.Status);
        Assert.False(ended.Body.TryGetProperty("url", out _));
        // The ticket itself has not changed.
        Assert.Equal(200, (await program.PostAsync("/api/tickets/1/transcript/revoke", null, ("If-Match", known.Tag))).Status);
    }

    [Theory]
    [InlineData("menu")]
    [InlineData("slash")]
    [InlineData("typed")]
    [InlineData("program")]
    public async Task Staff_takes_a_link_back_by_every_door_and_everything_below_it_is_gone_at_once(string door)
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Billing");
        stage.Alice.Types("4711", home, new NewFile("card.png", "image/png", Picture));
        await stage.SettlesAsync();
        var link = LinkIn((await stage.AfterAsync(stage.Alice.Runs("/transcript", home))).Interaction.Original!);
        var file = stage.Address + Regex.Match((await SeeAsync(stage, link)).Text, "/api/ticket/[^\"]+card.png").Value;
        Assert.Equal(HttpStatusCode.OK, (await SeeAsync(stage, file)).Status);
        Assert.Contains("not yours", (await stage.AfterAsync(stage.Alice.Runs("/revoke", home))).Text);
        Assert.Equal(HttpStatusCode.OK, (await SeeAsync(stage, link)).Status);

        switch (door)
        {
            case "menu":
                await stage.AfterAsync(stage.Carol.Clicks("More", home));
                Assert.Contains("shows nothing any more", (await stage.AfterAsync(stage.Carol.Picks("Choose an action", home, "Take the transcript’s link back"))).Text);
                break;
            case "slash":
                Assert.Contains("shows nothing any more", (await stage.AfterAsync(stage.Carol.Runs("/revoke", stage.Harbour.General, ("ticket", "1")))).Text);
                break;
            case "typed":
                stage.Carol.Types("!revoke", home);
                await stage.SettlesAsync();
                break;
            default:
                var reply = await (await ApiProgram.WithKeyAsync(stage, departments: ["billing"])).PostAsync("/api/tickets/1/transcript/revoke");
                Assert.Equal(200, reply.Status);
                Assert.NotEqual(link, reply["url"]);
                break;
        }

        var never = await SeeAsync(stage, $"{stage.Address}/api/ticket/{new string('0', 32)}");
        Assert.Equal(HttpStatusCode.NotFound, never.Status);
        // Not a byte tells that there ever was one.
        Assert.Equal(never, await SeeAsync(stage, link));
        Assert.Equal(never, await SeeAsync(stage, file));
        Assert.Equal(1L, await stage.InDatabaseAsync("select count(*) from audit where action = 'transcript_link_revoked'"));

        var fresh = LinkIn((await stage.AfterAsync(stage.Alice.Runs("/transcript", home))).Interaction.Original!);
        Assert.NotEqual(link, fresh);
        Assert.Contains("4711", (await SeeAsync(stage, fresh)).Text);
        await stage.AfterAsync(stage.Carol.Runs("/close", home));
        Assert.Equal(fresh, LinkIn(stage.Alice.DirectMessages(stage.Harbour.Bot.Bot)[^1]));
        await stage.StopUsherAsync();
        await stage.StartUsherAsync();
        Assert.Equal(never, await SeeAsync(stage, link));
        Assert.Equal(HttpStatusCode.OK, (await SeeAsync(stage, fresh)).Status);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("%25")]
    [InlineData("..%2f..%2fusher.db")]
    [InlineData("'%20or%201=1--")]
    [InlineData("<script>alert(1)")]
    public async Task A_wrong_address_tells_nothing(string token)
    {
        await using var stage = await Stage.StartAsync();
        await stage.OpensAsync("Support");
        var never = await SeeAsync(stage, $"{stage.Address}/api/ticket/{new string('0', 32)}");

        Assert.Equal(never, await SeeAsync(stage, $"{stage.Address}/api/ticket/{token}"));
        Assert.Equal(never, await SeeAsync(stage, $"{stage.Address}/api/ticket/{token}/files/1/x.png"));
    }

    [Fact]
    public async Task After_a_restart_in_the_same_session_the_page_knows_guild_roles_and_the_desk_by_name()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);
        await stage.StopUsherAsync();
        await stage.StartUsherAsync();
        await stage.SettlesAsync();
        await crm.PostAsync("/api/tickets/1/claim", "{}");
        await crm.PostAsync("/api/tickets/1/reply", """{ "message": "We look into it" }""");

        var page = await stage.TranscriptAsync(1);

        Assert.Contains("Harbour", page, StringComparison.Ordinal);
        Assert.DoesNotContain("unknown role", page, StringComparison.Ordinal);
        Assert.DoesNotContain("unknown user", page, StringComparison.Ordinal);
        // What a program does it does by the desk's account, which keeps its own name.
        Assert.Contains("<bdi>Usher</bdi>", page, StringComparison.Ordinal);
        stage.Erin.Types("!close", home);
        await stage.SettlesAsync();
        Assert.Contains("Closed by", stage.StaffLog[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_a_ticket_Alice_sees_her_own_a_page_after_the_other_also_by_direct_message_and_over_the_API()
    {
        await using var stage = await Stage.StartAsync(s => s.Settings = s.Settings with
        {
            Departments = [s.Settings.Departments[0] with { OpenPerMember = 20 }, s.Settings.Departments[1]],
        });
        for (var number = 1; number <= 12; number++) await stage.AfterAsync(stage.Alice.Runs("/ticket create", stage.Harbour.General, ("subject", $"Anchor {number}"), ("department", "support"), ("description", "Lost")));
        await stage.OpensAsync(stage.Bob, "Billing");

        var first = await stage.AfterAsync(stage.Alice.Runs("/transcript", stage.Harbour.General));
        Assert.True(first.IsPrivate);
        Assert.Equal(10, Links().Count(first.Text));
        Assert.Contains("Anchor 12", first.Text);
        Assert.DoesNotContain("#0013", first.Text);
        var second = await stage.AfterAsync(stage.Alice.Clicks(first.Interaction.Original!, CustomIdOf(first.Interaction.Original!)));
        Assert.Equal(2, Links().Count(second.Text));
        Assert.Contains("Anchor 1 ", second.Text);
        foreach (var link in Links().Matches(second.Text).Select(match => match.Value)) Assert.Equal(HttpStatusCode.OK, (await SeeAsync(stage, link)).Status);

        stage.Alice.Types("!transcript", stage.Harbour.General);
        await stage.SettlesAsync();
        var direct = stage.Alice.DirectMessages(stage.Harbour.Bot.Bot)[^1];
        Assert.Contains("Anchor 12", Person.TextOf(direct));
        Assert.Contains("Anchor 1 ", (await stage.AfterAsync(stage.Alice.Clicks(direct, CustomIdOf(direct)))).Text);
        Assert.DoesNotContain(stage.Bob.Sees(stage.Harbour.General), message => Links().IsMatch(Person.TextOf(message)));
        stage.Alice.Types("!transcript nothing", stage.Harbour.General);
        await stage.SettlesAsync();
        Assert.Contains("name a ticket", Person.TextOf(stage.Alice.Sees(stage.Harbour.General)[^1]));

        var alice = await ApiProgram.WithKeyAsync(stage, actsAs: new Usher.Desk.Values.UserId(stage.Alice.User.Id.Value));
        var page = await alice.GetAsync("/api/transcripts?limit=11");
        Assert.Equal(11, page.Body.GetProperty("transcripts").GetArrayLength());
        var rest = Assert.Single((await alice.GetAsync($"/api/transcripts?limit=11&cursor={page["next_cursor"]}")).Body.GetProperty("transcripts").EnumerateArray());
        Assert.Equal("TKT000001", rest.GetProperty("ticket_id").GetString());
        Assert.Equal(400, (await alice.GetAsync("/api/transcripts?cursor=x")).Status);
        Assert.Equal((404, "ticket.none"), (await alice.PostAsync("/api/tickets/13/transcript")).Verdict);
        Assert.Equal((403, "access.denied"), (await alice.PostAsync("/api/tickets/1/transcript/revoke")).Verdict);
        Assert.Equal(rest.GetProperty("url").GetString(), (await alice.PostAsync("/api/tickets/1/transcript", "{}"))["url"]);
        Assert.Contains("name a ticket", (await stage.AfterAsync(stage.Alice.Runs("/transcript", stage.Harbour.General, ("ticket", "13")))).Text);
    }

    [Fact]
    public async Task What_has_ended_stays_so_when_the_ticket_is_reopened_and_a_changed_setting_holds_at_once()
    {
        await using var stage = await Stage.StartAsync(Month);
        var home = await stage.OpensAsync("Support");
        stage.Alice.Types("The crane is stuck", home);
        await stage.SettlesAsync();
        await stage.AfterAsync(stage.Bob.Runs("/close", home));
        var link = LinkIn(stage.Alice.DirectMessages(stage.Harbour.Bot.Bot)[^1]);
        await LaterAsync(stage, 31);
        var program = await ApiProgram.WithKeyAsync(stage, departments: ["support"]);
        Assert.Null((await program.GetAsync("/api/tickets/1"))["url"]);
        Assert.DoesNotContain("/api/ticket/", (await program.GetAsync("/api/tickets/1/messages")).Text);

        await stage.Desk.ApplyAsync([stage.Settings with { Transcripts = new TranscriptSettings(TimeSpan.FromDays(60)) }], TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, (await SeeAsync(stage, link)).Status);
        Assert.Equal(link, (await program.GetAsync("/api/tickets/1"))["url"]);
        await stage.Desk.ApplyAsync([stage.Settings], TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Gone, (await SeeAsync(stage, link)).Status);

        await stage.AfterAsync(stage.Bob.Runs("/reopen", stage.Harbour.General, ("number", 1)));
        Assert.Equal(HttpStatusCode.NotFound, (await SeeAsync(stage, link)).Status);
        await stage.AfterAsync(stage.Bob.Runs("/close", home));
        var second = LinkIn(stage.Alice.DirectMessages(stage.Harbour.Bot.Bot)[^1]);
        Assert.NotEqual(link, second);
        Assert.Contains("The crane is stuck", (await SeeAsync(stage, second)).Text);
    }

    private static void Month(Stage stage) => stage.Settings = stage.Settings with { Transcripts = new TranscriptSettings(TimeSpan.FromDays(30)) };

    // So long a time in one leap would leave no session alive.
    private static async Task LaterAsync(Stage stage, int days)
    {
        await stage.StopUsherAsync();
        stage.Clock.Advance(TimeSpan.FromDays(days));
        await stage.StartUsherWithoutSessionAsync();
    }

    private static string LinkIn(MessageState message) => Links().Match(message.Components.GetRawText()).Value;

    private static string CustomIdOf(MessageState message) => Person.ComponentsOf(message).First(component => component.TryGetProperty("custom_id", out _)).GetProperty("custom_id").GetString()!;

    private static async Task<Seen> SeeAsync(Stage stage, string address, string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address));
        if (language is not null) request.Headers.TryAddWithoutValidation("Accept-Language", language);
        using var answer = await stage.Browser.SendAsync(request, TestContext.Current.CancellationToken);
        var headers = string.Join('\n', answer.Headers.Where(header => header.Key is not "Date").Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order());
        return new Seen(answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), headers, answer.Headers.CacheControl?.ToString() ?? "");
    }

    private sealed record Seen(HttpStatusCode Status, string Text, string Headers, string Cache);

    [GeneratedRegex("http://[^\"\\)\\s]+/api/ticket/[0-9a-f]{32}")]
    private static partial Regex Links();
}
