using Usher.Desk.Effects;
using Usher.Desk.Figures;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Engine;

/// <summary>A typed command: where its answer goes.</summary>
/// <param name="Channel">The channel or thread it was typed in.</param>
/// <param name="Message">The message itself.</param>
public sealed record TypedRef(ChannelId Channel, MessageId Message);

/// <summary>A message of a ticket's archive, without its words.</summary>
/// <param name="Channel">Where it was written.</param>
/// <param name="Author">By whom.</param>
/// <param name="IsDeleted">Whether it is gone from Discord.</param>
/// <param name="IsRedacted">Whether its words were taken away.</param>
public sealed record KeptMessage(ChannelId Channel, UserId Author, bool IsDeleted, bool IsRedacted);

/// <summary>Everything besides the ticket and the command that a decision may look at. What is random or measured was fetched before.</summary>
public sealed record Context
{
    /// <summary>The guild's settings, as they are now.</summary>
    public required DeskSettings Settings { get; init; }

    /// <summary>Who acts.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The time.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The click or slash command behind it, when there is one.</summary>
    public InteractionRef? Interaction { get; init; }

    /// <summary>The typed command behind it, when there is one.</summary>
    public TypedRef? Typed { get; init; }

    /// <summary>The open tickets of the person whom the command is about (<see cref="CommandRule.Person"/>); fetched for commands that need them.</summary>
    public ValueList<Ticket> OpenTickets { get; init; }

    /// <summary>When that person last opened and closed tickets, by department; fetched likewise where a department has a cooldown.</summary>
    public ValueList<LatestTicket> LatestTickets { get; init; }

    /// <summary>Why that person may open no tickets; null when they may, fetched likewise.</summary>
    public BlockedMember? Block { get; init; }

    /// <summary>Everybody who is blocked in the guild, the newest first; fetched for commands that need it.</summary>
    public ValueList<BlockedMember> Blocklist { get; init; }

    /// <summary>The guild's tickets that wait for room, in order; fetched for commands that need it, and where a department has a queue for all that look at open tickets.</summary>
    public ValueList<Ticket> Queue { get; init; }

    /// <summary>What is known of the archived message that the command names; null when there is none, fetched for commands that need it.</summary>
    public KeptMessage? Message { get; init; }

    /// <summary>What is known of the erasures that the command is about; null unless it needs that.</summary>
    public ErasureMatter? Erasure { get; init; }

    /// <summary>What the audit log holds of what was asked for, the newest first; fetched for commands that need it.</summary>
    public ValueList<AuditEntry> Audit { get; init; }

    /// <summary>The tickets that the command wants listed (<see cref="CommandRule.Lists"/>), the newest first.</summary>
    public ValueList<Ticket> Listed { get; init; }

    /// <summary>The forms that the actor is filling in; fetched for commands that need them.</summary>
    public ValueList<Draft> Drafts { get; init; }

    /// <summary>The roles that a table outside gives to the person whom the command names, besides those that Discord told.</summary>
    public ValueList<RoleId> NamedRoles { get; init; }

    /// <summary>What the lookups that the command asked for came to.</summary>
    public ValueList<LookedUp> LookedUp { get; init; }

    /// <summary>What was measured in the period that the command asks for, in the actor's departments; fetched for commands that need it.</summary>
    public Statistics? Statistics { get; init; }

    /// <summary>The bot's own account, by which programs act; zero while it is not known.</summary>
    public UserId Self { get; init; }

    /// <summary>What the archive answers to what the command seeks (<see cref="CommandRule.Seeks"/>); null when it seeks nothing, or nothing that could be found.</summary>
    public ArchiveFindings? Findings { get; init; }

    /// <summary>The number that a new ticket gets; 0 while it is only asked whether one may be opened.</summary>
    public long NextNumber { get; init; }

    /// <summary>An unguessable word, fresh for each command.</summary>
    public string Dice { get; init; } = "";

    /// <summary>Sixteen letters and digits at random, fresh for each command, to be shown to people; no secret comes of them.</summary>
    public string Letters { get; init; } = "";

    /// <summary>The public address of this installation, without a slash at its end.</summary>
    public string PublicAddress { get; init; } = "";

    /// <summary>Who asked, for an effect whose end they wait for.</summary>
    public Asker Asker => new(Interaction, Typed?.Channel, Actor.Language);

    /// <summary>The language of what everybody in a ticket reads.</summary>
    public Language Public => Settings.Language;

    /// <summary>The language of what only the actor reads.</summary>
    public Language Private => Actor.Language ?? Settings.Language;

    /// <summary>Where a ticket's transcript can be read.</summary>
    public string TranscriptAddress(Ticket ticket) => $"{PublicAddress}/api/ticket/{ticket.TranscriptToken}";
}
