using System.Text;
using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Discord.Model;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>What people complain about with other desks, and what they see here. docs/complaints.md has the whole list.</summary>
public sealed class ComplaintStories
{
    [Fact]
    public async Task A_button_works_after_a_restart_and_a_year_later()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Billing");

        await stage.StopUsherAsync();
        stage.Clock.Advance(TimeSpan.FromDays(365));
        await stage.StartUsherWithoutSessionAsync();
        await stage.AfterAsync(stage.Carol.Clicks("Claim", home));

        Assert.Contains(stage.Carol.Mention, Stage.CardIn(home, stage.Carol));
    }

    [Fact]
    public async Task A_ticket_in_which_the_bot_may_do_nothing_holds_up_no_other()
    {
        await using var stage = await Stage.StartAsync();
        var broken = await stage.OpensAsync("Billing");
        var sound = await stage.OpensAsync(stage.Bob, "Billing");
        Forbid(stage, broken);

        await stage.AfterAsync(stage.Carol.Runs("/close", broken));
        await stage.AfterAsync(stage.Carol.Runs("/close", sound));
        await stage.PassesAsync(TimeSpan.FromMinutes(1));

        Assert.Null(stage.Box.World.FindChannel(sound.Id));
        Assert.Contains(stage.StaffLog, line => line.Contains(broken.Mention, StringComparison.Ordinal) && line.Contains("Manage Channels", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task A_staff_role_that_was_deleted_keeps_nobody_from_opening_and_managers_see_the_ticket(string department)
    {
        await using var stage = await Stage.StartAsync();
        stage.Box.World.DeleteRole(department == "Support" ? stage.Harbour.Support : stage.Harbour.Billing);
        await stage.SettlesAsync();

        var home = await stage.OpensAsync(department);
        await stage.AfterAsync(stage.Erin.Clicks("Claim", home));

        Assert.Contains(stage.Erin.Mention, Stage.CardIn(home, stage.Erin));
        if (department == "Billing") Assert.NotEmpty(stage.Dana.Sees(home));
    }

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task A_department_without_staff_opens_and_whoever_runs_the_desk_answers(string department)
    {
        await using var stage = await Stage.StartAsync(s => s.Settings = s.Settings with { Departments = s.Settings.Departments.Select(d => d with { Staff = [] }).ToValueList() });

        var home = await stage.OpensAsync(department);
        await stage.AfterAsync(stage.Dana.Runs("/claim", department == "Billing" ? home : stage.Harbour.General));
        var asked = await stage.AfterAsync(stage.Alice.Runs("/claim", home));

        Assert.Contains(stage.Harbour.Manager.Mention, asked.Text);
    }

    [Fact]
    public async Task A_channel_for_threads_that_was_deleted_is_told_to_the_member_and_to_staff()
    {
        await using var stage = await Stage.StartAsync();
        stage.Erin.Deletes(stage.Harbour.SupportChannel);
        await stage.SettlesAsync();

        var asked = await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help));

        Assert.Contains("could not be opened", asked.Text);
        Assert.Contains(stage.StaffLog, line => line.Contains("private thread", StringComparison.OrdinalIgnoreCase) || line.Contains("ticket thread", StringComparison.OrdinalIgnoreCase));
        // And the next try is not told that there is a ticket already.
        Assert.Contains("could not be opened", (await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help))).Text);
    }

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task A_log_channel_that_was_deleted_holds_up_no_closing_and_the_opener_gets_the_transcript(string department)
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync(department);
        stage.Erin.Deletes(stage.Harbour.StaffLog);
        await stage.SettlesAsync();

        await stage.AfterAsync(stage.Erin.Runs("/close", home));
        await stage.PassesAsync(TimeSpan.FromMinutes(1));

        Assert.True(department == "Billing" ? home.Deleted : home.Thread!.Archived);
        Assert.Single(stage.Alice.DirectMessages(stage.Harbour.Bot.Bot));
    }

    [Fact]
    public async Task A_form_that_is_changed_while_somebody_is_in_it_goes_on_with_what_is_asked_now()
    {
        await using var stage = await Stage.StartAsync(s => Ask(s, About("server", "other"), Words("What happened?")));
        await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help));

        Ask(stage, Words("Since when?"));
        await stage.Desk.ApplyAsync([stage.Settings], TestContext.Current.CancellationToken);
        await stage.SettlesAsync();
        var asked = await stage.AfterAsync(stage.Alice.Clicks("other", stage.Harbour.Help));

        Assert.False(asked.Failed);
        Assert.NotNull(asked.Modal);
        await stage.AfterAsync(stage.Alice.Fills(("Since when?", "yesterday")));
        var home = Assert.Single(stage.Box.World.ThreadsOf(stage.Harbour.SupportChannel));
        Assert.Contains(stage.Alice.Sees(home), message => Person.TextOf(message).Contains("yesterday", StringComparison.Ordinal));
    }

    public static TheoryData<string> Scripts => ["a", "é", "漢", "👩‍👩‍👧‍👦", "ا", "`", "> ", "@everyone ", "\n"];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Answers_of_4000_characters_of_any_script_open_a_ticket_in_which_nobody_is_pinged_by_them(string piece)
    {
        await using var stage = await Stage.StartAsync(s => Ask(s, Words("One"), Words("Two") with { Key = "two" }));
        var text = new StringBuilder("x");
        while (text.Length + piece.Length < 4000) text.Append(piece);
        text.Append('y');

        await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help));
        var asked = await stage.AfterAsync(stage.Alice.Fills(("One", text.ToString()), ("Two", text.ToString())));

        Assert.False(asked.Failed);
        var home = Assert.Single(stage.Box.World.ThreadsOf(stage.Harbour.SupportChannel));
        Assert.All(stage.Alice.Sees(home), message => Assert.InRange(Person.TextOf(message).Length, 1, 4100));
        Assert.Empty(stage.Dana.Pings(stage.Harbour.Guild));
        Assert.Contains(text.ToString().Trim(), (await stage.Desk.Store.FindTicketAsync(new(new(stage.Harbour.Guild.Id.Value), 1), TestContext.Current.CancellationToken))!.Answers.Select(answer => answer.Value));
    }

    [Fact]
    public async Task A_name_of_nothing_but_signs_becomes_one_that_Discord_takes()
    {
        await using var stage = await Stage.StartAsync(s =>
        {
            s.Settings = s.Settings with { Departments = s.Settings.Departments.Select(d => d with { Naming = "{opener}" }).ToValueList() };
            s.Box.World.Rename(s.Harbour.Guild.Members.Single(member => member.User == s.Alice.User), "*** ••• ***");
        });

        Assert.Equal("ticket-0001", (await stage.OpensAsync("Billing")).Name);
    }

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task A_name_that_Discord_refuses_does_not_keep_the_ticket_from_opening(string department)
    {
        await using var stage = await Stage.StartAsync(s =>
        {
            s.Settings = s.Settings with { Departments = s.Settings.Departments.Select(d => d with { Naming = "{opener}-{number}" }).ToValueList() };
            s.Harbour.Guild.RefusedWords.Add("alice");
        });

        var home = await stage.OpensAsync(department);
        stage.Alice.Types("hello", home);
        await stage.SettlesAsync();

        Assert.Equal("ticket-0001", home.Name);
        Assert.Empty(stage.StaffLog);
        Assert.Contains("hello", await stage.TranscriptAsync(1));
        Assert.StartsWith("bob-0002", (await stage.OpensAsync(stage.Bob, department)).Name, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_emoji_that_the_bot_cannot_use_leaves_the_panel_without_it_and_its_button_works()
    {
        await using var stage = await Stage.StartAsync(s =>
        {
            s.Settings = s.Settings with { Departments = s.Settings.Departments.Select(d => d with { Emoji = "<:gone:123456789012345678>" }).ToValueList() };
            s.Harbour.Guild.UnusableEmojis.Add(new Snowflake(123456789012345678));
        });

        Assert.Equal(["Support", "Billing"], Person.ButtonsOf(Assert.Single(stage.Alice.Sees(stage.Harbour.Help))));
        await stage.OpensAsync("Support");
        await stage.StopUsherAsync();
        await stage.StartUsherAsync();
        Assert.Single(stage.Alice.Sees(stage.Harbour.Help), message => message.Author.IsBot && message.EphemeralFor is null);
    }

    [Fact]
    public async Task Two_guilds_in_one_process_have_desks_of_their_own()
    {
        GuildState other = null!;
        ChannelState help = null!, support = null!;
        await using var stage = await Stage.StartAsync(s =>
        {
            other = s.Box.World.AddGuild("Elsewhere", s.Harbour.Guild.Owner);
            s.Box.World.Join(other, s.Alice.User);
            s.Box.World.Install(s.Harbour.Bot, other, Permissions.Administrator);
            (help, support) = (s.Box.World.AddChannel(other, "help"), s.Box.World.AddChannel(other, "support"));
        });
        var theirs = stage.Settings with
        {
            Guild = new(other.Id.Value),
            Language = Usher.Desk.Texts.Language.French,
            LogChannel = null,
            Managers = [],
            Departments = [new Department { Key = "support", Name = "Aide", Home = new HomeSettings(HomeKind.Thread, new(support.Id.Value)) }],
            Panels = [new Panel { Key = "help", Channel = new(help.Id.Value), Title = "Aide", Departments = ["support"] }],
        };
        await stage.Desk.ApplyAsync([stage.Settings, theirs], TestContext.Current.CancellationToken);
        await stage.SettlesAsync();

        await stage.AfterAsync(stage.Alice.Clicks("Aide", help));
        var home = await stage.OpensAsync("Support");

        var elsewhere = Assert.Single(stage.Box.World.ThreadsOf(support));
        Assert.Contains("Fermer", string.Join(' ', Person.ButtonsOf(stage.Alice.Sees(elsewhere)[0])));
        Assert.Contains("Close", Person.ButtonsOf(stage.Alice.Sees(home)[0]));
        Assert.Equal(("aide-0001", "support-0001"), (elsewhere.Name.ToLowerInvariant(), home.Name.ToLowerInvariant()));
        Assert.Equal(other, elsewhere.Guild);
    }

    private static void Forbid(Stage stage, ChannelState channel) => stage.Box.World.SetOverwrite(
        channel, stage.Harbour.Bot.Bot.Id, isMember: true, Permissions.None, Permissions.ManageChannels | Permissions.SendMessages);

    private static void Ask(Stage stage, params Question[] questions) => stage.Settings = stage.Settings with
    {
        Departments = stage.Settings.Departments.Select(d => d with { Form = new FormSettings { Questions = questions.ToValueList() } }).ToValueList(),
    };

    private static Question About(params string[] options) =>
        new() { Key = "about", Text = "What is it about?", Kind = QuestionKind.Buttons, Options = options.Select(option => new QuestionOption(option, option)).ToValueList() };

    private static Question Words(string text) => new() { Key = "words", Text = text, Kind = QuestionKind.Paragraph };
}
