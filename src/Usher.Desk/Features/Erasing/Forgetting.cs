using Usher.Desk.Engine;
using Usher.Desk.Features.Approving;
using Usher.Desk.Features.Asking;
using Usher.Desk.Features.Assigning;
using Usher.Desk.Features.Claiming;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Confirming;
using Usher.Desk.Features.Inviting;
using Usher.Desk.Features.Noting;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Poking;
using Usher.Desk.Features.Rating;
using Usher.Desk.Features.Redacting;
using Usher.Desk.Features.Renaming;
using Usher.Desk.Features.Transferring;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Erasing;

/// <summary>What is left of a ticket's history when somebody is erased from it. That something happened, and when, stays; whose words and names it held is known here alone. Pure.</summary>
/// <remarks>What others wrote in their own words stays theirs, also where they wrote of the person. Ids are taken out of what is stored (<see cref="WithoutId"/>).</remarks>
public static class Forgetting
{
    // What a thread or channel was called often was its opener's name.
    private const string Home = "ticket";

    /// <summary>A fact without what it holds of somebody.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="member">Who is erased.</param>
    /// <param name="isOpener">Whether the ticket was theirs: then what was filled in is theirs, whoever typed it.</param>
    public static Fact Of(Fact fact, UserId member, bool isOpener) => Written(isOpener ? OfTheirTicket(fact) : fact, member);

    /// <summary>Stored text in which another id stands for theirs. Ids stand between other characters than digits, so nothing else is touched.</summary>
    public static string WithoutId(string stored, UserId member) => Replace(stored, member.ToString());

    private static Fact OfTheirTicket(Fact fact) => fact switch
    {
        TicketOpened opened => opened with
        {
            OpenerName = Nobody.Name,
            OpenerLanguage = null,
            Name = Home,
            Via = null,
            Answers = [],
            About = null,
            Subject = null,
            Description = null,
        },
        HomeCreated { Name: not null } created => created with { Name = Home },
        FormReplaced replaced => replaced with { Answers = [] },
        FormAnswered answered => answered with { Answers = [] },
        TicketRated rated => rated with { Comment = null },
        TicketRenamed renamed => renamed with { Name = Home },
        RenamePlanned planned => planned with { Name = Home },
        RenameFailed failed => failed with { Name = Home },
        HomeMoveBegan began => began with { Name = Home },
        NewHomeMade { Name: not null } made => made with { Name = Home },
        _ => fact,
    };

    private static Fact Written(Fact fact, UserId member) => fact switch
    {
        TicketOpened { About: { } about } opened when about.Author == member => opened with { About = null },
        TicketClaimed claimed when claimed.By == member => claimed with { Name = Nobody.Name },
        TicketAssigned assigned when assigned.To == member => assigned with { Name = Nobody.Name },
        NoteWritten note when note.By == member => note with { Name = Nobody.Name, Text = "" },
        MessageRedacted redacted when redacted.By == member => redacted with { Name = Nobody.Name, Reason = null },
        MemberInvited invited when invited.User == member => invited with { Name = Nobody.Name },
        MemberMentioned mentioned when mentioned.Who.User == member => mentioned with { Who = mentioned.Who with { Name = Nobody.Name } },
        OpenerPoked { Via: not null } poked => poked with { Via = null },
        TicketRenamed renamed when renamed.By == member => renamed with { Name = Home },
        RenamePlanned planned when planned.By == member => planned with { Name = Home },
        TicketClosed closed when closed.By == member => closed with { Name = Nobody.Name, Reason = null },
        ClosingAsked asked when asked.By == member => asked with { Reason = null },
        ApprovalAsked asked when asked.Request.By == member => asked with { Request = asked.Request with { Answers = [] } },
        ApprovalVoted voted when voted.By == member => voted with { Reason = null },
        MemberErased erased => erased with { AskedBy = Without(erased.AskedBy, member), ApprovedBy = Without(erased.ApprovedBy, member) },
        _ => fact,
    };

    // A program that acted as them has their name.
    private static Principal Without(Principal principal, UserId member) => principal.User == member ? new Principal(Nobody.Id, null) : principal;

    private static string Replace(string text, string id)
    {
        var at = text.IndexOf(id, StringComparison.Ordinal);
        if (at < 0) return text;
        var written = new System.Text.StringBuilder(text.Length);
        var from = 0;
        for (; at >= 0; at = text.IndexOf(id, at + id.Length, StringComparison.Ordinal))
        {
            var isWhole = (at == 0 || !char.IsAsciiDigit(text[at - 1])) && (at + id.Length == text.Length || !char.IsAsciiDigit(text[at + id.Length]));
            if (!isWhole) continue;
            written.Append(text, from, at - from).Append(Nobody.Id);
            from = at + id.Length;
        }
        return written.Append(text, from, text.Length - from).ToString();
    }
}
