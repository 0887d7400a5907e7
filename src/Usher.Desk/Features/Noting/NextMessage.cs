using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Replying;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Noting;

/// <summary>Where the department wants it so, what staff writes next in the ticket is the note: it is taken away before the opener has read much of it, and the archive never has it.</summary>
internal static class NextMessage
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    internal static Decision Await(Context context)
    {
        var until = context.Now + Patience;
        return Decision.That(new NoteAwaited(context.Now, context.Actor.User, until)).Telling(context.Private.Say("note.awaited", ("when", Moment.Relative(until))));
    }

    internal static Decision Overheard(HearMessage heard, Ticket ticket, Context context)
    {
        if (heard.Said is not { } said || !ticket.IsOpen || !ticket.AwaitsNoteOf(context.Actor.User, context.Now) || !Access.IsStaff(context.Actor, context.Settings, ticket))
            return Decision.Nothing;
        var isKept = said.Text.Length <= WriteNote.Longest;
        var decision = isKept ? Decision.That(new NoteWritten(context.Now, context.Actor.User, context.Actor.Name, said.Text, said.Message)) : Decision.Nothing;
        // What is too long goes too, lest the opener read it, and its words go back to whoever wrote them; the next words are still awaited.
        return decision.Then(
            new DeleteMessage(said.Channel, said.Message),
            new SendDirectMessage(context.Actor.User, isKept ? WriteNote.Done(ticket, context) : WriteNote.TooLong(said.Text, context)));
    }
}

/// <summary>What somebody of staff writes next is a note.</summary>
public sealed record NoteAwaited(DateTimeOffset At, UserId By, DateTimeOffset Until) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with
    {
        AwaitedNotes = [.. ticket.AwaitedNotes.Where(awaited => awaited.By != By && awaited.Until >= At), new AwaitedNote(By, Until)],
    };
}
