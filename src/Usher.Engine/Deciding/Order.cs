using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Storage;

namespace Usher.Engine.Deciding;

/// <summary>What a command is given to.</summary>
public abstract record Subject
{
    /// <summary>A ticket by its number.</summary>
    public sealed record ToTicket(TicketKey Key) : Subject;

    /// <summary>The desk as a whole; commands of one person stay in order.</summary>
    public sealed record ToDesk : Subject;

    /// <summary>A ticket was meant, but there is none here.</summary>
    public sealed record ToNoTicket : Subject;
}

/// <summary>A command on its way to its decision, with everything that came along.</summary>
public sealed record Order
{
    /// <summary>The guild.</summary>
    public required GuildId Guild { get; init; }

    /// <summary>What is wanted.</summary>
    public required Command Command { get; init; }

    /// <summary>Of what.</summary>
    public required Subject Subject { get; init; }

    /// <summary>By whom.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The click or slash command that waits for an answer.</summary>
    public InteractionRef? Interaction { get; init; }

    /// <summary>The typed command that it came from.</summary>
    public TypedRef? Typed { get; init; }

    /// <summary>What makes a second delivery recognisable; null when a second one does no harm.</summary>
    public string? InboxKey { get; init; }

    /// <summary>The version of the ticket that it is meant for; null when for whichever it has.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>Whose forms and tickets it concerns, where that is not the actor.</summary>
    public UserId? Concerning { get; init; }

    /// <summary>A message to be stored in the same transaction.</summary>
    public ArchivedMessage? Message { get; init; }

    /// <summary>The effect whose end this is.</summary>
    public EffectRow? Ended { get; init; }

    /// <summary>The timer whose due time this is.</summary>
    public long? FiredTimer { get; init; }

    /// <summary>The lane in which it keeps its order.</summary>
    public string Lane => Subject switch
    {
        Subject.ToTicket ticket => LaneOf(ticket.Key),
        _ => $"p:{Guild}/{Concerning ?? Actor.User}",
    };

    /// <summary>The lane of everything that happens in a ticket.</summary>
    public static string LaneOf(TicketKey ticket) => $"t:{ticket}";
}
