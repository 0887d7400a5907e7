using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Opening;

/// <summary>A member asked for help and has a ticket; its home is still to be made.</summary>
public sealed record TicketOpened(
    DateTimeOffset At, GuildId Guild, long Number, string Department, UserId Opener, string OpenerName, Language? OpenerLanguage,
    HomeKind Home, string Name, string TranscriptToken, int Slot, InteractionRef? Via,
    ValueList<FormAnswer> Answers = default, UserId? OpenedBy = null, MessageQuote? About = null,
    string? Subject = null, string? Description = null, bool StaffBegan = false) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Begin() => new()
    {
        Guild = Guild,
        Number = Number,
        Department = Department,
        Opener = Opener,
        OpenerName = OpenerName,
        OpenerLanguage = OpenerLanguage,
        OpenedAt = At,
        OpenedVia = Via,
        Name = Name,
        TranscriptToken = TranscriptToken,
        Slot = Slot,
        Home = new Home(Home),
        Answers = Answers,
        OpenedBy = OpenedBy,
        About = About,
        Subject = Subject,
        Description = Description,
        // Whom a person of staff opens a ticket for has asked nothing yet.
        StaffBegan = StaffBegan,
        WaitsForStaff = !StaffBegan,
        WaitingSince = At,
        Version = 1,
    };

    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => throw new InvalidOperationException("A ticket is opened once.");
}

/// <summary>The ticket's thread or channel is there.</summary>
/// <param name="At">When.</param>
/// <param name="Channel">The thread or channel.</param>
/// <param name="Name">Its name, where Discord refused the one that was wanted.</param>
/// <param name="Parent">The text channel that it is in, when it is a thread.</param>
public sealed record HomeCreated(DateTimeOffset At, ChannelId Channel, string? Name = null, ChannelId? Parent = null) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with
    {
        Home = ticket.Home with { Channel = Channel, Gone = false, Parent = Parent },
        Status = ticket.Status == TicketStatus.Opening ? TicketStatus.Open : ticket.Status,
        Name = Name ?? ticket.Name,
        OpenedVia = null,
        Queue = null,
    };
}

/// <summary>There was no room for a channel: the ticket lives in a thread.</summary>
public sealed record HomeBecameThread(DateTimeOffset At) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Home = ticket.Home with { Kind = HomeKind.Thread } };
}

/// <summary>The ticket's thread or channel cannot be made.</summary>
public sealed record OpeningFailed(DateTimeOffset At, FailureReason Reason) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Status = TicketStatus.Failed, OpenedVia = null, Queue = null };
}

/// <summary>The message that shows the ticket's state stands.</summary>
public sealed record CardPosted(DateTimeOffset At, MessageId Card) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Card = Card };
}

/// <summary>The ticket's card was deleted by hand.</summary>
public sealed record CardLost(DateTimeOffset At) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Card = null };
}

/// <summary>Discord told that the opener is in the thread.</summary>
public sealed record OpenerArrived(DateTimeOffset At) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { OpenerIsIn = true };
}
