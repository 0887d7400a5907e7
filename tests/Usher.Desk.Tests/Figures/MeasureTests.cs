using System.Globalization;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Features.Assigning;
using Usher.Desk.Features.Claiming;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Noting;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Rating;
using Usher.Desk.Features.Reopening;
using Usher.Desk.Features.Replying;
using Usher.Desk.Features.Transferring;
using Usher.Desk.Figures;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Figures;

/// <summary>Who waited for whom: conversations through the one door, and what is measured of them.</summary>
public sealed class MeasureTests
{
    private static readonly Dictionary<string, Actor> Cast = new[] { Alice, Bob, Sam, Sue, Bill, Mona, Robot }.ToDictionary(actor => actor.Name);

    /// <summary>Each step is minutes after noon, who, what; each measure is what, where, whose, and its minutes.</summary>
    public static TheoryData<string, string, string> Conversations => new()
    {
        { "an answer", "5 Sam says", "first support Sam 5" },
        { "an answer in three messages is one", "5 Sam says, 6 Sam says, 7 Sue says", "first support Sam 5" },
        { "the opener asks twice before it", "2 Alice says, 3 Alice says, 10 Sam says", "first support Sam 10" },
        { "back and forth", "5 Sam says, 15 Alice says, 16 Alice says, 45 Sue says", "first support Sam 5; opener support - 10; next support Sue 30" },
        { "the opener's answer is what the claimer waited for", "1 Sue claims, 5 Sam says, 15 Alice says", "claimed support Sue; first support Sam 5; opener support Sue 10" },
        { "a reply by command", "5 Sam replies, 9 Alice says, 10 Sam replies", "first support Sam 5; opener support - 4; next support Sam 1" },
        { "notes are no answers", "5 Sam notes, 30 Sam says", "first support Sam 30" },
        { "bots are nobody", "5 Robot says, 30 Sam says", "first support Sam 30" },
        { "strangers are nobody", "5 Bob says, 30 Sam says", "first support Sam 30" },
        { "other departments' staff is nobody", "5 Bill says, 30 Sam says", "first support Sam 30" },
        { "managers are staff", "5 Mona says", "first support Mona 5" },
        { "closed unanswered", "20 Sam closes", "closed support Sam 20" },
        { "taken back", "20 Alice cancels", "cancelled support Alice 20" },
        { "what is said after the end is not counted", "20 Sam closes, 25 Alice says, 30 Sam says", "closed support Sam 20" },
        { "closed unanswered and opened again by the opener: both waits count, the time between does not", "20 Sam closes, 80 Alice reopens, 90 Sam says", "closed support Sam 20; reopened support Alice; first support Sam 30" },
        { "answered, closed, and the opener comes back", "5 Sam says, 20 Sam closes, 80 Alice reopens, 90 Sue says", "first support Sam 5; closed support Sam 20; reopened support Alice; next support Sue 10" },
        { "closed twice: open time alone", "20 Sam closes, 80 Alice reopens, 90 Sue closes", "closed support Sam 20; reopened support Alice; closed support Sue 30" },
        { "staff opens it again: nobody waits until the opener writes", "5 Sam says, 20 Sam closes, 80 Sue reopens, 85 Sue says, 90 Alice says, 97 Sue says", "first support Sam 5; closed support Sam 20; reopened support Sue; opener support - 10; next support Sue 7" },
        { "a transfer takes the wait along", "10 Sam transfers, 30 Bill says", "left support Sam; arrived billing Sam; first billing Bill 30" },
        { "an answer stays with the department that gave it", "5 Sam says, 8 Alice says, 10 Sam transfers, 30 Bill says, 40 Bill closes", "first support Sam 5; opener support - 3; left support Sam; arrived billing Sam; next billing Bill 22; closed billing Bill 40" },
        { "taken, given back, given away", "1 Sam claims, 2 Sam unclaims, 3 Sam assigns", "claimed support Sam; claimed support Sue" },
        { "rated for whoever had it", "1 Sue claims, 20 Sam closes, 30 Alice rates:4", "claimed support Sue; closed support Sam 20; rated4 support Sue" },
        { "rated when nobody had it", "20 Sam closes, 30 Alice rates:1", "closed support Sam 20; rated1 support -" },
        { "rated anew: what was said before counts no more", "20 Sam closes, 30 Alice rates:1, 40 Alice rates:5", "closed support Sam 20; rated1 support -; not rated1 support -; rated5 support -" },
        { "rated anew after others had it", "1 Sue claims, 20 Sam closes, 30 Alice rates:2, 40 Alice reopens, 45 Sam transfers, 50 Bill closes, 60 Alice rates:3", "claimed support Sue; closed support Sam 20; rated2 support Sue; reopened support Alice; left support Sam; arrived billing Sam; closed billing Bill 30; not rated2 support Sue; rated3 billing -" },
        { "the same again is nothing new", "20 Sam closes, 30 Alice rates:5, 40 Alice rates:5", "closed support Sam 20; rated5 support -" },
        { "the clock is set back", "-5 Sam says", "first support Sam 0" },
    };

