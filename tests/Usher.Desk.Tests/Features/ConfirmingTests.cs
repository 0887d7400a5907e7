using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Confirming;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class ConfirmingTests
{
    private static readonly DeskSettings Asking = Configuration with { Departments = [Support with { ConfirmClose = true }, Billing] };
    private static readonly Ticket Pending = ThreadTicket with { PendingClosing = new PendingClosing(ClosingKind.Closed, Sam.User, "Solved", Noon.AddMinutes(-1)) };
    private static readonly string Stamp = Pending.PendingClosing!.Stamp;

    [Fact]
    public void Where_the_department_wants_it_closing_asks_in_private_first()
    {
        var decision = Decide(new CloseTicket("Solved"), ThreadTicket, By(Sam) with { Settings = Asking, Interaction = Click });
        Assert.Equal([new ClosingAsked(Noon, ClosingKind.Closed, Sam.User, "Solved")], decision.Facts);
        Assert.Empty(decision.Effects);
        var asked = Assert.IsType<Tell>(decision.Reply).Card;
        Assert.Contains("Solved", ((Words)asked.Parts[0]).Markdown, StringComparison.Ordinal);
        Assert.Equal(["confirm", "keep"], asked.Parts.OfType<Buttons>().Single().Row.Select(button => button.Press!.Action));
    }

    [Fact]
    public void Cancelling_asks_too_and_the_opener_confirms()
    {
        var context = By(Alice) with { Settings = Asking, Interaction = Click };
        var asked = After(new CancelTicket(), ThreadTicket, context);
        Assert.Equal(ClosingKind.Cancelled, asked!.PendingClosing!.Kind);
        Assert.Equal(ClosingKind.Cancelled, After(new ConfirmClosing(asked.PendingClosing.Stamp), asked, context)!.Closing!.Kind);
    }

    [Fact]
    public void Elsewhere_it_does_not() =>
        Assert.NotNull(After(new CloseTicket(null), ChannelTicket, By(Bill) with { Settings = Asking, Interaction = Click })!.Closing);

    [Fact]
    public void Confirmed_it_closes_for_the_reason_given_and_the_question_goes()
    {
        var decision = Decide(new ConfirmClosing(Stamp), Pending, By(Sam) with { Settings = Asking, Interaction = Click });
        Assert.Equal([new TicketClosed(Noon, ClosingKind.Closed, Sam.User, "Sam", "Solved")], decision.Facts);
        Assert.Equal(new ShowCard(Card.Saying(Say("close.done", ("ticket", "#0007")))), decision.Reply);
        Assert.Contains(new CloseThread(HomeChannel), decision.Effects);
        Assert.Null(After(new ConfirmClosing(Stamp), Pending, By(Sam))!.PendingClosing);
    }

    [Fact]
    public void Kept_nothing_changes() =>
        Assert.Equal(Decision.Say(new ShowCard(Card.Saying(Say("confirm.kept")))), Decide(new KeepTicket(Stamp), Pending, By(Sam)));

    [Fact]
    public void Only_whoever_was_asked_answers()
    {
        Assert.Equal(Refused("confirm.not_yours", "refusal.not_allowed", ("who", Sam.User.Mention)), Decide(new ConfirmClosing(Stamp), Pending, By(Sue)));
        Assert.Equal("confirm.not_yours", Decide(new ConfirmClosing(Stamp), Pending, By(Alice)).Refusal!.Code);
        Assert.Equal("confirm.not_yours", Decide(new KeepTicket(Stamp), Pending, By(Alice)).Refusal!.Code);
        Assert.Equal("access.denied", Decide(new ConfirmClosing(Stamp), Pending, By(Sam with { Roles = [] })).Refusal!.Code);
    }

    [Fact]
    public void The_opener_who_is_staff_no_more_does_not_close_as_staff()
    {
        var own = Pending with { PendingClosing = Pending.PendingClosing! with { By = Alice.User } };
        Assert.Equal("access.denied", Decide(new ConfirmClosing(Stamp), own, By(Alice)).Refusal!.Code);
    }

    [Fact]
    public void A_question_that_was_asked_anew_or_answered_is_stale()
    {
        Assert.Equal("confirm.stale", Decide(new ConfirmClosing("1"), Pending, By(Sam)).Refusal!.Code);
        Assert.Equal("confirm.stale", Decide(new ConfirmClosing(Stamp), ThreadTicket, By(Sam)).Refusal!.Code);
        Assert.Equal("ticket.closed", Decide(new ConfirmClosing(Stamp), Pending.ClosedBy(Sam), By(Sam)).Refusal!.Code);
    }
}
