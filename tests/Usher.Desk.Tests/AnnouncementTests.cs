using System.Text.Json;
using Usher.Desk.Announcing;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Features.Assigning;
using Usher.Desk.Features.Claiming;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Noting;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Transferring;
using Usher.Desk.Tickets;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests;

/// <summary>What programs outside are told: a shape that stays.</summary>
public sealed class AnnouncementTests
{
    [Fact]
    public void The_shape_is_this()
    {
        var ticket = new TicketClosed(Noon.AddHours(1), ClosingKind.Closed, Sam.User, "Sam", "Solved").ApplyTo(ThreadTicket.ClaimedBy(Sam) with { Tags = ["vip"], Subject = "Trouble", Priority = Priority.High });

        var told = Announcements.Of(new TicketClosed(Noon.AddHours(1), ClosingKind.Closed, Sam.User, "Sam", "Solved"), ticket, Sam.User)!.ToJson();

        Assert.Equal(
            """
            {"id":"100-7-5","type":"ticket.closed","created_at":"2026-03-02T13:00:00+00:00","guild_id":"100","actor_id":"3","ticket":{"ticket_id":"TKT000007","number":7,"status":"closed","department":"support","priority":"high","subject":"Trouble","tags":["vip"],"opener_id":"1","opener_name":"Alice","assignee_id":"3","assignee_name":"Sam","channel_id":"400","opened_at":"2026-03-02T12:00:00+00:00","first_response_at":null,"closed_at":"2026-03-02T13:00:00+00:00"},"data":{"kind":"closed","reason":"Solved"}}
            """,
            told);
    }

    [Fact]
    public void Of_a_note_nobody_outside_hears_a_word()
    {
        var note = new NoteWritten(Noon, Sam.User, "Sam", "only-staff-may-read-this");
        var told = Announcements.Of(note, note.ApplyTo(ThreadTicket), Sam.User)!;
        Assert.Equal("ticket.note_added", told.Type);
        Assert.DoesNotContain("only-staff", told.ToJson(), StringComparison.Ordinal);

        var claimed = new TicketClaimed(Noon, Sam.User, "Sam");
        Assert.DoesNotContain("only-staff", Announcements.Of(claimed, claimed.ApplyTo(note.ApplyTo(ThreadTicket)), Sam.User)!.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_address_of_a_transcript_is_told_to_nobody() =>
        Assert.DoesNotContain("dice", Announcements.Of(new TicketClaimed(Noon, Sam.User, "Sam"), ThreadTicket, Sam.User)!.ToJson(), StringComparison.Ordinal);

    [Fact]
    public void Every_type_is_told_of_some_fact_and_no_other()
    {
        var types = new HashSet<string>();
        foreach (var kind in All.Features.SelectMany(feature => feature.Facts))
        {
            var fact = (Fact)Sample.Of(kind.Type.Type, sparse: false);
            if (Announcements.Of(fact, ThreadTicket, Sam.User) is { } told) types.Add(told.Type);
        }
        Assert.Equal(Announcements.Types.Order(), types.Order());
    }

    [Fact]
    public void What_the_desk_does_itself_nobody_did() => Assert.Null(Announcements.Of(new HomeCreated(Noon, HomeChannel), ThreadTicket, default)!.ActorId);

    [Fact]
    public void A_transfer_says_from_where_to_where() =>
        Assert.Equal("""{"from":"support","to":"billing"}""", JsonSerializer.Serialize(Announcements.Of(new TicketTransferred(Noon, Sam.User, "support", "billing", 0), ThreadTicket, Sam.User)!.Data));
}
