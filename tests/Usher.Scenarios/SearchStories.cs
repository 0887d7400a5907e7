using System.Globalization;
using Usher.Desk.Values;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>What was said is found again: by staff in Discord, by programs over HTTP, by everybody only what they may see.</summary>
public sealed class SearchStories
{
    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task Staff_finds_what_was_said_and_alone_reads_the_answer(string department)
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync(department);
        var said = stage.Alice.Types("The *crane* on pier 5 is stuck, [look](https://example.org)", home, new NewFile("crane-report.txt", "text/plain", "x"u8.ToArray()));
        await stage.SettlesAsync();

        var found = await stage.AfterAsync(stage.Dana.Runs("/search", stage.Harbour.General, ("words", "crane pier")));

        Assert.True(found.IsPrivate);
        Assert.Contains(@"\*", found.Text);
        Assert.Contains("**crane**", found.Text);
        Assert.Contains($"https://discord.com/channels/{stage.Settings.Guild}/{home.Id}/{said.Id}", found.Text);
        Assert.Contains("#0001", (await stage.AfterAsync(stage.Dana.Runs("/search", home, ("words", "report.txt")))).Text);
        Assert.Contains("Nothing was found", (await stage.AfterAsync(stage.Dana.Runs("/search", home, ("words", "\"pier crane\"")))).Text);
        Assert.Contains("at least one letter", (await stage.AfterAsync(stage.Dana.Runs("/search", home, ("words", "?!")))).Text);
        Assert.DoesNotContain("crane", (await stage.AfterAsync(stage.Alice.Runs("/search", home, ("words", "crane")))).Text);
    }

    [Fact]
    public async Task A_typed_search_vanishes_and_is_answered_by_direct_message()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        stage.Alice.Types("The crane is stuck", home);
        await stage.SettlesAsync();

        stage.Carol.Types("!search crane", home);
        await stage.SettlesAsync();

        Assert.DoesNotContain(stage.Alice.Sees(home), message => Person.TextOf(message).Contains("!search", StringComparison.Ordinal));
        Assert.Contains("**crane**", Person.TextOf(stage.Carol.DirectMessages(stage.Harbour.Bot.Bot)[^1]));
        Assert.DoesNotContain("!search", await stage.TranscriptAsync(1));
        stage.Alice.Types("!search crane", stage.Harbour.General);
        await stage.SettlesAsync();
        Assert.DoesNotContain(stage.Alice.Sees(stage.Harbour.General), message => Person.TextOf(message).Contains("stuck", StringComparison.Ordinal));
        Assert.Empty(stage.Alice.DirectMessages(stage.Harbour.Bot.Bot));
    }

    [Fact]
    public async Task Edits_are_found_by_their_new_words_and_what_was_deleted_is_not_found()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);
        var edited = stage.Alice.Types("crane four", home);
        var deleted = stage.Alice.Types("crane six", home);
        await stage.SettlesAsync();
        Assert.Equal(["crane six", "crane four"], await TextsAsync(crm, "crane"));

        stage.Alice.Edits(edited, "crane five");
        stage.Alice.Deletes(deleted);
        await stage.SettlesAsync();

        Assert.Equal(["crane five"], await TextsAsync(crm, "crane"));
        Assert.Empty(await TextsAsync(crm, "four"));
    }

    [Fact]
    public async Task Everybody_finds_what_they_may_see_and_notes_are_staffs_alone()
    {
        await using var stage = await Stage.StartAsync();
        var support = await stage.OpensAsync(stage.Alice, "Support");
        var billing = await stage.OpensAsync(stage.Bob, "Billing");
        stage.Alice.Types("anchor of Alice", support);
        stage.Bob.Types("anchor of Bob", billing);
        await stage.AfterAsync(stage.Carol.Runs("/note", support, ("text", "anchor is suspicious")));
        await stage.AfterAsync(stage.Carol.Runs("/note", billing, ("text", "anchor note on Bob")));
        await stage.SettlesAsync();
        var alice = await ApiProgram.WithKeyAsync(stage, actsAs: new UserId(stage.Alice.User.Id.Value));
        var bob = await ApiProgram.WithKeyAsync(stage, actsAs: new UserId(stage.Bob.User.Id.Value));
        var staff = await ApiProgram.WithKeyAsync(stage, departments: ["support"]);
        var noteless = await ApiProgram.WithKeyAsync(stage, departments: ["support"], scopes: ["tickets:read"]);
        var manager = await ApiProgram.WithKeyAsync(stage, manager: true);
        var nobody = await ApiProgram.WithKeyAsync(stage);
        var writer = await ApiProgram.WithKeyAsync(stage, manager: true, scopes: ["tickets:open"]);

        Assert.Equal(["anchor of Alice"], await TextsAsync(alice, "anchor"));
        // Bob is staff of Support and, in Billing, somebody who asks for help.
        Assert.Equal(["anchor is suspicious", "anchor of Alice", "anchor of Bob"], (await TextsAsync(bob, "anchor")).Order());
        Assert.Equal(["anchor is suspicious", "anchor of Alice"], (await TextsAsync(staff, "anchor")).Order());
        Assert.Equal(["anchor of Alice"], await TextsAsync(noteless, "anchor"));
        Assert.Equal(["anchor is suspicious", "anchor note on Bob", "anchor of Alice", "anchor of Bob"], (await TextsAsync(manager, "anchor")).Order());
        Assert.Empty(await TextsAsync(nobody, "anchor"));
        Assert.Empty(await TextsAsync(alice, "anchor", $"&user_id={stage.Bob.User.Id}"));
        Assert.Empty(await TextsAsync(alice, "suspicious", "&user_id=me"));
        Assert.Equal((403, "scope.missing"), (await writer.GetAsync("/api/search?q=anchor")).Verdict);
    }

    [Fact]
    public async Task Pages_follow_upon_each_other_and_marks_stand_where_the_words_are()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        for (var i = 1; i <= 5; i++) stage.Alice.Types(string.Create(CultureInfo.InvariantCulture, $"<b>Crane</b> {i}"), home);
        await stage.SettlesAsync();
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);

        var texts = new List<string>();
        var path = "/api/search?q=crane&limit=2";
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await crm.GetAsync(path + cursor);
            Assert.Equal(200, page.Status);
            Assert.True(page.Body.GetProperty("complete").GetBoolean());
            foreach (var hit in page.Body.GetProperty("hits").EnumerateArray())
            {
                var mark = Assert.Single(hit.GetProperty("highlights").EnumerateArray());
                var text = hit.GetProperty("text").GetString()!;
                Assert.Equal("Crane", text.Substring(mark.GetProperty("start").GetInt32(), mark.GetProperty("length").GetInt32()));
                texts.Add(text);
            }
            cursor = page["next_cursor"] is { } next ? "&cursor=" + next : null;
        }

        Assert.Equal(["<b>Crane</b> 5", "<b>Crane</b> 4", "<b>Crane</b> 3", "<b>Crane</b> 2", "<b>Crane</b> 1"], texts);
        Assert.Equal(5, (await TextsAsync(crm, "crane", "&sort=relevance")).Count);
    }

    [Theory]
    [InlineData("", "query.faulty")]
    [InlineData("?q=%3F", "query.faulty")]
    [InlineData("?q=crane&sort=best", "query.faulty")]
    [InlineData("?q=crane&cursor=x", "query.faulty")]
    [InlineData("?q=crane&cursor=MS4yLjMuNA&sort=relevance", "query.faulty")]
    [InlineData("?q=crane&limit=51", "query.faulty")]
    [InlineData("?q=crane&from=yesterday", "query.faulty")]
    [InlineData("?q=crane&channel=1", "query.unknown")]
    public async Task What_cannot_be_sought_is_refused_by_name(string query, string code)
    {
        await using var stage = await Stage.StartAsync();
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);

        Assert.Equal((400, code), (await crm.GetAsync("/api/search" + query)).Verdict);
    }

    [Fact]
    public async Task Where_a_channel_is_gone_the_transcript_is_linked_and_what_it_ended_with_is_found()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Billing");
        stage.Alice.Types("The crane is stuck", home);
        await stage.SettlesAsync();
        await stage.AfterAsync(stage.Carol.Runs("/close", home, ("reason", "greased the winch")));
        await stage.PassesAsync(TimeSpan.FromSeconds(11));
        Assert.True(home.Deleted);
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);

        var hit = Assert.Single((await crm.GetAsync("/api/search?q=crane+stuck&status=closed")).Body.GetProperty("hits").EnumerateArray());

        Assert.Contains("crane", await stage.Browser.GetStringAsync(new Uri(hit.GetProperty("url").GetString()!), TestContext.Current.CancellationToken));
        Assert.Contains((await crm.GetAsync("/api/search?q=winch")).Body.GetProperty("hits").EnumerateArray(), found => found.GetProperty("kind").GetString() == "ticket");
        Assert.Empty(await TextsAsync(crm, "crane", "&status=open"));
    }

    private static async Task<IReadOnlyList<string>> TextsAsync(ApiProgram program, string words, string more = "")
    {
        var answer = await program.GetAsync($"/api/search?q={Uri.EscapeDataString(words)}{more}");
        Assert.Equal(200, answer.Status);
        return [.. answer.Body.GetProperty("hits").EnumerateArray().Select(hit => hit.GetProperty("text").GetString()!)];
    }
}