    [Theory]
    [MemberData(nameof(Conversations))]
    public void What_is_measured(string why, string steps, string measures) => Assert.Equal((why, measures), (why, Measured(ThreadTicket, steps)));

    [Fact]
    public void Staff_who_opens_for_somebody_is_waited_for_only_when_they_write()
    {
        var opened = Opened(Support) with { OpenedBy = Sam.User, StaffBegan = true };
        Assert.Equal([new Measure(MeasureKind.Opened, "support", Sam.User, Noon)], Measures.Of(null, opened, Sam.User));
        var ticket = ThreadTicket with { OpenedBy = Sam.User, StaffBegan = true, WaitsForStaff = false };

        Assert.Equal("opener support - 30; first support Sue 12", Measured(ticket, "1 Sam says, 30 Alice says, 42 Sue says"));
    }

    [Fact]
    public void What_a_program_opens_for_a_member_the_member_has_asked() =>
        Assert.Equal("first support Sue 12", Measured(ThreadTicket with { OpenedBy = Robot.User }, "12 Sue says"));

    [Fact]
    public void Staff_who_needs_help_themselves_does_not_answer_themselves() =>
        Assert.Equal("", Measured(ThreadTicket with { Opener = Sam.User }, "5 Sam replies"));

    [Fact]
    public void A_person_of_staff_opens_for_another_and_a_program_passes_on()
    {
        var order = new OpenTicket("support") { For = new Referral(Alice.User, Alice) };
        Assert.True(Assert.IsType<TicketOpened>(Decide(order, null, By(Sam)).Facts[0]).StaffBegan);
        Assert.False(Assert.IsType<TicketOpened>(Decide(order, null, By(Robot with { IsBot = false, Standing = new Standing(true, []) })).Facts[0]).StaffBegan);
    }

    private static string Measured(Ticket start, string steps)
    {
        Ticket? ticket = start;
        var all = new List<string>();
        foreach (var step in steps.Split(", "))
        {
            var words = step.Split(' ');
            var who = Cast[words[1]];
            var context = By(who) with { Now = Noon.AddMinutes(int.Parse(words[0], CultureInfo.InvariantCulture)) };
            var decided = All.Rules.Decide(Says(words[2]), ticket, context);
            foreach (var fact in decided.Decision.Facts)
            {
                all.AddRange(Measures.Of(ticket, fact, who.User).Select(Told));
                ticket = fact.ApplyTo(ticket);
            }
        }
        return string.Join("; ", all);
    }

    private static Command Says(string verb) => verb switch
    {
        "says" => new HearMessage(),
        "replies" => new Reply("Here you are"),
        "notes" => new WriteNote("A difficult case"),
        "claims" => new ClaimTicket(),
        "unclaims" => new UnclaimTicket(),
        "assigns" => new AssignTicket(Sue.User, Sue),
        "closes" => new CloseTicket(null),
        "cancels" => new CancelTicket(),
        "reopens" => new ReopenTicket(),
        "transfers" => new TransferTicket("billing"),
        ['r', 'a', 't', 'e', 's', ':', var score] => new RateTicket(score - '0', null),
        _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, null),
    };

    private static string Told(Measure measure)
    {
        var kind = measure.Kind.ToString().Replace("Response", "", StringComparison.Ordinal).ToLowerInvariant();
        var person = measure.Person == default ? "-" : Cast.Values.Single(actor => actor.User == measure.Person).Name;
        var took = measure.Took is { } time ? " " + time.TotalMinutes.ToString(CultureInfo.InvariantCulture) : "";
        if (measure.Undone) kind = "not " + kind;
        return $"{kind} {measure.Department} {person}{took}";
    }
}
