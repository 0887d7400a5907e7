using Usher.Sandbox.Cast;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>Staff takes tickets on and gives them back.</summary>
public sealed class ClaimingStories
{
    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task Carol_claims_by_the_card_which_shows_it_without_a_call(string department)
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync(department);
        var before = stage.Box.Journal.Now;

        await stage.AfterAsync(stage.Carol.Clicks("Claim", home));

        Assert.Contains($"Taken on by** {stage.Carol.Mention}", Stage.CardIn(home, stage.Alice));
        Assert.Contains("Unclaim", Person.ButtonsOf(stage.Alice.Sees(home)[0]));
        Assert.DoesNotContain(stage.Box.Journal.Calls(before), call => !call.Route.Contains("/callback", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task A_card_deleted_by_hand_comes_back_once_with_the_next_change(string department)
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync(department);
        stage.Erin.Deletes(stage.Erin.Sees(home)[0]);
        await stage.SettlesAsync();

        await stage.AfterAsync(stage.Carol.Runs("/claim", home));
        await stage.AfterAsync(stage.Carol.Runs("/unclaim", home));

        var card = Assert.Single(stage.Alice.Sees(home), message => Person.ButtonsOf(message).Contains("Claim"));
        Assert.Contains("nobody yet", Person.TextOf(card));
        Assert.DoesNotContain(stage.StaffLog, entry => entry.Contains("could not", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Alice_cannot_claim_and_reads_who_could()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");

        var asked = await stage.AfterAsync(stage.Alice.Clicks("Claim", home));

        Assert.True(asked.IsPrivate);
        Assert.Contains(stage.Harbour.Support.Mention, asked.Text);
        Assert.Contains("nobody yet", Stage.CardIn(home, stage.Alice));
    }

    [Fact]
    public async Task Bob_cannot_take_what_Carol_has_but_an_administrator_can_free_it()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        await stage.AfterAsync(stage.Carol.Runs("/claim", home));

        var bob = await stage.AfterAsync(stage.Bob.Clicks("Unclaim", home));
        Assert.Contains(stage.Carol.Mention, bob.Text);

        await stage.AfterAsync(stage.Erin.Clicks("Unclaim", home));
        Assert.Contains("nobody yet", Stage.CardIn(home, stage.Alice));
    }

    [Fact]
    public async Task Typed_commands_claim_too()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Billing");

        stage.Carol.Types("!claim", home);
        await stage.SettlesAsync();

        Assert.Contains($"Taken on by** {stage.Carol.Mention}", Stage.CardIn(home, stage.Alice));
    }

    [Fact]
    public async Task Notes_are_for_staff_only()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");

        await stage.AfterAsync(stage.Bob.Clicks("Note", home));
        await stage.AfterAsync(stage.Bob.Fills(("text", "a regular, be kind")));
        stage.Carol.Types("!note owes us two anchors", home);
        await stage.SettlesAsync();
        var read = await stage.AfterAsync(stage.Carol.Runs("/notes", home));

        Assert.Contains("a regular, be kind", read.Text);
        Assert.Contains("owes us two anchors", read.Text);
        Assert.True(read.IsPrivate);
        Assert.DoesNotContain(stage.Alice.Sees(home), message => Person.TextOf(message).Contains("anchors", StringComparison.Ordinal));
        var transcript = await stage.TranscriptAsync(1);
        Assert.DoesNotContain("anchors", transcript);
        Assert.DoesNotContain("be kind", transcript);
        var refused = await stage.AfterAsync(stage.Alice.Runs("/notes", home));
        Assert.Contains("not yours", refused.Text);
    }

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task Where_the_department_wants_it_Bobs_next_message_is_the_note_and_stands_in_no_transcript(string department)
    {
        await using var stage = await Stage.StartAsync(s => s.Settings = s.Settings with { Departments = [.. s.Settings.Departments.Select(d => d with { NoteIsNextMessage = true })] });
        var home = await stage.OpensAsync(department);

        var asked = await stage.AfterAsync(stage.Carol.Clicks("Note", home));
        Assert.True(asked.IsPrivate);
        stage.Carol.Types("owes us two anchors", home);
        await stage.SettlesAsync();
        stage.Carol.Types("Hello Alice", home);
        await stage.SettlesAsync();

        Assert.DoesNotContain(stage.Alice.Sees(home), message => Person.TextOf(message).Contains("anchors", StringComparison.Ordinal));
        Assert.Contains("owes us two anchors", (await stage.AfterAsync(stage.Carol.Runs("/notes", home))).Text);
        var transcript = await stage.TranscriptAsync(1);
        Assert.DoesNotContain("anchors", transcript);
        Assert.Contains("Hello Alice", transcript);
    }

    [Fact]
    public async Task Staff_replies_by_command_and_the_opener_is_pinged()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");

        await stage.AfterAsync(stage.Bob.Runs("/reply", home, ("text", "We are on it @everyone")));

        var said = stage.Alice.Sees(home)[^1];
        Assert.Contains("We are on it", Person.TextOf(said));
        Assert.Equal([stage.Alice.User.Id], said.Pings);
    }
}
