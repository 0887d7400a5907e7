using System.Text.Json.Serialization;
using Usher.Desk.Effects;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Values;

namespace Usher.Desk.Tickets;

/// <summary>Names a ticket: its guild and its number there.</summary>
public readonly record struct TicketKey(GuildId Guild, long Number)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Guild}/{Number}";
}

/// <summary>The message that a ticket is about.</summary>
/// <param name="Channel">Where it stands.</param>
/// <param name="Message">Which.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Text">What it said then, at most 1000 characters.</param>
public sealed record MessageQuote(ChannelId Channel, MessageId Message, UserId Author, string Text)
{
    /// <summary>How many characters of the message are kept.</summary>
    public const int Longest = 1000;
}

/// <summary>How far a ticket is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TicketStatus>))]
public enum TicketStatus
{
    /// <summary>Accepted; its home is being made.</summary>
    Opening,

    /// <summary>People talk in it.</summary>
    Open,

    /// <summary>Done. A channel home may still be counting down.</summary>
    Closed,

    /// <summary>Its home could not be made.</summary>
    Failed,
}

/// <summary>Who has taken a ticket on, and since when.</summary>
public sealed record Claim(UserId By, string Name, DateTimeOffset At);

/// <summary>What a ticket's channel shows of its claim.</summary>
/// <param name="Mode">What the claim means for the rest of the staff.</param>
/// <param name="Claimer">Who has a place of their own by it.</param>
public sealed record ChannelGuard(ClaimMode Mode, UserId Claimer);

/// <summary>Where a ticket lives on Discord.</summary>
/// <param name="Kind">Thread, channel or direct messages.</param>
/// <param name="Channel">The thread, channel or direct message channel; null until it is made, and where direct messages do not reach the opener.</param>
/// <param name="Gone">Whether it was deleted, by the desk or by hand; of direct messages, whether the ticket is closed and they are free for the next.</param>
/// <param name="Parent">The text channel that a thread is in; null for channels, and for threads of which it was not kept.</param>
public sealed record Home(HomeKind Kind, ChannelId? Channel = null, bool Gone = false, ChannelId? Parent = null);

/// <summary>Why a ticket ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClosingKind>))]
public enum ClosingKind
{
    /// <summary>Somebody closed it.</summary>
    Closed,

    /// <summary>Its opener took it back.</summary>
    Cancelled,

    /// <summary>Its channel or thread was deleted by hand.</summary>
    HomeDeleted,

    /// <summary>A manager had it deleted, channel or thread and all.</summary>
    Deleted,
}

/// <summary>How a ticket ended.</summary>
public sealed record Closing(ClosingKind Kind, UserId By, string Name, string? Reason, DateTimeOffset At);

/// <summary>Somebody wants to close the ticket and is being asked whether they mean it.</summary>
public sealed record PendingClosing(ClosingKind Kind, UserId By, string? Reason, DateTimeOffset At)
{
    /// <summary>What the buttons of this question carry, so that they answer no later one.</summary>
    [JsonIgnore]
    public string Stamp => Stamps.Of(At);
}

/// <summary>Staff asked the opener whether the ticket can be closed.</summary>
public sealed record ArchiveRequest(UserId By, DateTimeOffset At)
{
    /// <summary>What the buttons of this question carry, so that they answer no later one.</summary>
    [JsonIgnore]
    public string Stamp => Stamps.Of(At);
}

