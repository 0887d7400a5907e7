using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Discord.Model;
using Usher.Sandbox;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>Departments that ask first, or in the ticket: answers, wrong answers, restarts, strangers.</summary>
public sealed class AskingStories
{
    private static readonly Question About = new()
    {
        Key = "about",
        Text = "What is it about?",
        Kind = QuestionKind.Buttons,
        Options = [new("server", "A server"), new("else", "Something else", Emoji: "💡")],
    };

    private static readonly Question Invite = new()
    {
        Key = "invite",
        Text = "Its invitation",
        Format = AnswerFormat.Invite,
        Lookup = "invite",
        When = [new AnswerCondition("about", ["server"])],
    };

    private static readonly Question Words = new() { Key = "words", Text = "In your own words", Kind = QuestionKind.Paragraph };

    private static Task<Stage> StartAsync(FormPlace place, params Question[] questions) => Stage.StartAsync(stage =>
        stage.Settings = stage.Settings with
        {
            Departments = stage.Settings.Departments.Select(department => department with { Form = new FormSettings { Place = place, Questions = questions.ToValueList() } }).ToValueList(),
        });

    private static ChannelState? HomeOf(Stage stage) =>
        stage.Alice.Channels(stage.Harbour.Guild).SingleOrDefault(channel => channel.IsThread || channel.Parent == stage.Harbour.Tickets);

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task Alice_is_asked_step_by_step_and_what_she_said_stands_in_the_ticket(string department)
    {
        await using var stage = await StartAsync(FormPlace.BeforeOpening, About, Words);
        var calls = stage.Box.Journal.Now;

        var asked = await stage.AfterAsync(stage.Alice.Clicks(department, stage.Harbour.Help));
        Assert.True(asked.IsPrivate);
        Assert.Contains("What is it about?", asked.Text);
        Assert.Null(HomeOf(stage));
        await stage.AfterAsync(stage.Alice.Clicks("Something else", stage.Harbour.Help));
        await stage.AfterAsync(stage.Alice.Fills(("In your own words", "The crane sings @everyone")));

        var home = HomeOf(stage)!;
        var messages = stage.Erin.Sees(home).Select(Person.TextOf).ToList();
        Assert.Equal(2, messages.Count);
        Assert.Contains("💡 Something else", messages[1]);
        Assert.Contains("> The crane sings", messages[1]);
        Assert.Contains(home.Id.ToString(), Person.TextOf(stage.Alice.Sees(stage.Harbour.Help)[^1]));
        Assert.Empty(stage.Erin.Pings(stage.Harbour.Guild));
        Assert.Equal(3, stage.Box.Journal.Calls(calls).Count(call => !call.Route.Contains("interactions", StringComparison.Ordinal) && !call.Route.Contains("webhooks", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_form_that_begins_with_a_modal_opens_it_at_once()
    {
        await using var stage = await StartAsync(FormPlace.BeforeOpening, Words);

        var asked = await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help));
        Assert.NotNull(asked.Modal);
        var opened = await stage.AfterAsync(stage.Alice.Fills(("In your own words", "Help!")));

        Assert.True(opened.IsPrivate);
        Assert.Contains("> Help!", Person.TextOf(stage.Alice.Sees(HomeOf(stage)!)[1]));
    }

    [Fact]
    public async Task A_restart_in_the_middle_of_a_form_loses_nothing()
    {
        await using var stage = await StartAsync(FormPlace.BeforeOpening, About, Words with { Kind = QuestionKind.Buttons, Options = [new("yes", "Yes please")] });
        await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help));
        await stage.AfterAsync(stage.Alice.Clicks("Something else", stage.Harbour.Help));

        await stage.StopUsherAsync();
        await stage.StartUsherAsync();
        await stage.AfterAsync(stage.Alice.Clicks("Yes please", stage.Harbour.Help));

        var told = Person.TextOf(stage.Alice.Sees(HomeOf(stage)!)[1]);
        Assert.Contains("Something else", told);
        Assert.Contains("Yes please", told);
    }

