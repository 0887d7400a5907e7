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
}
