using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Posting;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;
using Button = Usher.Desk.Cards.Button;

namespace Usher.Desk.Tests.Features;

public sealed class PostingTests
{
    private static readonly Panel Front = Configuration.Panels[0];
    private static readonly Panel Back = Front with { Key = "back", Channel = Elsewhere };
    private static readonly DeskSettings Two = Configuration with { Panels = [Front, Back] };

    [Fact]
    public void Any_staff_posts_the_panels_again()
    {
        var decision = Decide(new PostPanels(null), null, By(Bill) with { Settings = Two });
        Assert.Equal(
            (Decision.Nothing with { Reply = Tells("panel.done", ("where", "<#301> <#304>")) }).Then(new PostPanel("front", true), new PostPanel("back", true)),
            decision);
    }

    [Fact]
    public void One_of_them_is_chosen_by_its_name() =>
        Assert.Equal([new PostPanel("back", true)], Decide(new PostPanels("back"), null, By(Sam) with { Settings = Two }).Effects);

    [Fact]
    public void Staff_of_one_department_may_within_a_ticket_of_another() =>
        Assert.Null(Decide(new PostPanels(null), ThreadTicket, By(Bill)).Refusal);

    [Fact]
    public void A_panel_that_is_not_there_is_told_with_those_that_are() =>
        Assert.Equal(Refused("panel.none", "panel.none", ("panels", "front, back")), Decide(new PostPanels("side"), null, By(Sam) with { Settings = Two }));

    [Fact]
    public void Where_there_are_none_that_is_said() =>
        Assert.Equal(
            Refused("panel.no_panels", "panel.no_panels"),
            Decide(new PostPanels(null), null, By(Sam) with { Settings = Configuration with { Panels = [] } }));

    [Fact]
    public void A_member_posts_no_panels() => Assert.Equal("access.denied", Decide(new PostPanels(null), null, By(Alice)).Refusal!.Code);

    [Fact]
    public void When_settings_are_read_panels_are_put_right_and_not_posted_anew() =>
        Assert.Equal(
            Decision.Nothing.Then(new PostPanel("front", false), new PostPanel("back", false), new TakeDownPanels()),
            Decide(new KeepPanels(), null, By(Actor.Desk) with { Settings = Two }));

    [Fact]
    public void When_one_panel_changed_only_that_one_is_looked_at_and_those_that_are_gone_go() =>
        Assert.Equal(
            Decision.Nothing.Then(new PostPanel("back", false), new TakeDownPanels()),
            Decide(new KeepPanels(["back"]), null, By(Actor.Desk) with { Settings = Two }));

    [Fact]
    public void A_panel_has_a_button_for_each_of_its_departments() =>
        Assert.Equal(
            new Card(
                [
                    new Words("## How can we help?"),
                    new Line(),
                    new Words("🛟 **Support** · Questions of every kind"),
                    new Buttons(
                    [
                        new Button("Support", new Press("open", Argument: "support"), ButtonLook.Secondary, "🛟"),
                        new Button("Billing", new Press("open", Argument: "billing")),
                    ]),
                ],
                0x5865F2),
            PanelCard.Of(Front, Configuration));

    [Fact]
    public void A_department_that_is_gone_or_named_twice_gets_no_button_of_its_own()
    {
        var card = PanelCard.Of(Front with { Departments = ["support", "gone", "support"] }, Configuration);
        Assert.Single(card.Parts.OfType<Buttons>().Single().Row);
    }

    [Theory]
    [InlineData(5, new[] { 5 })]
    [InlineData(6, new[] { 5, 1 })]
    [InlineData(30, new[] { 5, 5, 5, 5, 5 })]
    public void Buttons_stand_five_in_a_row_and_no_more_than_fit(int departments, int[] rows)
    {
        var many = Enumerable.Range(0, departments).Select(number => Billing with { Key = $"d{number}" }).ToValueList();
        var card = PanelCard.Of(Front with { Departments = many.Select(d => d.Key).ToValueList() }, Configuration with { Departments = many });
        Assert.Equal(rows, card.Parts.OfType<Buttons>().Select(buttons => buttons.Row.Count));
    }