    [Fact]
    public async Task A_form_left_alone_expires_before_her_eyes()
    {
        await using var stage = await StartAsync(FormPlace.BeforeOpening, About);
        await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help));

        await stage.PassesAsync(TimeSpan.FromMinutes(14));

        Assert.Contains("left alone for too long", Person.TextOf(stage.Alice.Sees(stage.Harbour.Help)[^1]));
        Assert.Empty(Person.ButtonsOf(stage.Alice.Sees(stage.Harbour.Help)[^1]));
    }

    [Fact]
    public async Task An_invitation_is_looked_up_and_what_it_leads_to_stands_in_the_ticket()
    {
        await using var stage = await StartAsync(FormPlace.BeforeOpening, About, Invite);
        var code = stage.Erin.Invites(stage.Harbour.Help);
        await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help));
        await stage.AfterAsync(stage.Alice.Clicks("A server", stage.Harbour.Help));
        await stage.AfterAsync(stage.Alice.Fills(("Its invitation", $"https://discord.com/invite/{code}")));

        var told = Person.TextOf(stage.Alice.Sees(HomeOf(stage)!)[1]);
        Assert.Contains(stage.Harbour.Guild.Name, told);
        Assert.Contains(stage.Harbour.Guild.Id.ToString(), told);
    }

    [Fact]
    public async Task A_dead_invitation_is_told_plainly_and_the_ticket_can_still_be_opened()
    {
        await using var stage = await StartAsync(FormPlace.BeforeOpening, About, Invite);
        await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help));
        await stage.AfterAsync(stage.Alice.Clicks("A server", stage.Harbour.Help));
        await stage.AfterAsync(stage.Alice.Fills(("Its invitation", "two words")));
        Assert.Contains("must be an invitation", Person.TextOf(stage.Alice.Sees(stage.Harbour.Help)[^1]));

        await stage.AfterAsync(stage.Alice.Clicks("Correct it", stage.Harbour.Help));
        await stage.AfterAsync(stage.Alice.Fills(("Its invitation", "discord.gg/deadbeef")));
        Assert.Contains("nothing is known", Person.TextOf(stage.Alice.Sees(stage.Harbour.Help)[^1]));
        await stage.AfterAsync(stage.Alice.Clicks("Go on without", stage.Harbour.Help));

        var told = Person.TextOf(stage.Alice.Sees(HomeOf(stage)!)[1]);
        Assert.Contains("discord.gg/deadbeef", told);
        Assert.Contains("Nothing is known under this", told);
    }

    [Fact]
    public async Task A_source_that_is_down_holds_nothing_up_and_staff_asks_it_again()
    {
        await using var stage = await StartAsync(FormPlace.BeforeOpening, About, Invite);
        var code = stage.Erin.Invites(stage.Harbour.Help);
        await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help));
        await stage.AfterAsync(stage.Alice.Clicks("A server", stage.Harbour.Help));
        stage.Box.Weather.Next("GET /invites/{code}", Fault.Slow, lasting: TimeSpan.FromMinutes(5));
        var filling = stage.Alice.Fills(("Its invitation", code));
        for (var moment = 0; moment < 100 && HomeOf(stage) is null; moment++)
        {
            for (var breath = 0; breath < 3; breath++) await stage.BreathesAsync();
            stage.Clock.Advance(TimeSpan.FromSeconds(0.1));
        }
        await stage.AfterAsync(filling);
        var home = HomeOf(stage)!;
        Assert.Contains("could not be looked up", Person.TextOf(stage.Bob.Sees(home)[1]));

        stage.Box.Weather.Clear();
        await stage.AfterAsync(stage.Bob.Clicks("Look up again", home));

        Assert.Contains(stage.Harbour.Guild.Name, Person.TextOf(stage.Bob.Sees(home)[1]));
    }

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task In_the_ticket_only_Alice_answers_and_staff_is_called_when_she_is_done(string department)
    {
        await using var stage = await StartAsync(FormPlace.InTicket, About, Words);
        var home = await stage.OpensAsync(department);
        Assert.Empty(stage.Carol.Pings(stage.Harbour.Guild));

        var stranger = await stage.AfterAsync(stage.Erin.Clicks("Something else", home));
        Assert.True(stranger.IsPrivate);
        Assert.Contains("What is it about?", Person.TextOf(stage.Alice.Sees(home)[1]));
        await stage.AfterAsync(stage.Alice.Clicks("Something else", home));
        await stage.StopUsherAsync();
        await stage.StartUsherAsync();
        await stage.AfterAsync(stage.Alice.Clicks("Fill in", home));
        await stage.AfterAsync(stage.Alice.Fills(("In your own words", "Gift cards")));

        Assert.Contains("that is everything", Person.TextOf(stage.Alice.Sees(home)[1]));
        var summary = stage.Alice.Sees(home)[2];
        Assert.Contains("> Gift cards", Person.TextOf(summary));
        Assert.Single(stage.Carol.Pings(stage.Harbour.Guild));
    }

    [Fact]
    public async Task An_answer_is_changed_afterwards_and_the_card_shows_it()
    {
        await using var stage = await StartAsync(FormPlace.BeforeOpening, Words);
        await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help));
        await stage.AfterAsync(stage.Alice.Fills(("In your own words", "Crane four")));
        var home = HomeOf(stage)!;

        await stage.AfterAsync(stage.Alice.Clicks("More", home));
        await stage.AfterAsync(stage.Alice.Picks("Choose an action", home, "Change an answer"));
        await stage.AfterAsync(stage.Alice.Picks("Choose …", home, "In your own words"));
        await stage.AfterAsync(stage.Alice.Fills(("In your own words", "Crane five")));

        Assert.Contains("> Crane five", Person.TextOf(stage.Alice.Sees(home)[1]));
    }

    [Fact]
    public async Task A_department_that_asks_cannot_be_opened_by_typing_alone_and_says_how()
    {
        await using var stage = await StartAsync(FormPlace.BeforeOpening, Words);

        stage.Alice.Types("!open support", stage.Harbour.General);
        await stage.SettlesAsync();

        Assert.Contains("/open", Person.TextOf(stage.Alice.Sees(stage.Harbour.General)[^1]));
        Assert.Null(HomeOf(stage));
    }
}
