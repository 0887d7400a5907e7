using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Claiming;
using Usher.Desk.Features.Transferring;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class TransferringTests
{
    private static readonly ChannelId LegalCategory = new(310);
    private static readonly RoleId LegalRole = new(210);
    private static readonly Department Legal = new() { Key = "legal", Name = "Legal", Staff = [LegalRole], Home = new HomeSettings(HomeKind.Channel, LegalCategory) };
    private static readonly DeskSettings WithLegal = Configuration with { Departments = [Support, Billing, Legal] };

    [Fact]
    public void A_thread_stays_and_only_the_new_staff_is_pinged()
    {
        var line = Say("transfer.line", ("by", Sam.User.Mention), ("from", "Support"), ("to", "Billing"), ("staff", BillingRole.Mention));
        Assert.Equal(
            Decision.That(new TicketTransferred(Noon, Sam.User, "support", "billing", 0))
                .Then(new PostCard(HomeChannel, Card.Saying(line), new Mentions([], [BillingRole]), PostPurpose.Line), new RefreshCard())
                .Telling(Say("transfer.done", ("department", "Billing"))),
            Decide(new TransferTicket("billing"), ThreadTicket, By(Sam) with { Interaction = Click }));
    }

    [Fact]
    public void A_channel_is_shown_to_the_new_staff_and_moves_all_at_once()
    {
        var ticket = ChannelTicket with { Added = [new AddedMember(Bob.User, "Bob", false, Bill.User, Noon, IsIn: true)] };
        var decision = Decide(new TransferTicket("legal"), ticket, By(Bill) with { Settings = WithLegal, Interaction = Click });
        Assert.Equal(new MoveChannel(HomeChannel, LegalCategory, [Alice.User, Bob.User], [LegalRole, ManagerRole]), decision.Effects[0]);
        Assert.Equal([typeof(MoveChannel), typeof(PostCard), typeof(RefreshCard)], decision.Effects.Select(effect => effect.GetType()));
    }

    [Fact]
    public void A_channel_keeps_its_place_where_the_new_department_has_threads_or_the_same_category()
    {
        Assert.Null(MoveTo("support", Configuration).Category);
        Assert.Null(MoveTo("legal", WithLegal with { Departments = [Support, Billing, Legal with { Home = Billing.Home }] }).Category);
    }

    [Fact]
    public void An_opener_who_left_is_not_shown_the_channel() =>
        Assert.Empty(Decide(new TransferTicket("support"), ChannelTicket with { OpenerLeft = true }, By(Bill)).Effects.OfType<MoveChannel>().Single().Members);

    [Fact]
    public void The_claim_is_released_and_the_old_staff_has_no_more_to_say()
    {
        var decision = Decide(new TransferTicket("Billing"), ThreadTicket.ClaimedBy(Sam), By(Sam));
        Assert.Equal([new TicketTransferred(Noon, Sam.User, "support", "billing", 0), new TicketUnclaimed(Noon, Sam.User)], decision.Facts);

        var after = After(new TransferTicket("billing"), ThreadTicket.ClaimedBy(Sam), By(Sam))!;
        Assert.Null(after.Claim);
        Assert.Equal("access.denied", Decide(new ClaimTicket(), after, By(Sam)).Refusal!.Code);
        Assert.Null(Decide(new ClaimTicket(), after, By(Bill)).Refusal);
    }

    [Fact]
    public void A_free_place_of_the_opener_in_the_new_department_is_taken()
    {
        var three = Configuration with { Departments = [Support, Billing with { OpenPerMember = 3 }] };
        var others = new[] { ChannelTicket with { Number = 1, Slot = 0 }, ChannelTicket with { Number = 2, Slot = 2 } };
        var context = By(Sam) with { Settings = three, OpenTickets = [ThreadTicket, .. others] };
        Assert.Equal(1, After(new TransferTicket("billing"), ThreadTicket, context)!.Slot);
    }

    [Fact]
    public void Where_the_opener_has_as_many_as_allowed_it_is_refused() =>
        Assert.Equal(
            Refused("transfer.limit", "transfer.limit", ("opener", Alice.User.Mention), ("department", "Billing"), ("ticket", HomeChannel.Mention)),
            Decide(new TransferTicket("billing"), ThreadTicket, By(Sam) with { OpenTickets = [ThreadTicket, ChannelTicket with { Number = 8 }] }));

    [Fact]
    public void Neither_the_same_department_nor_one_that_is_not_there()
    {
        Assert.Equal(Refused("transfer.same", "transfer.same", ("department", "Support")), Decide(new TransferTicket("support"), ThreadTicket, By(Sam)));
        Assert.Equal(Refused("transfer.unknown", "transfer.unknown", ("departments", "`support`, `billing`")), Decide(new TransferTicket("legal"), ThreadTicket, By(Sam)));
    }

    [Fact]
    public void Staff_of_the_target_does_not_fetch_it_and_the_opener_does_not_give_it()
    {
        foreach (var actor in new[] { Alice, Bob, Bill }) Assert.Equal("access.denied", Decide(new TransferTicket("billing"), ThreadTicket, By(actor)).Refusal!.Code);
        Assert.Null(Decide(new TransferTicket("billing"), ThreadTicket, By(Mona)).Refusal);
        Assert.Equal("ticket.closed", Decide(new TransferTicket("billing"), ThreadTicket.ClosedBy(Sam), By(Sam)).Refusal!.Code);
    }

    [Fact]
    public void The_select_holds_the_other_departments()
    {
        var card = Assert.IsType<Tell>(Decide(new AskForDepartment(), ThreadTicket, By(Sam) with { Settings = WithLegal }).Reply).Card;
        Assert.Equal(["billing", "legal"], card.Parts.OfType<Choice>().Single().Options.Select(option => option.Value));
        Assert.Equal("transfer.none", Decide(new AskForDepartment(), ThreadTicket, By(Mona) with { Settings = Configuration with { Departments = [Support] } }).Refusal!.Code);
    }

    [Theory]
    [InlineData(FailureReason.CategoryFull)]
    [InlineData(FailureReason.ChannelGone)]
    public void A_category_without_room_leaves_the_channel_where_it_is(FailureReason reason)
    {
        var move = new MoveChannel(HomeChannel, LegalCategory, [Alice.User], [LegalRole]);
        var decision = Ended(move, Cannot(reason), ChannelTicket);
        Assert.Contains(move with { Category = null }, decision.Effects);
        Assert.Empty(decision.Facts);
    }

    [Fact]
    public void What_could_not_be_done_is_told_in_the_ticket() =>
        Assert.Contains(Ended(new MoveChannel(HomeChannel, null, [], []), Cannot(FailureReason.Refused), ChannelTicket).Effects, effect => effect is PostCard post && post.In == HomeChannel);

    private static MoveChannel MoveTo(string department, DeskSettings settings) =>
        Decide(new TransferTicket(department), ChannelTicket, By(Bill) with { Settings = settings }).Effects.OfType<MoveChannel>().Single();
}
