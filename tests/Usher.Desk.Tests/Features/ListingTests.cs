using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Features.Asking;
using Usher.Desk.Features.Listing;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Replying;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;
using Reply = Usher.Desk.Features.Replying.Reply;

namespace Usher.Desk.Tests.Features;

public sealed class ListingTests
{
    [Fact]
    public void Members_list_their_own_staff_what_they_answer_for_managers_all()
    {
        var lists = All.Rules.RuleOf(new ReadTickets(null))!.Lists;

        Assert.Equal(new TicketList(null, Alice.User, null, 21), lists(new ReadTickets(null), By(Alice)));
        Assert.Equal(new TicketList([Support.Key], null, true, 21), lists(new ReadTickets("open"), By(Sam)));
        Assert.Equal(new TicketList(null, null, false, 21), lists(new ReadTickets("closed"), By(Mona)));
    }

    [Fact]
    public void What_is_listed_is_for_whoever_asked_alone_and_says_when_there_are_more()
    {
        var listed = Enumerable.Range(1, 21).Select(number => ThreadTicket with { Number = number, Subject = new string('s', 200) }).ToValueList();

        var told = Assert.IsType<Tell>(Decide(new ReadTickets(null), null, By(Alice) with { Listed = listed, Interaction = Click }).Reply);

        var text = string.Join('\n', told.Card.Parts.OfType<Cards.Words>().Select(words => words.Markdown));
        Assert.True(told.Secret);
        Assert.Contains("#0020", text, StringComparison.Ordinal);
        Assert.DoesNotContain("#0021", text, StringComparison.Ordinal);
        Assert.EndsWith(Say("list.more"), text, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('s', 81), text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_form_asked_for_as_the_subject_is_it()
    {
        var asked = ThreadTicket with { Answers = [new FormAnswer("subject", "Lost anchor")] };
        var told = Assert.IsType<Tell>(Decide(new ReadTickets(null), null, By(Alice) with { Listed = [asked], Interaction = Click }).Reply);
        Assert.Contains(told.Card.Parts.OfType<Cards.Words>(), words => words.Markdown.Contains("Lost anchor", StringComparison.Ordinal));
    }

    [Fact]
    public void A_status_that_is_none_is_told() =>
        Assert.Equal(Refused("list.status", "list.status"), Decide(new ReadTickets("lost"), null, By(Alice) with { Interaction = Click }));

    [Fact]
    public void Somebody_elses_ticket_is_answered_as_one_that_is_not_there()
    {
        var notThere = Decide(new ViewTicket(), null, By(Bob) with { Interaction = Click });
        Assert.Equal(Refused("ticket.none", "refusal.no_ticket"), notThere);
        Assert.Equal(notThere, Decide(new ViewTicket(), ThreadTicket, By(Bob) with { Interaction = Click }));
        Assert.Equal(notThere, Decide(new ViewTicket(), ThreadTicket, By(Bill) with { Interaction = Click }));
        foreach (var actor in (Actor[])[Alice, Sam, Mona]) Assert.NotNull(Decide(new ViewTicket(), ThreadTicket, By(actor) with { Interaction = Click }).Reply);
    }

    [Fact]
    public void An_answer_from_elsewhere_is_the_openers_or_staffs_and_nobody_elses()
    {
        Assert.Equal(Decide(new ReplyAsOpener("x"), ThreadTicket, By(Alice)).Telling(Say("reply.done")), Decide(new AnswerTicket("x"), ThreadTicket, By(Alice)));
        Assert.Equal(Decide(new Reply("x"), ThreadTicket, By(Sam)), Decide(new AnswerTicket("x"), ThreadTicket, By(Sam)));
        Assert.Equal(Refused("ticket.none", "refusal.no_ticket"), Decide(new AnswerTicket("x"), ThreadTicket, By(Bob)));
    }

    public static TheoryData<string, AskInWriting?> Written => new()
    {
        { "\"It is broken\" support high Since this morning", new AskInWriting("support", new Writing("It is broken", "Since this morning", Priority.High)) },
        { "\"It is broken\" Support since this morning", new AskInWriting("support", new Writing("It is broken", "since this morning", null)) },
        { "“It is broken” support CRITICAL\nline\nline", new AskInWriting("support", new Writing("It is broken", "line\nline", Priority.Critical)) },
        { "« Panne » support low", new AskInWriting("support", new Writing("Panne", null, Priority.Low)) },
        { "\"It is broken\" support", new AskInWriting("support", new Writing("It is broken", null, null)) },
        { "\"It is broken\"support high x", new AskInWriting("support", new Writing("It is broken", "x", Priority.High)) },
        { "It is broken support", null },
        { "\"It is broken\"", null },
        { "\"\" support", null },
        { "", null },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void A_ticket_is_written_in_one_line(string typed, AskInWriting? command) =>
        Assert.Equal(command, All.Rules.Trigger(Door.Typed, "ticket_create")!.Command(new Input(null, new Dictionary<string, string>(), typed)));
}
