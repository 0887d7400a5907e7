using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Noting;
using Usher.Desk.Features.Replying;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class NotingTests
{
    private static readonly Tell Done = new(Card.Saying(Say("note.done", ("ticket", "#0007"))), Secret: true);

    [Fact]
    public void A_note_is_kept_and_only_its_writer_is_told() =>
        Assert.Equal(
            Decision.That(new NoteWritten(Noon, Sam.User, "Sam", "Careful")) with { Reply = Done },
            Decide(new WriteNote("Careful"), ThreadTicket, By(Sam) with { Interaction = Click }));

    [Fact]
    public void A_typed_note_vanishes_and_is_answered_by_direct_message_never_in_the_ticket() =>
        Assert.Equal(
            Decision.That(new NoteWritten(Noon, Sam.User, "Sam", "Careful")).Then(
                new DeleteMessage(HomeChannel, TypedInHome.Message), new SendDirectMessage(Sam.User, Done.Card)),
            Decide(new WriteNote("Careful"), ThreadTicket, By(Sam) with { Typed = TypedInHome }));

    [Fact]
    public void A_typed_note_that_is_too_long_vanishes_too_and_its_words_go_back_to_their_writer()
    {
        var text = new string('x', 1001);
        var decision = Decide(new WriteNote(text), ThreadTicket, By(Sam) with { Typed = TypedInHome });
        var back = new Card([new Words(Say("note.too_long", ("most", "1000"))), new Words(text)]);
        Assert.Equal(Decision.Nothing.Then(new DeleteMessage(HomeChannel, TypedInHome.Message), new SendDirectMessage(Sam.User, back)), decision);
    }

    [Fact]
    public void A_note_that_is_too_long_is_refused() =>
        Assert.Equal(Refused("note.too_long", "note.too_long", ("most", "1000")), Decide(new WriteNote(new string('x', 1001)), ThreadTicket, By(Sam) with { Interaction = Click }));

    private static readonly Said Words = new(HomeChannel, new MessageId(991), "Careful");

    private static Context ByNextMessage(Actor actor) => By(actor) with { Settings = Configuration with { Departments = [.. Configuration.Departments.Select(d => d with { NoteIsNextMessage = true })] } };

    [Fact]
    public void Where_the_department_wants_it_so_the_next_message_is_the_note_and_vanishes()
    {
        var asked = Decide(new AskForNote(), ThreadTicket, ByNextMessage(Sam) with { Interaction = Click });
        Assert.Equal([new NoteAwaited(Noon, Sam.User, Noon.AddMinutes(5))], asked.Facts);
        var waiting = After(new AskForNote(), ThreadTicket, ByNextMessage(Sam))!;

        var heard = Decide(new HearMessage(Said: Words), waiting, ByNextMessage(Sam) with { Now = Noon.AddMinutes(5) });

        Assert.Equal(
            Decision.That(new NoteWritten(Noon.AddMinutes(5), Sam.User, "Sam", "Careful", Words.Message)).Then(new DeleteMessage(HomeChannel, Words.Message), new SendDirectMessage(Sam.User, Done.Card)),
            heard);
        Assert.Empty(After(new HearMessage(Said: Words), waiting, ByNextMessage(Sam))!.AwaitedNotes);
    }

    [Fact]
    public void Whoever_else_writes_or_too_late_or_nothing_writes_a_message()
    {
        var waiting = After(new AskForNote(), ThreadTicket, ByNextMessage(Sam))!;

        Assert.Equal([new StaffReplied(Noon)], Decide(new HearMessage(Said: Words), waiting, ByNextMessage(Sue)).Facts);
        Assert.Equal([new StaffReplied(Noon.AddMinutes(6))], Decide(new HearMessage(Said: Words), waiting, ByNextMessage(Sam) with { Now = Noon.AddMinutes(6) }).Facts);
        Assert.Equal(Decision.Nothing, Decide(new HearMessage(Said: Words), waiting, ByNextMessage(Alice)));
        Assert.Equal([new StaffReplied(Noon)], Decide(new HearMessage(), waiting, ByNextMessage(Sam)).Facts);
        Assert.Equal(Decision.Nothing, Decide(new HearMessage(Said: Words), waiting, ByNextMessage(Sam with { Roles = [] })));
    }

    [Fact]
    public void Two_of_staff_are_waited_for_side_by_side_and_what_is_too_long_goes_back()
    {
        var waiting = After(new AskForNote(), After(new AskForNote(), ThreadTicket, ByNextMessage(Sam)), ByNextMessage(Sue))!;
        var text = new string('x', 1001);

        var heard = Decide(new HearMessage(Said: Words with { Text = text }), waiting, ByNextMessage(Sam));

        Assert.Equal([Sam.User, Sue.User], waiting.AwaitedNotes.Select(awaited => awaited.By));
        var back = new Card([new Words(Say("note.too_long", ("most", "1000"))), new Words(text)]);
        Assert.Equal(Decision.Nothing.Then(new DeleteMessage(HomeChannel, Words.Message), new SendDirectMessage(Sam.User, back)), heard);
    }

    [Fact]
    public void Neither_opener_nor_stranger_writes_or_reads_notes()
    {
        foreach (var actor in new[] { Alice, Bob, Bill })
        {
            foreach (var command in new Command[] { new WriteNote("x"), new ReadNotes(), new AskForNote() })
                Assert.Equal("access.denied", Decide(command, ThreadTicket, By(actor)).Refusal!.Code);
        }
    }

    [Fact]
    public void The_typed_door_of_notes_is_a_secret_one() =>
        Assert.True(Usher.Desk.Features.All.Rules.Trigger(Door.Typed, "note")!.Secret);

    [Fact]
    public void Notes_are_read_oldest_first_and_in_secret()
    {
        var ticket = ThreadTicket with { Notes = [new Note(Sam.User, "Sam", "One", Noon), new Note(Sue.User, "Sue", "Two {who}", Noon)] };
        var when = Moment.Full(Noon);
        var card = new Card([new Words("### Notes of ticket #0007"), new Line(), new Words($"<@3>, {when}: One\n<@4>, {when}: Two {{who}}")]);
        Assert.Equal(Decision.Say(new Tell(card, Secret: true)), Decide(new ReadNotes(), ticket, By(Sam)));
        Assert.Equal([new SendDirectMessage(Sam.User, card)], Decide(new ReadNotes(), ticket, By(Sam) with { Typed = TypedInHome }).Effects);
    }

    [Fact]
    public void Of_very_many_notes_the_newest_are_shown_and_the_others_counted()
    {
        var ticket = ThreadTicket with { Notes = Enumerable.Range(0, 10).Select(number => new Note(Sam.User, "Sam", number + new string('x', 990), Noon)).ToValueList() };
        var text = ((Words)((Tell)Decide(new ReadNotes(), ticket, By(Sam)).Reply!).Card.Parts[2]).Markdown;
        Assert.StartsWith(Say("note.older", ("count", "7")), text, StringComparison.Ordinal);
        Assert.Contains(": 9x", text, StringComparison.Ordinal);
        Assert.DoesNotContain(": 6x", text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_notes_is_said_so() =>
        Assert.Equal(new Tell(Card.Saying("Ticket #0007 has no notes."), Secret: true), Decide(new ReadNotes(), ThreadTicket, By(Sam)).Reply);

    [Fact]
    public void The_form_asks_for_what_fits()
    {
        var form = ((ShowForm)Decide(new AskForNote(), ThreadTicket, By(Sam)).Reply!).Form;
        Assert.Equal((new Press("note", 7), 1000), (form.Press, form.Fields.Single().Most));
    }

    [Fact]
    public void Whoever_cannot_be_told_in_secret_is_told_that_and_nothing_else()
    {
        var decision = Ended(new SendDirectMessage(Sam.User, Done.Card), Cannot(FailureReason.DirectMessagesClosed), ThreadTicket);
        var line = new PostCard(HomeChannel, Card.Saying(Say("note.unreached", ("who", Sam.User.Mention))), new Mentions([Sam.User], []), PostPurpose.Line);
        Assert.Equal(Decision.Nothing.Then(line), decision);
    }

    [Fact]
    public void A_closed_ticket_can_still_be_noted_on() =>
        Assert.Single(After(new WriteNote("After all"), ThreadTicket.ClosedBy(Sam), By(Sam))!.Notes);
}
