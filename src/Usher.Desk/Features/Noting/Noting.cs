using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Replying;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Noting;

/// <summary>Staff wants to write a note: the form opens, or their next message is awaited.</summary>
public sealed record AskForNote : Command
{
    internal static Decision Decide(AskForNote command, Ticket ticket, Context context) =>
        context.Settings.Department(ticket.Department) is { NoteIsNextMessage: true } && OpenHome.Of(ticket, context, out _, out _)
            ? NextMessage.Await(context)
            : Decision.Say(new ShowForm(new Form(
                new Press("note", ticket.Number),
                context.Private.Say("note.form"),
                [new FormField("text", context.Private.Say("note.form.text"), FieldKind.Paragraph) { Required = true, Most = WriteNote.Longest }])));
}

/// <summary>Staff notes something that the opener must not read.</summary>
public sealed record WriteNote(string Text) : Command
{
    internal const int Longest = 1000;

    internal static Decision Decide(WriteNote command, Ticket ticket, Context context)
    {
        if (command.Text.Length > Longest) return TooLong(command, context);
        var written = Decision.That(new NoteWritten(context.Now, context.Actor.User, context.Actor.Name, command.Text));
        return Hide(written, context) with { Reply = new Tell(Done(ticket, context), Secret: true) };
    }

    internal static Card Done(Ticket ticket, Context context) => Card.Saying(context.Private.Say("note.done", ("ticket", ticket.Label)));

    internal static Card TooLong(string text, Context context) => new([new Words(context.Private.Say("note.too_long", ("most", "1000"))), new Words(text)]);

    // A refusal does nothing, but a typed note must go also when it is not kept; its words go back to whoever wrote them.
    private static Decision TooLong(WriteNote command, Context context) => context.Typed is null
        ? Decision.Refuse("note.too_long", context.Private.Say("note.too_long", ("most", "1000")))
        : Hide(Decision.Nothing, context) with { Reply = new Tell(TooLong(command.Text, context), Secret: true) };

    // A typed note stands where the opener reads: it must go at once.
    private static Decision Hide(Decision decision, Context context) =>
        context.Typed is { } typed ? decision.Then(new DeleteMessage(typed.Channel, typed.Message)) : decision;
}

/// <summary>Staff wants to read the notes.</summary>
public sealed record ReadNotes : Command
{
    // Discord takes 4000 characters of text in one message; the newest notes are shown.
    private const int Room = 3800;

    internal static Decision Decide(ReadNotes command, Ticket ticket, Context context)
    {
        if (ticket.Notes.Count == 0) return Decision.Say(new Tell(Card.Saying(context.Private.Say("note.none", ("ticket", ticket.Label))), Secret: true));
        var text = new StringBuilder();
        var shown = 0;
        foreach (var note in ticket.Notes.Reverse())
        {
            var line = context.Private.Say("note.line", ("who", note.By.Mention), ("when", Moment.Full(note.At)), ("text", note.Text)) + "\n";
            if (text.Length + line.Length > Room) break;
            text.Insert(0, line);
            shown++;
        }
        if (shown < ticket.Notes.Count)
            text.Insert(0, context.Private.Say("note.older", ("count", (ticket.Notes.Count - shown).ToString(CultureInfo.InvariantCulture))) + "\n");
        var heading = context.Private.Say("note.list", ("ticket", ticket.Label));
        return Decision.Say(new Tell(new Card([new Words(heading), new Line(), new Words(text.ToString().TrimEnd())]), Secret: true));
    }
}

/// <summary>Staff noted something.</summary>
public sealed record NoteWritten(DateTimeOffset At, UserId By, string Name, string Text, MessageId? Message = null) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with
    {
        Notes = ticket.Notes.Add(new Note(By, Name, Text, At, Message)),
        AwaitedNotes = [.. ticket.AwaitedNotes.Where(awaited => awaited.By != By)],
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(NoteAwaited))]
[JsonSerializable(typeof(NoteWritten))]
internal sealed partial class NotingJson : JsonSerializerContext;

internal static class NotingFeature
{
    internal static Feature Feature { get; } = new("Noting")
    {
        Commands =
        [
            CommandRule.OnTicket<AskForNote>(Permission.Staff, AskForNote.Decide),
            CommandRule.OnTicket<WriteNote>(Permission.Staff, WriteNote.Decide),
            CommandRule.OnTicket<ReadNotes>(Permission.Staff, ReadNotes.Decide),
        ],
        Facts = [new FactKind("note_awaited", NotingJson.Default.NoteAwaited), new FactKind("note_written", NotingJson.Default.NoteWritten)],
        Listeners = [Listener.To<HearMessage>(NextMessage.Overheard)],
        Outcomes = [OutcomeRule.Of<SendDirectMessage>(Unreached)],
        Triggers =
        [
            new Trigger(Door.Button, "note", _ => new AskForNote()),
            new Trigger(Door.Form, "note", Write),
            new Trigger(Door.Slash, "note", Write) { Options = [new TriggerOption("text", OptionKind.Words, Required: true)] },
            new Trigger(Door.Typed, "note", input => input.Rest.Length > 0 ? new WriteNote(input.Rest) : null) { Secret = true },
            new Trigger(Door.Slash, "notes", _ => new ReadNotes()),
            new Trigger(Door.Typed, "notes", _ => new ReadNotes()),
        ],
    };

    // A secret answer to a typed command could not be delivered: silence would look like success.
    private static Decision Unreached(SendDirectMessage effect, Outcome outcome, Ticket? ticket, Context context) =>
        outcome is CannotBeDone { Reason: FailureReason.DirectMessagesClosed } && effect is { WithTranscript: false, IsPoke: false, For: null }
        && ticket is { IsOpen: true, IsHomeless: false, Home: { Channel: { } home, Gone: false } }
            ? Decision.Nothing.Then(new PostCard(
                home, Card.Saying(context.Public.Say("note.unreached", ("who", effect.To.Mention))), new Mentions([effect.To], []), PostPurpose.Line))
            : Decision.Nothing;

    private static WriteNote? Write(Input input) => input["text"] is { } text ? new WriteNote(text) : null;
}
