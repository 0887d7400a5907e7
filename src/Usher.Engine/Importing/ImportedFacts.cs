using Usher.Desk.Engine;
using Usher.Desk.Features.Claiming;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Inviting;
using Usher.Desk.Features.Noting;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Prioritising;
using Usher.Desk.Features.Rating;
using Usher.Desk.Features.Replying;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Storage;

namespace Usher.Engine.Importing;

/// <summary>A ticket of another system in the words of this one: what became of it is told by the same facts as if it had happened here, in the order in which it did. Pure.</summary>
public static class ImportedFacts
{
    /// <summary>All that is known of it.</summary>
    /// <param name="old">The ticket there.</param>
    /// <param name="system">What that system is called.</param>
    /// <param name="department">Its department here.</param>
    /// <param name="guild">Its guild.</param>
    /// <param name="number">The number that it gets.</param>
    /// <param name="slot">Its opener's place in the department.</param>
    /// <param name="token">For its transcript's address.</param>
    public static ValueList<PastFact> Of(ImportedTicket old, string system, Department department, GuildId guild, long number, int slot, string token)
    {
        var opener = old.OpenerName ?? old.Opener.ToString();
        var answers = old.IsKnownById ? old.Answers.Add(new FormAnswer("imported", $"{system} {old.Id}")) : old.Answers;
        var kind = old.Home is null ? department.Home.Kind : old.HomeKind;
        var opened = new TicketOpened(
            old.OpenedAt, guild, number, department.Key, old.Opener, opener, null, kind, HomeName.For(department, number, opener, token),
            old.Token ?? token, slot, null, answers, Subject: old.Subject, Description: old.Description);
        List<PastFact> facts = [new(opened, old.Opener)];
        if (old.Home is { } home) facts.Add(new PastFact(new HomeCreated(old.OpenedAt, home), default));
        if (old.Priority is { } priority) facts.Add(new PastFact(new PrioritySet(old.OpenedAt, default, priority), default));
        foreach (var added in old.Home is null ? [] : old.Added.Where(user => user != old.Opener))
        {
            facts.Add(new PastFact(new MemberInvited(old.OpenedAt, added, added.ToString(), IsStaff: false, old.ClaimedBy ?? default), old.ClaimedBy ?? default));
            facts.Add(new PastFact(new MemberArrived(old.OpenedAt, added), default));
        }
        facts.AddRange(Talk(old, old.Messages, waitsForStaff: true).Concat(old.Notes.Select(Noted)).Concat(Claimed(old)).OrderBy(fact => fact.Fact.At));
        if (old.End is { } end) facts.AddRange(Ended(old, end));
        return [.. facts, .. Rated(old, null)];
    }

    /// <summary>What is new of it since it was taken over, provided nobody went on with it here meanwhile.</summary>
    /// <param name="old">The ticket there, as it is by now.</param>
    /// <param name="ticket">The ticket here.</param>
    /// <param name="unheard">Its messages that the archive does not have.</param>
    public static ValueList<PastFact> Since(ImportedTicket old, Ticket ticket, IReadOnlyList<ImportedMessage> unheard)
    {
        if (!ticket.IsOpen) return [.. old.Notes.Where(note => !Has(ticket, note)).Select(Noted), .. Rated(old, ticket)];
        var talk = Talk(old, unheard, ticket.WaitsForStaff);
        var notes = old.Notes.Where(note => !Has(ticket, note)).Select(Noted);
        List<PastFact> facts = [.. talk.Concat(notes).OrderBy(fact => fact.Fact.At)];
        if (old.ClaimedBy is { } by && ticket.Claim?.By != by) facts.AddRange(Claimed(old with { ClaimedAt = old.ClaimedAt ?? old.LastSeen }));
        else if (old is { ClaimedBy: null, End: null } && ticket.Claim is { } claim) facts.Add(new PastFact(new TicketUnclaimed(old.LastSeen, claim.By), claim.By));
        if (old.End is { } end) facts.AddRange(Ended(old, end));
        return [.. facts, .. Rated(old, ticket)];
    }

    private static bool Has(Ticket ticket, ImportedNote note) => ticket.Notes.Any(had => had.At == note.At && had.Text == note.Text);

    private static PastFact Noted(ImportedNote note) => new(new NoteWritten(note.At, note.By, note.By.ToString(), note.Text), note.By);

    private static IEnumerable<PastFact> Claimed(ImportedTicket old) =>
        old.ClaimedBy is { } by ? [new PastFact(new TicketClaimed(old.ClaimedAt ?? old.OpenedAt, by, by.ToString()), by)] : [];

    // Whose turn it was changes with the first message after a turn, as it does here. What programs and guests write is nobody's turn.
    private static IEnumerable<PastFact> Talk(ImportedTicket old, IReadOnlyList<ImportedMessage> messages, bool waitsForStaff)
    {
        var end = old.End is { } ended ? ended.At ?? DateTimeOffset.MaxValue : DateTimeOffset.MaxValue;
        foreach (var message in messages.Where(message => !message.IsBot && message.Author.Value != 0 && message.At <= end))
        {
            if (message.Author == old.Opener)
            {
                if (!waitsForStaff) yield return new PastFact(new OpenerReplied(message.At), message.Author);
                waitsForStaff = true;
            }
            else if (!old.Added.Contains(message.Author))
            {
                if (waitsForStaff) yield return new PastFact(new StaffReplied(message.At), message.Author);
                waitsForStaff = false;
            }
        }
    }

    // When it was said nobody kept: with the end, as most do.
    private static IEnumerable<PastFact> Rated(ImportedTicket old, Ticket? ticket) =>
        old is { Rating: var (score, comment), End: { } end } && (ticket?.Rating?.Score != score || ticket.Rating.Comment != comment)
            ? [new PastFact(new TicketRated(end.At ?? old.LastSeen, score, comment), old.Opener)]
            : [];

    private static IEnumerable<PastFact> Ended(ImportedTicket old, ImportedEnd end)
    {
        var at = end.At ?? old.LastSeen;
        var by = end.By ?? (end.IsCancelled ? old.Opener : old.ClaimedBy ?? old.Opener);
        yield return new PastFact(new TicketClosed(at, end.IsCancelled ? ClosingKind.Cancelled : ClosingKind.Closed, by, by == old.Opener ? old.OpenerName ?? by.ToString() : by.ToString(), end.Reason, Quietly: true), by)
        {
            // Of an end at an unknown moment nobody can say how long it took.
            IsMeasured = end.At is not null,
        };
        if (old is { Home: not null, HomeEndsWithIt: true }) yield return new PastFact(new HomeRemoved(at), default);
    }
}