internal static class Stamps
{
    internal static string Of(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Something for staff's eyes only.</summary>
/// <param name="By">Who wrote it.</param>
/// <param name="Name">Their name at the time.</param>
/// <param name="Text">What it says.</param>
/// <param name="At">When.</param>
/// <param name="Message">The message that it was, before it was taken away; null when it never was one.</param>
public sealed record Note(UserId By, string Name, string Text, DateTimeOffset At, MessageId? Message = null);

/// <summary>What somebody of staff writes next in the ticket is a note.</summary>
/// <param name="By">Whose words.</param>
/// <param name="Until">How long they are waited for.</param>
public sealed record AwaitedNote(UserId By, DateTimeOffset Until);

/// <summary>A name that the ticket's home gets as soon as Discord takes it.</summary>
public sealed record NextName(string Name, UserId By, DateTimeOffset Due);

/// <summary>Somebody whom staff added to the ticket.</summary>
/// <param name="User">Who.</param>
/// <param name="Name">Their name at the time.</param>
/// <param name="IsStaff">Whether they were staff of the ticket's department at the time.</param>
/// <param name="By">Who added them.</param>
/// <param name="At">When.</param>
/// <param name="IsIn">Whether they are in the thread or channel; false while they are being added.</param>
/// <param name="LeavesBy">Who is removing them; null when nobody is.</param>
public sealed record AddedMember(UserId User, string Name, bool IsStaff, UserId By, DateTimeOffset At, bool IsIn = false, UserId? LeavesBy = null);

/// <summary>A voice channel in which the people of a ticket talk.</summary>
/// <param name="By">Who of staff wanted it.</param>
/// <param name="Channel">The voice channel; null until it is made.</param>
/// <param name="People">Who is in it.</param>
/// <param name="EmptySince">When it was made, or when the last of them left.</param>
public sealed record VoiceCall(UserId By, ChannelId? Channel, ValueList<UserId> People, DateTimeOffset EmptySince);

/// <summary>Staff told the opener by direct message that they are waited for.</summary>
/// <param name="By">Who of staff.</param>
/// <param name="At">When.</param>
/// <param name="Language">The language of whoever wanted it; null when unknown.</param>
/// <param name="Via">The click or command that waits to hear whether it arrived.</param>
/// <param name="TypedIn">Where the typed command stands that waits for that.</param>
public sealed record Poke(UserId By, DateTimeOffset At, Language? Language, InteractionRef? Via, ChannelId? TypedIn);

/// <summary>The next mention by somebody of staff names whom they mean.</summary>
/// <param name="By">Whose mention.</param>
/// <param name="ToRemove">Whether that person is to be removed; otherwise to be added.</param>
/// <param name="Until">How long it is waited for.</param>
public sealed record AwaitedMention(UserId By, bool ToRemove, DateTimeOffset Until)
{
    /// <summary>Whether this person's words are still waited for.</summary>
    public bool IsOf(UserId user, DateTimeOffset now) => user == By && now <= Until;
}

/// <summary>A ticket: what is true of it now. Only facts change it.</summary>
public sealed record Ticket
{
    /// <summary>The guild it belongs to.</summary>
    public required GuildId Guild { get; init; }

    /// <summary>Its number in the guild, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>The key of its department; the department itself may be gone from the settings.</summary>
    public required string Department { get; init; }

    /// <summary>Who asked for help.</summary>
    public required UserId Opener { get; init; }

    /// <summary>The opener's name at the time.</summary>
    public required string OpenerName { get; init; }

    /// <summary>The opener's language; null when unknown.</summary>
    public Language? OpenerLanguage { get; init; }

    /// <summary>When the opener asked.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The click that asked for it: the answer is owed until the home is there.</summary>
    public InteractionRef? OpenedVia { get; init; }

    /// <summary>The name of its home.</summary>
    public required string Name { get; init; }

    /// <summary>When its home was last renamed, the last two times, oldest first.</summary>
    public ValueList<DateTimeOffset> RenamedAt { get; init; }

    /// <summary>The name that its home gets next; null when it has the one that it should.</summary>
    public NextName? NextName { get; init; }

    /// <summary>What the transcript's address ends in: unguessable.</summary>
    public required string TranscriptToken { get; init; }

    /// <summary>When that was made, in place of an earlier one; null when it is the ticket's first.</summary>
    public DateTimeOffset? LinkMadeAt { get; init; }

    /// <summary>Which of the opener's places in the department it takes while it is open (<see cref="Slots"/>).</summary>
    public int Slot { get; init; }

    /// <summary>How far it is.</summary>
    public TicketStatus Status { get; init; }

    /// <summary>Where it lives.</summary>
    public required Home Home { get; init; }

    /// <summary>Where it moves to; null when it stays.</summary>
    public HomeMove? Move { get; init; }

    /// <summary>Where it lived before, oldest first.</summary>
    public ValueList<FormerHome> Former { get; init; }

    /// <summary>The message that shows its state; null until posted.</summary>
    public MessageId? Card { get; init; }

    /// <summary>What the opener answered to the department's form.</summary>
    public ValueList<FormAnswer> Answers { get; init; }

    /// <summary>What it is about, as a program said when it asked for it; null when nothing was said so.</summary>
    public string? Subject { get; init; }

    /// <summary>The same at length.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the form is still being filled in, in the ticket.</summary>
    public bool FormIsOpen { get; init; }

    /// <summary>Whether staff was called before that form is filled in, and is not again.</summary>
    public bool StaffKnows { get; init; }

    /// <summary>The message that shows the answers; null until posted.</summary>
    public MessageId? Information { get; init; }

    /// <summary>Who of staff opened it for its opener; null when the opener did.</summary>
    public UserId? OpenedBy { get; init; }

    /// <summary>Whether that was a person of staff, whose own idea it was; a program passes on what the opener asked it.</summary>
    public bool StaffBegan { get; init; }

    /// <summary>The message that it is about; null when about none.</summary>
    public MessageQuote? About { get; init; }

    /// <summary>Its place among those that wait for room; null when it has room or needs none.</summary>
    public QueuePlace? Queue { get; init; }

    /// <summary>Who has taken it on.</summary>
    public Claim? Claim { get; init; }

    /// <summary>What its channel shows of the claim to the rest of the staff; null when nothing.</summary>
    public ChannelGuard? Guard { get; init; }

    /// <summary>How urgent it is; null while nobody said so.</summary>
    public Priority? Priority { get; init; }

    /// <summary>What staff sorted it under.</summary>
    public ValueList<string> Tags { get; init; }

    /// <summary>How it ended; null while it has not.</summary>
    public Closing? Closing { get; init; }

    /// <summary>The people whom staff added, oldest first.</summary>
    public ValueList<AddedMember> Added { get; init; }

    /// <summary>The voice channel of its people; null when there is none.</summary>
    public VoiceCall? Call { get; init; }

    /// <summary>When the opener was last told that they are waited for.</summary>
    public Poke? LastPoke { get; init; }

    /// <summary>Whose mention is waited for.</summary>
    public AwaitedMention? Awaited { get; init; }

    /// <summary>Whose next words are notes, oldest first; also those whose time is over, until the next.</summary>
    public ValueList<AwaitedNote> AwaitedNotes { get; init; }

    /// <summary>Who wants to close it and has still to confirm; null when nobody.</summary>
    public PendingClosing? PendingClosing { get; init; }

    /// <summary>The question to the opener that is still open; null when none is.</summary>
    public ArchiveRequest? ArchiveRequest { get; init; }

    /// <summary>What was asked for here that others decide, oldest first.</summary>
    public ValueList<ApprovalRequest> Approvals { get; init; }

    /// <summary>Staff's notes, oldest first.</summary>
    public ValueList<Note> Notes { get; init; }

    /// <summary>Whether the opener is known to be in the thread.</summary>
    public bool OpenerIsIn { get; init; }

    /// <summary>Whether the opener left the guild.</summary>
    public bool OpenerLeft { get; init; }

    /// <summary>When staff first answered.</summary>
    public DateTimeOffset? FirstResponseAt { get; init; }

    /// <summary>Whose turn it is: true when the opener wrote last and staff owes an answer.</summary>
    public bool WaitsForStaff { get; init; } = true;

    /// <summary>Since when that side is waited for.</summary>
    public DateTimeOffset WaitingSince { get; init; }

    /// <summary>When staff, which is not where the opener writes, was last told what they wrote; null while it was not, or is there.</summary>
    public DateTimeOffset? OpenerHeardAt { get; init; }

    /// <summary>How long it was closed in all before it was opened again.</summary>
    public TimeSpan ClosedFor { get; init; }

    /// <summary>How content the opener is with it; null while they have not said so.</summary>
    public TicketRating? Rating { get; init; }

    /// <summary>When its opener was erased from it; null while they are not. Then nobody can go on with it.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>When what was said in it was removed, since its time was over; null while it is kept.</summary>
    public DateTimeOffset? ContentRemovedAt { get; init; }

    /// <summary>How often this state changed; the guard against two changes at once.</summary>
    public int Version { get; init; }

    /// <summary>What names this ticket.</summary>
    [JsonIgnore]
    public TicketKey Key => new(Guild, Number);

    /// <summary>What it is about: as it was said, or answered to a question with the key <c>subject</c>; null when neither.</summary>
    [JsonIgnore]
    public string? SaidSubject => Subject ?? AnswerTo("subject");

    /// <summary>The same at length, by the key <c>description</c>.</summary>
    [JsonIgnore]
    public string? SaidDescription => Description ?? AnswerTo("description");

    private string? AnswerTo(string question) => Answers.FirstOrDefault(answer => answer.Question == question) is { Value.Length: > 0 } answer ? answer.Value : null;

    /// <summary>Whether this person's next words are a note.</summary>
    public bool AwaitsNoteOf(UserId user, DateTimeOffset now) => AwaitedNotes.Any(awaited => awaited.By == user && now <= awaited.Until);

    /// <summary>Every thread and channel of its that is there: where it lives, where it moves to, where it lived.</summary>
    [JsonIgnore]
    public IEnumerable<ChannelId> Homes => Home is { Channel: { } home, Gone: false } ? FurtherHomes.Prepend(home) : FurtherHomes;

    /// <summary>Those of them that are not where it lives.</summary>
    [JsonIgnore]
    public IEnumerable<ChannelId> FurtherHomes
    {
        get
        {
            var left = Former.Where(former => !former.Gone).Select(former => former.Channel);
            return Move?.To?.Channel is { } next ? left.Append(next) : left;
        }
    }

    /// <summary>Whether it lives in the opener's direct messages, or by the API alone, and nowhere in the guild.</summary>
    [JsonIgnore]
    public bool IsHomeless => Home.Kind == HomeKind.DirectMessage;

    /// <summary>Whether its opener's direct messages are its home now, or are about to be: they can be that for one ticket only.</summary>
    [JsonIgnore]
    public bool TakesDirectMessages => IsHomeless && IsOpen && (Home is { Channel: not null, Gone: false } || Status == TicketStatus.Opening);

    /// <summary>What leads to it in words: its thread or channel where the guild has one, else its number.</summary>
    [JsonIgnore]
    public string Mention => Home.Channel is { } home && !IsHomeless ? home.Mention : Label;

    /// <summary>Whether people can still work on it.</summary>
    [JsonIgnore]
    public bool IsOpen => Status is TicketStatus.Opening or TicketStatus.Open;

    /// <summary>The number as people read it.</summary>
    [JsonIgnore]
    public string Label => "#" + Number.ToString("0000", System.Globalization.CultureInfo.InvariantCulture);
}