    [Fact]
    public void A_panel_with_one_button_leads_to_a_list_whose_options_are_the_departments_own_buttons()
    {
        var panel = Front with { Style = PanelStyle.Options, Button = "Abrir Ticket" };
        Assert.Equal(
            new Button("Abrir Ticket", new Press("options", Argument: "front"), ButtonLook.Primary, "🎫"),
            Assert.Single(Assert.Single(PanelCard.Of(panel, Configuration).Parts.OfType<Buttons>()).Row));

        var choice = Assert.IsType<Tell>(Decide(new ShowOptions("front"), null, By(Alice)).Reply).Card.Parts.OfType<Choice>().Single();
        Assert.Equal(["u1|open||support|", "u1|open||billing|"], choice.Options.Select(option => option.Value));
        Assert.Equal(Refused("open.no_department", "open.no_department"), Decide(new ShowOptions("gone"), null, By(Alice)));
    }

    [Fact]
    public void A_manager_puts_a_panel_where_the_command_was_given_and_hears_of_it_when_it_stands()
    {
        var context = By(Mona) with { Interaction = Click };
        var post = new PostPanel("front", true, context.Asker);
        Assert.Equal(
            Decision.Nothing.Then(new ChangeSettings(new SettingsChange(null, Panel: "front", Channel: Elsewhere), Mona.User), post),
            Decide(new SetUpPanel(null, Elsewhere), null, context));
        Assert.Equal(Decision.Nothing.Then(post), Decide(new SetUpPanel("front", SupportChannel), null, context));

        Assert.Equal([new Answer(Click, Tells("panel.done", ("where", SupportChannel.Mention)))], Ended(post, new Done(), null).Effects);
        Assert.IsType<Answer>(Ended(post, Cannot(FailureReason.MissingPermission), null).Effects[0]);
        Assert.Empty(Ended(new PostPanel("front", true), new Done(), null).Effects);
    }

    [Fact]
    public void Of_several_panels_one_must_be_named_and_staff_puts_up_none()
    {
        var context = By(Mona) with { Settings = Two };
        Assert.Equal("panel.which", Decide(new SetUpPanel(null, Elsewhere), null, context).Refusal!.Code);
        Assert.Equal("panel.none", Decide(new SetUpPanel("side", Elsewhere), null, context).Refusal!.Code);
        Assert.Equal("access.denied", Decide(new SetUpPanel("front", Elsewhere), null, By(Sam)).Refusal!.Code);
    }

    [Theory]
    [InlineData("", null, 304UL)]
    [InlineData("help", "help", 304UL)]
    [InlineData("<#42> help", "help", 42UL)]
    [InlineData("help <#42>", "help", 42UL)]
    public void Typed_it_may_name_the_panel_and_a_channel(string words, string? panel, ulong channel) =>
        Assert.Equal(
            new SetUpPanel(panel, new ChannelId(channel)),
            Usher.Desk.Features.All.Rules.Trigger(Door.Typed, "setup")!.Command(new Input(null, new Dictionary<string, string>(), words) { In = Elsewhere }));

    [Fact]
    public void What_was_put_elsewhere_lies_over_the_file_until_that_says_otherwise()
    {
        var put = SettingsOverrides.None.With(new SettingsChange(null, Panel: "front", Channel: Elsewhere), Configuration);
        Assert.Equal(Elsewhere, put.Over(Configuration).Panels[0].Channel);
        Assert.Equal(Configuration.Departments, put.Over(Configuration).Departments);
        var moved = Configuration with { Panels = [Front with { Channel = LogChannel }] };
        Assert.Equal(LogChannel, put.Over(moved).Panels[0].Channel);
        Assert.Equal(SettingsOverrides.None, put.With(new SettingsChange(null, Panel: "front", Channel: SupportChannel), Configuration));
    }
}
