using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Engine;

/// <summary>A change to a ticket's timers.</summary>
public abstract record TimerChange;

/// <summary>Sets a timer; an earlier one of the same name is replaced.</summary>
public sealed record SetTimer(string Name, DateTimeOffset Due) : TimerChange;

/// <summary>Takes a timer back.</summary>
public sealed record CancelTimer(string Name) : TimerChange;

/// <summary>Takes every timer of the ticket back.</summary>
public sealed record CancelTimers : TimerChange;

/// <summary>A change to what the desk knows beside its tickets.</summary>
public abstract record DeskChange;

/// <summary>Somebody may open no tickets any more; an earlier block of theirs is replaced.</summary>
public sealed record MemberBlocked(BlockedMember Block) : DeskChange;

/// <summary>Somebody may open tickets again.</summary>
public sealed record MemberUnblocked(UserId User) : DeskChange;

/// <summary>Keeps a draft as it is now.</summary>
public sealed record KeepDraft(Draft Draft) : DeskChange;

/// <summary>The draft is done with.</summary>
public sealed record DropDraft(UserId User, string Department) : DeskChange;

/// <summary>What a message of a ticket says is taken away: words, earlier versions, files, and where others quote it.</summary>
/// <param name="Ticket">The ticket's number.</param>
/// <param name="Message">Which message.</param>
/// <param name="By">The name of whoever took it away.</param>
/// <param name="At">When.</param>
public sealed record MessageEmptied(long Ticket, MessageId Message, string By, DateTimeOffset At) : DeskChange;

/// <summary>There is a link to what is kept of a member; an earlier one of the same person for the same member shows nothing any more.</summary>
/// <param name="Member">Of whom.</param>
/// <param name="For">For whom it was made.</param>
/// <param name="Token">What it ends in: unguessable. Its hash alone is kept.</param>
/// <param name="At">When.</param>
/// <param name="Forgotten">Links of the guild that were made before then are forgotten: they ended long ago.</param>
public sealed record DataLinkMade(UserId Member, Principal For, string Token, DateTimeOffset At, DateTimeOffset Forgotten) : DeskChange;

/// <summary>Links to what is kept of a member show nothing any more.</summary>
/// <param name="Member">Of whom.</param>
/// <param name="For">Those that were made for this person; null for all.</param>
public sealed record DataLinksEnded(UserId Member, UserId? For) : DeskChange;

/// <summary>Somebody wants everything gone that is kept of a member; it waits for a second person.</summary>
/// <param name="Number">Its number, the next one of the guild.</param>
/// <param name="Member">Of whom.</param>
/// <param name="By">Who wants it.</param>
/// <param name="At">When.</param>
public sealed record ErasureAsked(long Number, UserId Member, Principal By, DateTimeOffset At) : DeskChange;

/// <summary>A second person decided.</summary>
/// <param name="Number">Which.</param>
/// <param name="Approves">Whether it is done.</param>
/// <param name="By">Who decided.</param>
/// <param name="At">When.</param>
public sealed record ErasureDecided(long Number, bool Approves, Principal By, DateTimeOffset At) : DeskChange;

/// <summary>The message with which the second person is asked stands.</summary>
public sealed record ErasureShown(long Number, ChannelId Channel, MessageId Message) : DeskChange;

/// <summary>All is gone that may go.</summary>
/// <param name="Number">Which.</param>
/// <param name="Kept">The tickets that must stay for a time.</param>
/// <param name="Again">When the first of these may go, too; null when nothing stays.</param>
/// <param name="At">When it was done.</param>
public sealed record ErasureEnded(long Number, ValueList<long> Kept, DateTimeOffset? Again, DateTimeOffset At) : DeskChange;

/// <summary>A ticket's history, and what is owed and told of it, forgets a member: their words, names and id.</summary>
/// <param name="Ticket">The ticket's number.</param>
/// <param name="Member">Whom.</param>
public sealed record HistoryErased(long Ticket, UserId Member) : DeskChange;

/// <summary>A ticket's history forgets what was said in it, whoever said it.</summary>
/// <param name="Ticket">The ticket's number.</param>
public sealed record HistoryEmptied(long Ticket) : DeskChange;

