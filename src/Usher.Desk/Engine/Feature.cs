using Usher.Desk.Effects;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Engine;

/// <summary>A feature's declaration: all that the rest of the house knows of it.</summary>
/// <param name="Name">Its folder's name.</param>
public sealed record Feature(string Name)
{
    /// <summary>Its commands, who may give them and how they are decided.</summary>
    public IReadOnlyList<CommandRule> Commands { get; init; } = [];

    /// <summary>Its facts, by the names under which they are stored.</summary>
    public IReadOnlyList<FactKind> Facts { get; init; } = [];

    /// <summary>The buttons, forms, slash commands and text commands that it answers to.</summary>
    public IReadOnlyList<Trigger> Triggers { get; init; } = [];

    /// <summary>What it adds to the menu of a ticket's actions.</summary>
    public IReadOnlyList<MenuItem> Menu { get; init; } = [];

    /// <summary>What it adds to that menu besides, by what the settings name for the ticket; only what the actor may do.</summary>
    public Func<Ticket, Context, IEnumerable<MenuLine>> MenuOf { get; init; } = static (_, _) => [];

    /// <summary>What it does when another feature made something true.</summary>
    public IReadOnlyList<Reaction> Reactions { get; init; } = [];

    /// <summary>What it adds when another feature's command is decided.</summary>
    public IReadOnlyList<Listener> Listeners { get; init; } = [];

    /// <summary>
    /// What it wants before a ticket of a department opens: its decision takes the place of the opening, and leads back to it
    /// (<see cref="Decision.Next"/>) when nothing is wanted any more. Null when it wants nothing.
    /// </summary>
    public Func<Department, Context, Decision?> BeforeOpening { get; init; } = static (_, _) => null;

    /// <summary>
    /// What it wants before somebody closes a ticket in that way and for that reason: its decision takes the place of the closing, and leads back to it when
    /// nothing is wanted any more. Null when it wants nothing.
    /// </summary>
    public Func<ClosingKind, string?, Ticket, Context, Decision?> BeforeClosing { get; init; } = static (_, _, _, _) => null;

    /// <summary>What it does when an effect came to its end.</summary>
    public IReadOnlyList<OutcomeRule> Outcomes { get; init; } = [];

    /// <summary>What it does when one of its timers is due.</summary>
    public IReadOnlyList<TimerRule> Timers { get; init; } = [];
}

/// <summary>A line of the menu of a ticket's actions; its words are the text <c>menu.ACTION</c>. Only those who may do it see it.</summary>
/// <param name="Action">The button trigger that it stands for.</param>
/// <param name="Permission">Who sees it.</param>
/// <param name="Emoji">Stands before it.</param>
public sealed record MenuItem(string Action, Permission Permission, string Emoji)
{
    /// <summary>For which tickets it is offered.</summary>
    public Func<Ticket, Settings.DeskSettings, bool> Offered { get; init; } = static (ticket, _) => ticket.IsOpen;
}

/// <summary>A line of that menu whose words the settings say.</summary>
/// <param name="Press">What choosing it does.</param>
/// <param name="Label">What it says.</param>
/// <param name="Emoji">Stands before it.</param>
public sealed record MenuLine(Cards.Press Press, string Label, string? Emoji);

/// <summary>Who may give a command, and how it is decided.</summary>
/// <param name="Command">The command's type.</param>
/// <param name="Permission">Who may give it.</param>
/// <param name="NeedsTicket">Whether it is given to a ticket.</param>
/// <param name="Decide">The decision.</param>
public sealed record CommandRule(Type Command, Permission Permission, bool NeedsTicket, Func<Command, Ticket?, Context, Decision> Decide)
{
    /// <summary>
    /// Whether the decision looks at what is known of a person (<see cref="Context.OpenTickets"/>, <see cref="Context.LatestTickets"/>,
    /// <see cref="Context.Block"/>), which must then be fetched.
    /// </summary>
    public bool NeedsOpenTickets { get; init; }

    /// <summary>Of which person; null means the ticket's opener, or the actor where there is no ticket.</summary>
    public Func<Command, Context, UserId?> Person { get; init; } = static (_, _) => null;

    /// <summary>Whether the decision looks at <see cref="Context.Blocklist"/>, which must then be fetched.</summary>
    public bool NeedsBlocklist { get; init; }

    /// <summary>Whether the decision looks at <see cref="Context.Queue"/>, which must then be fetched.</summary>
    public bool NeedsQueue { get; init; }

    /// <summary>Whether the decision looks at what was measured (<see cref="Context.Statistics"/>), and how far back; null when it does not.</summary>
    public Func<Command, TimeSpan>? Measured { get; init; }

    /// <summary>Which tickets it wants listed (<see cref="Context.Listed"/>); null when none.</summary>
    public Func<Command, Context, TicketList?> Lists { get; init; } = static (_, _) => null;

