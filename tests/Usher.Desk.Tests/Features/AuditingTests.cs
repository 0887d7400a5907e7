using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Features.Auditing;
using Usher.Desk.Features.Claiming;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Noting;
using Usher.Desk.Features.Replying;
using Usher.Desk.People;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class AuditingTests
{
    [Fact]
    public void What_staff_does_is_a_deed_and_what_the_desk_or_the_opener_does_is_none()
    {
        var ticket = ThreadTicket;
        Assert.Equal([new Deed("ticket_claimed", ticket.Number, ticket.Version + 1)], All.Rules.Decide(new ClaimTicket(), ticket, By(Sam)).Deeds);
        Assert.Empty(All.Rules.Decide(new CancelTicket(), ticket, By(Alice)).Deeds);
        Assert.Empty(All.Rules.Decide(new HearMessage(), ticket, By(Sam)).Deeds);
        Assert.Empty(All.Rules.Decide(new CloseTicket(null), ticket, By(Actor.Desk)).Deeds);
        Assert.Empty(All.Rules.Decide(new ClaimTicket(), ticket, By(Alice)).Deeds);
    }

    [Fact]
    public void Words_of_people_are_in_no_deed()
    {
        var ticket = ThreadTicket;
        foreach (var command in new Command[] { new WriteNote("hush"), new CloseTicket("hush"), new Reply("hush") })
        {
            var deeds = All.Rules.Decide(command, ticket, By(Sam)).Deeds;
            Assert.NotEmpty(deeds);
            Assert.DoesNotContain(deeds, deed => deed.ToString().Contains("hush", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Managers_alone_read_it()
    {
        Assert.Equal("access.denied", Decide(new ReadAudit(null, null), null, By(Sam)).Refusal!.Code);
        Assert.Equal(Tells("audit.none") with { Secret = true }, Decide(new ReadAudit(null, null), null, By(Mona)).Reply);
    }
}