/// <summary>
/// What the desk itself said in a ticket without a home in the guild goes into the archive. Direct messages hold other things of the desk's too, so what is the ticket's is told, not overheard; and what
/// reached nobody stands nowhere else.
/// </summary>
/// <param name="Card">What it says.</param>
/// <param name="In">The direct message channel where it stands; null where it does not reach the opener.</param>
/// <param name="Message">Which message it is; null where it is none.</param>
/// <param name="At">When.</param>
public sealed record CardKept(Card Card, ChannelId? In, MessageId? Message, DateTimeOffset At) : DeskChange;

/// <summary>Why something is not done: a sentence for the person who asked.</summary>
/// <param name="Code">A stable name for programs, such as <c>claim.taken</c>.</param>
/// <param name="Sentence">Why, and who could or what helps.</param>
public sealed record Refusal(string Code, string Sentence);

/// <summary>What a command comes to: facts, effects still owed, timers, and the answer to whoever asked.</summary>
public sealed record Decision
{
    /// <summary>Nothing changes and nobody is answered.</summary>
    public static Decision Nothing { get; } = new();

    /// <summary>What is now true, in order.</summary>
    public ValueList<Fact> Facts { get; init; }

    /// <summary>What must now be done, in order.</summary>
    public ValueList<Effect> Effects { get; init; }

    /// <summary>What changes among the timers, in order.</summary>
    public ValueList<TimerChange> Timers { get; init; }

    /// <summary>What changes beside the tickets, in order.</summary>
    public ValueList<DeskChange> Changes { get; init; }

    /// <summary>What the person who asked sees; null when nothing.</summary>
    public Reply? Reply { get; init; }

    /// <summary>Why it is not done; then nothing else is set.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>What is to be decided next, through the door as if the same person had asked for it; its refusal is the whole's.</summary>
    public Command? Next { get; init; }

    /// <summary>Something is now true.</summary>
    public static Decision That(params ReadOnlySpan<Fact> facts) => new() { Facts = [.. facts] };

    /// <summary>It is not done.</summary>
    public static Decision Refuse(string code, string sentence) => new() { Refusal = new Refusal(code, sentence) };

    /// <summary>Only an answer.</summary>
    public static Decision Say(Reply reply) => new() { Reply = reply };

    /// <summary>Another command of the same person's is decided in its stead.</summary>
    public static Decision Giving(Command command) => new() { Next = command };

    /// <summary>This, and then these effects.</summary>
    public Decision Then(params ReadOnlySpan<Effect> effects) => this with { Effects = Effects.AddRange([.. effects]) };

    /// <summary>This, and a change of the timers.</summary>
    public Decision With(TimerChange change) => this with { Timers = Timers.Add(change) };

    /// <summary>This, and a change beside the tickets.</summary>
    public Decision Changing(DeskChange change) => this with { Changes = Changes.Add(change) };

    /// <summary>This, and the person who asked is told so in private.</summary>
    public Decision Telling(string markdown) => this with { Reply = new Tell(Card.Saying(markdown)) };

    /// <summary>This, and the ticket's card shows it: by the answer itself when the card was clicked, which costs no call.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="context">Who asked, and how.</param>
    /// <param name="otherwise">What is said in private when something else than the card was used.</param>
    public Decision ShowingOn(Ticket ticket, Context context, string otherwise) =>
        ticket.Card is not null && context.Interaction?.Message == ticket.Card
            ? this with { Reply = new ShowTicket() }
            : Then(new RefreshCard()).Telling(otherwise);

    /// <summary>Both, one after the other; the first answer or refusal holds.</summary>
    public Decision And(Decision next) => new()
    {
        Facts = Facts.AddRange(next.Facts),
        Effects = Effects.AddRange(next.Effects),
        Timers = Timers.AddRange(next.Timers),
        Changes = Changes.AddRange(next.Changes),
        Reply = Reply ?? next.Reply,
        Refusal = Refusal ?? next.Refusal,
        Next = Next ?? next.Next,
    };
}
