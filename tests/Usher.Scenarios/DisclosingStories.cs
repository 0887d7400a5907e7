using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Usher.Desk.Effects;
using Usher.Desk.Features.Asking;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>What is kept of somebody is handed over to them, and to whoever answers a legal request of theirs; nobody else gets it.</summary>
public sealed partial class DisclosingStories
{
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Alice_asks_gets_a_page_and_behind_it_all_that_is_hers_until_a_week_is_over()
    {
        await using var stage = await Stage.StartAsync();
        await LivesAsync(stage);

        var asked = await stage.AfterAsync(stage.Alice.Runs("/mydata", stage.Harbour.General));
        Assert.True(asked.IsPrivate);
        var link = LinkIn(asked);
        Assert.DoesNotContain(link[^32..], await DatabaseDump.OfAsync(stage), StringComparison.Ordinal);
        var page = await SeeAsync(stage, link);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.Status, page.Type));
        Assert.Contains("Fetch the file", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("crane", page.Text, StringComparison.Ordinal);
        var (json, files) = await FetchAsync(stage, link);
        Assert.Equal(["The crane is stuck"], json.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("message").GetProperty("content").GetString()));
        var found = json.GetProperty("tickets")[0].GetProperty("answers")[0].GetProperty("looked_up");
        Assert.Equal(("Found", "Owner", "Alice of the pier"), (found.GetProperty("state").GetString(), found.GetProperty("fields")[0].GetProperty("name").GetString(), found.GetProperty("fields")[0].GetProperty("value").GetString()));
        Assert.Equal(Picture, Assert.Single(files).Value);
        foreach (var words in (string[])["Bob", "difficult", "Carol"]) Assert.DoesNotContain(words, json.GetRawText(), StringComparison.Ordinal);

        await stage.StopUsherAsync();
        stage.Clock.Advance(TimeSpan.FromDays(6));
        await stage.StartUsherWithoutSessionAsync();
        Assert.Equal(HttpStatusCode.OK, (await SeeAsync(stage, link)).Status);
        await stage.StopUsherAsync();
        stage.Clock.Advance(TimeSpan.FromDays(2));
        await stage.StartUsherWithoutSessionAsync();
        Assert.Equal(HttpStatusCode.Gone, (await SeeAsync(stage, link)).Status);
        Assert.Equal(HttpStatusCode.Gone, (await SeeAsync(stage, link + "/data.zip")).Status);
        Assert.Contains("lang=\"fr\"", (await SeeAsync(stage, link, "fr-CA, en;q=0.5")).Text, StringComparison.Ordinal);

        var fresh = LinkIn(await stage.AfterAsync(stage.Alice.Runs("/mydata", stage.Harbour.General)));
        var never = await SeeAsync(stage, $"{stage.Address}/api/data/{new string('0', 32)}");
        Assert.Equal(HttpStatusCode.NotFound, never.Status);
        Assert.Equal(never, await SeeAsync(stage, link));
        Assert.Equal(HttpStatusCode.OK, (await SeeAsync(stage, fresh)).Status);
        Assert.Contains("shows nothing any more", (await stage.AfterAsync(stage.Alice.Clicks("Take the link back", stage.Harbour.General))).Text, StringComparison.Ordinal);
        Assert.Equal(never, await SeeAsync(stage, fresh));
        Assert.Equal(never, await SeeAsync(stage, fresh + "/data.zip"));
        // What members do for themselves is nobody's business.
        Assert.Equal(0L, await stage.InDatabaseAsync("select count(*) from audit where action like 'member_export%'"));
    }

    [Theory]
    [InlineData("slash")]
    [InlineData("typed")]
    [InlineData("program")]
    public async Task Dana_gets_a_members_for_them_and_who_may_not_is_refused_by_every_door(string door)
    {
        await using var stage = await Stage.StartAsync();
        await LivesAsync(stage);
        var (alice, path) = (stage.Alice.Mention, $"/api/privacy/members/{stage.Alice.User.Id}/data");

        foreach (var person in (Person[])[stage.Bob, stage.Carol])
        {
            switch (door)
            {
                case "slash":
                    Assert.Contains("not yours", (await stage.AfterAsync(person.Runs("/memberdata", stage.Harbour.General, ("member", alice)))).Text, StringComparison.Ordinal);
                    break;
                case "typed":
                    person.Types("!memberdata " + alice, stage.Harbour.General);
                    await stage.SettlesAsync();
                    Assert.Contains("not yours", Person.TextOf(person.Sees(stage.Harbour.General)[^1]), StringComparison.Ordinal);
                    Assert.Empty(person.DirectMessages(stage.Harbour.Bot.Bot));
                    break;
                default:
                    var program = await ApiProgram.WithKeyAsync(stage, actsAs: new UserId(person.User.Id.Value));
                    Assert.Equal((403, "access.denied"), (await program.PostAsync(path)).Verdict);
                    Assert.Equal((403, "access.denied"), (await program.GetAsync(path)).Verdict);
                    Assert.Equal((403, "access.denied"), (await program.PostAsync(path + "/revoke")).Verdict);
                    break;
            }
        }
        Assert.Equal(0L, await stage.InDatabaseAsync("select count(*) from data_links"));

        var dana = await ApiProgram.WithKeyAsync(stage, actsAs: new UserId(stage.Dana.User.Id.Value));
        string link;
        switch (door)
        {
            case "slash":
                var asked = await stage.AfterAsync(stage.Dana.Runs("/memberdata", stage.Harbour.General, ("member", alice)));
                Assert.True(asked.IsPrivate);
                link = LinkIn(asked);
                break;
            case "typed":
                stage.Dana.Types("!memberdata " + alice, stage.Harbour.General);
                await stage.SettlesAsync();
                link = LinkIn(Assert.Single(stage.Dana.DirectMessages(stage.Harbour.Bot.Bot)));
                break;
            default:
                var reply = await dana.PostAsync(path);
                Assert.Equal(201, reply.Status);
                link = reply["url"]!;
                break;
        }
        Assert.Equal("The crane is stuck", (await FetchAsync(stage, link)).Json.GetProperty("messages")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal(1L, await stage.InDatabaseAsync($"select count(*) from audit where action = 'member_exported' and concerning = {stage.Alice.User.Id}"));
        // Her own link is another one.
        var own = LinkIn(await stage.AfterAsync(stage.Alice.Runs("/mydata", stage.Harbour.General)));
        Assert.Equal(HttpStatusCode.OK, (await SeeAsync(stage, link)).Status);
        Assert.Equal(200, (await dana.PostAsync(path + "/revoke")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SeeAsync(stage, link)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SeeAsync(stage, own)).Status);
    }

    [Fact]
    public async Task Over_the_API_somebody_gets_their_own_and_of_whom_nothing_is_kept_there_is_none()
    {
        await using var stage = await Stage.StartAsync();
        await LivesAsync(stage);
        var alice = await ApiProgram.WithKeyAsync(stage, actsAs: new UserId(stage.Alice.User.Id.Value));
        var dana = await ApiProgram.WithKeyAsync(stage, manager: true);
        var narrow = await ApiProgram.WithKeyAsync(stage, scopes: ["tickets:read"], actsAs: new UserId(stage.Alice.User.Id.Value));

        var linked = await alice.PostAsync("/api/me/data");
        Assert.Equal((201, stage.Alice.User.Id.ToString()), (linked.Status, linked["user_id"]));
        Assert.Single((await FetchAsync(stage, linked["url"]!)).Files);
        Assert.Equal(200, (await alice.PostAsync("/api/me/data/revoke")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SeeAsync(stage, linked["url"]!)).Status);
        var (json, files) = await UnzippedAsync(stage, $"{stage.Address}/api/me/data", alice.Token);
        Assert.Equal((stage.Alice.User.Id.ToString(), 1), (json.GetProperty("user_id").GetString(), files.Count));
        Assert.Single((await UnzippedAsync(stage, $"{stage.Address}/api/privacy/members/{stage.Alice.User.Id}/data", dana.Token)).Files);
        Assert.Equal(1L, await stage.InDatabaseAsync("select count(*) from audit where action = 'member_exported'"));

        Assert.Equal((403, "scope.missing"), (await narrow.GetAsync("/api/me/data")).Verdict);
        Assert.Equal((409, "data.nobody"), (await dana.GetAsync("/api/me/data")).Verdict);
        Assert.Equal((409, "data.nobody"), (await dana.PostAsync("/api/me/data")).Verdict);
        Assert.Equal((404, "data.none"), (await dana.GetAsync("/api/privacy/members/5/data")).Verdict);
        Assert.Equal((404, "data.none"), (await dana.PostAsync("/api/privacy/members/5/data")).Verdict);
        Assert.Equal((404, "member.none"), (await dana.PostAsync("/api/privacy/members/x/data")).Verdict);
        Assert.Contains("Nothing is kept", (await stage.AfterAsync(stage.Dana.Runs("/memberdata", stage.Harbour.General, ("member", stage.Erin.Mention)))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_public_address_the_file_comes_by_direct_message_and_closed_ones_are_told()
    {
        await using var stage = await Stage.StartAsync(s => s.HasAddress = false);
        await LivesAsync(stage);

        Assert.Contains("sent to you by direct message", (await stage.AfterAsync(stage.Alice.Runs("/mydata", stage.Harbour.General))).Text, StringComparison.Ordinal);
        var message = Assert.Single(stage.Alice.DirectMessages(stage.Harbour.Bot.Bot));
        var (json, files) = Read(Assert.Single(message.Attachments).Bytes.ToArray());
        Assert.Equal((1, 1), (json.GetProperty("tickets").GetArrayLength(), files.Count));

        stage.Alice.ClosesDms();
        Assert.Contains("direct messages are closed", (await stage.AfterAsync(stage.Alice.Runs("/mydata", stage.Harbour.General))).Text, StringComparison.Ordinal);
        stage.Alice.Types("!mydata", stage.Harbour.General);
        await stage.SettlesAsync();
        Assert.Contains("direct messages are closed", Person.TextOf(stage.Alice.Sees(stage.Harbour.General)[^1]), StringComparison.Ordinal);
        Assert.Equal((409, "data.no_address"), (await (await ApiProgram.WithKeyAsync(stage, actsAs: new UserId(stage.Alice.User.Id.Value))).PostAsync("/api/me/data")).Verdict);
    }

    [Fact]
    public async Task Typed_with_closed_direct_messages_it_is_told_where_it_was_typed_and_no_link_stands_there()
    {
        await using var stage = await Stage.StartAsync();
        await LivesAsync(stage);
        stage.Alice.ClosesDms();

        stage.Alice.Types("!mydata", stage.Harbour.General);
        await stage.SettlesAsync();

        var told = Person.TextOf(stage.Alice.Sees(stage.Harbour.General)[^1]);
        Assert.Contains("direct messages are closed", told, StringComparison.Ordinal);
        Assert.DoesNotContain("/api/data/", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopped_after_it_was_decided_the_next_start_sends_it_once()
    {
        await using var stage = await Stage.StartAsync(s => s.HasAddress = false);
        await LivesAsync(stage);
        var alice = new UserId(stage.Alice.User.Id.Value);
        // Nobody hears of it in this run, as when it ends in this very moment.
        var send = new SendDirectMessage(alice, Usher.Desk.Cards.Card.Saying("yours")) { DataOf = alice };
        await stage.Desk.Store.CommitAsync(new Usher.Storage.Commit { Guild = stage.Settings.Guild, By = alice, At = stage.Clock.GetUtcNow(), Effects = [send] }, Now);

        for (var start = 0; start < 2; start++)
        {
            await stage.StopUsherAsync();
            await stage.StartUsherWithoutSessionAsync();
        }

        Assert.Equal((1, 1), (stage.Alice.DirectMessages(stage.Harbour.Bot.Bot).Count, stage.Alice.DirectMessages(stage.Harbour.Bot.Bot)[0].Attachments.Count));
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("0123456789abcdef")]
    [InlineData("..%2f..%2fusher.db")]
    [InlineData("'%20or%201=1--")]
    public async Task A_wrong_address_tells_nothing(string token)
    {
        await using var stage = await Stage.StartAsync();
        await stage.AfterAsync(stage.Alice.Runs("/mydata", stage.Harbour.General));
        var never = await SeeAsync(stage, $"{stage.Address}/api/data/{new string('0', 32)}");

        Assert.Equal(HttpStatusCode.NotFound, never.Status);
        Assert.Equal(never, await SeeAsync(stage, $"{stage.Address}/api/data/{token}"));
        Assert.Equal(never, await SeeAsync(stage, $"{stage.Address}/api/data/{token}/data.zip"));
    }

    // A ticket of Alice's with what was looked up, a file and a note; one of Bob's in which she has no part.
    private static async Task LivesAsync(Stage stage)
    {
        var home = await stage.OpensAsync("Support");
        stage.Alice.Types("The crane is stuck", home, new NewFile("crane.png", "image/png", Picture));
        await stage.SettlesAsync();
        await stage.AfterAsync(stage.Carol.Runs("/note", home, ("text", "a difficult one")));
        var ticket = (await stage.Desk.Store.FindTicketAsync(new TicketKey(stage.Settings.Guild, 1), Now))!;
        var answered = new FormAnswered(stage.Clock.GetUtcNow(), [new FormAnswer("berth", "47", Found: new Finding(FindingState.Found, [new FoundField("Owner", "**Alice** of the pier", "Alice of the pier")]))]);
        await stage.Desk.Store.CommitAsync(
            new Usher.Storage.Commit { Guild = ticket.Guild, Before = ticket, After = answered.ApplyTo(ticket), Facts = [answered], By = ticket.Opener, At = stage.Clock.GetUtcNow() }, Now);
        var other = await stage.OpensAsync(stage.Bob, "Support");
        stage.Bob.Types("Bob's own words", other);
        await stage.SettlesAsync();
    }

    private static string LinkIn(Asked asked) => LinkIn(asked.Interaction.Original!);

    private static string LinkIn(MessageState message) => Address().Match(message.Components.GetRawText()).Value;

    private static async Task<(HttpStatusCode Status, string? Type, string Text)> SeeAsync(Stage stage, string address, string language = "en")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address));
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        using var response = await stage.Browser.SendAsync(request, Now);
        Assert.Contains("no-store", response.Headers.CacheControl?.ToString() ?? "", StringComparison.Ordinal);
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(Now));
    }

    // As a browser does: by what the page leads to.
    private static async Task<(JsonElement Json, Dictionary<string, byte[]> Files)> FetchAsync(Stage stage, string link)
    {
        var page = (await SeeAsync(stage, link)).Text;
        return await UnzippedAsync(stage, new Uri(new Uri(link), Target().Match(page).Groups[1].Value).ToString(), null);
    }

    private static async Task<(JsonElement Json, Dictionary<string, byte[]> Files)> UnzippedAsync(Stage stage, string address, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address));
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var response = await stage.Browser.SendAsync(request, Now);
        Assert.Equal((HttpStatusCode.OK, "application/zip", "attachment"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentDisposition?.DispositionType));
        return Read(await response.Content.ReadAsByteArrayAsync(Now));
    }

    private static (JsonElement Json, Dictionary<string, byte[]> Files) Read(byte[] zipped)
    {
        using var zip = new ZipArchive(new MemoryStream(zipped), ZipArchiveMode.Read);
        var entries = new Dictionary<string, byte[]>();
        foreach (var entry in zip.Entries)
        {
            using var bytes = new MemoryStream();
            using var content = entry.Open();
            content.CopyTo(bytes);
            entries[entry.FullName] = bytes.ToArray();
        }
        Assert.True(entries.Remove("member.json", out var member));
        return (JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString(member)), entries);
    }

    [GeneratedRegex("http[^\"]+/api/data/[0-9a-f]{32}")]
    private static partial Regex Address();

    [GeneratedRegex("<a href=\"([^\"]+)\"")]
    private static partial Regex Target();
}
