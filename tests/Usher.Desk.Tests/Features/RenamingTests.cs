using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Renaming;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class RenamingTests
{
    private static readonly Ticket Twice = ThreadTicket with { Name = "two", RenamedAt = [Noon.AddMinutes(-4), Noon.AddMinutes(-1)] };
    private static readonly DateTimeOffset Free = Noon.AddMinutes(6).AddSeconds(5);

    [Theory]
    [InlineData(HomeKind.Thread, "  Broken anchor ", "Broken anchor")]
    [InlineData(HomeKind.Thread, "🟢 a\nb", "🟢 ab")]
    [InlineData(HomeKind.Channel, "Broken Anchor!", "broken-anchor")]
    [InlineData(HomeKind.Channel, "🟢 客服 Nº 1", "🟢-客服-nº-1")]
    public void A_home_gets_what_Discord_takes_of_a_name(HomeKind kind, string asked, string name)
    {
        var ticket = kind == HomeKind.Thread ? ThreadTicket : ChannelTicket;
        Assert.Equal(
            Decision.That(new TicketRenamed(Noon, Mona.User, name))
                .Then(new RenameHome(HomeChannel, kind, name, ticket.Name, Mona.User))
                .Telling(Say("rename.done", ("name", name))),
            Decide(new RenameTicket(asked), ticket, By(Mona) with { Interaction = Click }));
    }

    [Fact]
    public void A_long_name_is_cut_to_what_Discord_takes() =>
        Assert.Equal(new string('n', 100), After(new RenameTicket(new string('n', 101)), ThreadTicket, By(Sam))!.Name);

    [Theory]
    [InlineData(HomeKind.Thread, "\n\t")]
    [InlineData(HomeKind.Channel, "-- !? --")]
    public void A_name_of_which_nothing_is_left_is_refused(HomeKind kind, string name) =>
        Assert.Equal(Refused("rename.empty", "rename.empty"), Decide(new RenameTicket(name), kind == HomeKind.Thread ? ThreadTicket : ChannelTicket, By(Mona)));

    [Fact]
    public void The_third_name_in_ten_minutes_waits_and_the_asker_is_told_until_when() =>
        Assert.Equal(
            Decision.That(new RenamePlanned(Noon, Sam.User, "three", Free))
                .With(new SetTimer("rename", Free))
                .Telling(Say("rename.later", ("name", "three"), ("when", Moment.Relative(Free)))),
            Decide(new RenameTicket("three"), Twice, By(Sam)));

    [Fact]
    public void The_name_that_was_wanted_last_is_given_when_the_time_has_come()
    {
        var waiting = After(new RenameTicket("four"), After(new RenameTicket("three"), Twice, By(Sam)), By(Sue))!;
        Assert.Equal(new NextName("four", Sue.User, Free), waiting.NextName);

        var due = All(waiting, Free);
        Assert.Equal(Decision.That(new TicketRenamed(Free, Sue.User, "four")).Then(new RenameHome(HomeChannel, HomeKind.Thread, "four", "two", Sue.User)), due);
        Assert.Equal(Decision.Nothing, All(waiting.ClosedBy(Sam), Free));
    }

    [Fact]
    public void A_ticket_that_closes_keeps_no_name_waiting()
    {
        var waiting = After(new RenameTicket("three"), Twice, By(Sam));
        var decision = Decide(new Usher.Desk.Features.Closing.CloseTicket(null), waiting, By(Sam));
        Assert.Contains(new CancelTimers(), decision.Timers);
        Assert.Null(After(new Usher.Desk.Features.Closing.CloseTicket(null), waiting, By(Sam))!.NextName);
    }

    [Fact]
    public void Ten_minutes_later_a_name_is_given_at_once() =>
        Assert.IsType<TicketRenamed>(Decide(new RenameTicket("three"), Twice, By(Sam) with { Now = Free }).Facts[0]);

    [Fact]
    public void Held_back_by_Discord_all_the_same_it_waits_and_the_ticket_is_told()
    {
        var effect = new RenameHome(HomeChannel, HomeKind.Channel, "one", "zero", Sam.User);
        var until = Noon.AddMinutes(5);
        Assert.Equal(
            Decision.That(new RenamePlanned(Noon, Sam.User, "one", until))
                .With(new SetTimer("rename", until))
                .Then(new PostCard(HomeChannel, Card.Saying(Say("rename.later", ("name", "one"), ("when", Moment.Relative(until)))), Mentions.None, PostPurpose.Line)),
            Ended(effect, new HeldBack(until), ChannelTicket));
        Assert.Equal(Decision.Nothing, Ended(effect, new HeldBack(until), ChannelTicket with { NextName = new NextName("two", Sue.User, until) }));
        Assert.Equal(Decision.Nothing, Ended(effect, new HeldBack(until), ChannelTicket.ClosedBy(Sam)));
    }

    [Fact]
    public void A_name_that_Discord_refuses_is_taken_back_and_the_ticket_is_told_why()
    {
        var effect = new RenameHome(HomeChannel, HomeKind.Thread, "one", "zero", Sam.User);
        var decision = Ended(effect, Cannot(FailureReason.Refused), ThreadTicket with { Name = "one" });
        Assert.Equal([new RenameFailed(Noon, "zero")], decision.Facts);
        var line = Assert.IsType<PostCard>(decision.Effects[0]);
        Assert.Equal(HomeChannel, line.In);
        Assert.Contains("Discord said so", ((Words)line.Card.Parts[0]).Markdown, StringComparison.Ordinal);

        Assert.Empty(Ended(effect, Cannot(FailureReason.Refused), ThreadTicket with { Name = "two" }).Facts);
    }

    [Fact]
    public void In_a_thread_Discord_itself_tells_of_a_typed_rename_in_a_channel_the_desk_does()
    {
        Assert.Equal([typeof(RenameHome)], Decide(new RenameTicket("x"), ThreadTicket, By(Sam) with { Typed = TypedInHome }).Effects.Select(effect => effect.GetType()));
        Assert.Equal([typeof(RenameHome), typeof(PostCard)], Decide(new RenameTicket("x"), ChannelTicket, By(Bill) with { Typed = TypedInHome }).Effects.Select(effect => effect.GetType()));
    }

    [Fact]
    public void The_form_holds_the_name_that_the_ticket_has_or_gets()
    {
        Assert.Equal("two", FormOf(Twice));
        Assert.Equal("three", FormOf(After(new RenameTicket("three"), Twice, By(Sam))!));
    }

    [Fact]
    public void The_opener_strangers_and_others_staff_do_not_rename()
    {
        foreach (var actor in new[] { Alice, Bob, Bill }) Assert.Equal("access.denied", Decide(new RenameTicket("x"), ThreadTicket, By(actor)).Refusal!.Code);
    }

    [Fact]
    public void What_is_closed_being_opened_or_gone_has_no_name_to_change()
    {
        foreach (var command in new Command[] { new RenameTicket("x"), new AskForName() })
        {
            Assert.Equal("ticket.closed", Decide(command, ThreadTicket.ClosedBy(Sam), By(Sam)).Refusal!.Code);
            Assert.Equal("ticket.opening", Decide(command, OpeningTicket, By(Sam)).Refusal!.Code);
            Assert.Equal("ticket.no_home", Decide(command, ThreadTicket with { Home = ThreadTicket.Home with { Gone = true } }, By(Sam)).Refusal!.Code);
        }
    }

    private static Decision All(Ticket ticket, DateTimeOffset now) => Decide(new FireTimer("rename"), ticket, By(People.Actor.Desk) with { Now = now });

    private static string? FormOf(Ticket ticket) => Assert.IsType<ShowForm>(Decide(new AskForName(), ticket, By(Sam)).Reply).Form.Fields[0].Value;
}