    /// <summary>Whether the decision looks at the forms that the person is filling in (<see cref="Context.Drafts"/>).</summary>
    public bool NeedsDrafts { get; init; }

    /// <summary>Whom it names, where the decision asks whether they are staff (<see cref="Context.NamedRoles"/>); null when nobody.</summary>
    public Func<Command, UserId?> Names { get; init; } = static _ => null;

    /// <summary>What must be looked up before it can be decided (<see cref="Context.LookedUp"/>); null when nothing ever.</summary>
    public Func<Command, Ticket?, Context, ValueList<LookupQuery>>? Lookups { get; init; }

    /// <summary>Which message of the ticket's archive the decision looks at (<see cref="Context.Message"/>); null when at none.</summary>
    public Func<Command, MessageId?> NeedsMessage { get; init; } = static _ => null;

    /// <summary>Which entries of the audit log the decision looks at (<see cref="Context.Audit"/>); null when none.</summary>
    public Func<Command, AuditQuery?> NeedsAudit { get; init; } = static _ => null;

    /// <summary>Whose erasure, or which, the decision looks at (<see cref="Context.Erasure"/>); null when at none.</summary>
    public Func<Command, ErasureQuery?> NeedsErasure { get; init; } = static _ => null;

    /// <summary>What the audit log says when it is done, where no fact tells of it; null when nothing.</summary>
    public Func<Command, Deed?> Audit { get; init; } = static _ => null;

    /// <summary>What it seeks in the archive, among the tickets that the actor answers for (<see cref="Context.Findings"/>); null when nothing ever.</summary>
    public Func<Command, string>? Seeks { get; init; }

    /// <summary>A command to a ticket.</summary>
    public static CommandRule OnTicket<T>(Permission permission, Func<T, Ticket, Context, Decision> decide) where T : Command =>
        new(typeof(T), permission, true, (command, ticket, context) => decide((T)command, ticket!, context));

    /// <summary>A command to the desk as a whole.</summary>
    public static CommandRule OnDesk<T>(Permission permission, Func<T, Context, Decision> decide) where T : Command =>
        new(typeof(T), permission, false, (command, _, context) => decide((T)command, context));
}

/// <summary>Which tickets are wanted, within what whoever asks may see.</summary>
/// <param name="Within">The keys of the departments; null for all.</param>
/// <param name="Opener">Whose; null for everybody's.</param>
/// <param name="IsOpen">Those that are worked on, or those that are not any more; null for both.</param>
/// <param name="Most">How many at most, the newest first.</param>
/// <param name="After">Behind which ticket the list goes on; null from its beginning.</param>
public sealed record TicketList(ValueList<string>? Within, UserId? Opener, bool? IsOpen, int Most, ListPlace? After = null);

/// <summary>A place in a list of tickets, the newest first.</summary>
/// <param name="Number">The number of the last ticket before it.</param>
/// <param name="OpenedAt">When that was opened, to the millisecond.</param>
public sealed record ListPlace(long Number, DateTimeOffset OpenedAt);

/// <summary>What a feature does when something became true, by whichever feature.</summary>
public sealed record Reaction(Type Fact, Func<Fact, Ticket, Context, Decision> Decide)
{
    /// <summary>Reacts to a kind of fact; the ticket is as it is after it.</summary>
    public static Reaction On<T>(Func<T, Ticket, Context, Decision> decide) where T : Fact =>
        new(typeof(T), (fact, ticket, context) => decide((T)fact, ticket, context));
}

/// <summary>What a feature adds when a command is decided that another feature rules; not when that is refused.</summary>
public sealed record Listener(Type Command, Func<Command, Ticket, Context, Decision> Decide)
{
    /// <summary>Listens to a command to tickets; the ticket is as it was before.</summary>
    public static Listener To<T>(Func<T, Ticket, Context, Decision> decide) where T : Command =>
        new(typeof(T), (command, ticket, context) => decide((T)command, ticket, context));
}

/// <summary>What a feature does when an effect came to its end.</summary>
public sealed record OutcomeRule(Type Effect, Func<Effect, Outcome, Ticket?, Context, Decision> Decide)
{
    /// <summary>Answers to the end of a kind of effect; <see cref="Effects.Effect"/> itself means every kind.</summary>
    public static OutcomeRule Of<T>(Func<T, Outcome, Ticket?, Context, Decision> decide) where T : Effect =>
        new(typeof(T), (effect, outcome, ticket, context) => decide((T)effect, outcome, ticket, context));
}

/// <summary>What a feature does when its timer is due.</summary>
/// <param name="Name">The timer's name, unique over all features.</param>
/// <param name="Decide">The decision.</param>
public sealed record TimerRule(string Name, Func<Ticket, Context, Decision> Decide);
