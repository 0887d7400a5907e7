using System.Collections.Frozen;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Engine;

/// <summary>What a decision came to, with the ticket as it is afterwards.</summary>
/// <param name="Ticket">The ticket after the facts; null when there is none.</param>
/// <param name="Decision">The decision with everything that other features added.</param>
public sealed record Decided(Ticket? Ticket, Decision Decision)
{
    /// <summary>What of it goes into the audit log.</summary>
    public ValueList<Deed> Deeds { get; init; }
}

/// <summary>The one door: every command is allowed or refused, decided, and reacted to here. Pure.</summary>
public sealed class DeskRules
{
    // Reactions answer facts with facts; a chain longer than this is two features calling each other for ever.
    private const int LongestChain = 50;

    private readonly FrozenDictionary<Type, CommandRule> _commands;
    private readonly ILookup<Type, Reaction> _reactions;
    private readonly ILookup<Type, Listener> _listeners;
    private readonly OutcomeRule[] _outcomes;
    private readonly FrozenDictionary<string, TimerRule> _timers;
    private readonly FrozenDictionary<(Door, string), Trigger> _triggers;
    private readonly FrozenDictionary<string, FactKind> _factsByName;
    private readonly FrozenDictionary<Type, FactKind> _factsByType;

    /// <summary>Puts features together.</summary>
    public DeskRules(IReadOnlyList<Feature> features)
    {
        _commands = features.SelectMany(f => f.Commands).ToFrozenDictionary(rule => rule.Command);
        _reactions = features.SelectMany(f => f.Reactions).ToLookup(reaction => reaction.Fact);
        _listeners = features.SelectMany(f => f.Listeners).ToLookup(listener => listener.Command);
        _outcomes = [.. features.SelectMany(f => f.Outcomes)];
        _timers = features.SelectMany(f => f.Timers).ToFrozenDictionary(rule => rule.Name);
        _triggers = features.SelectMany(f => f.Triggers).ToFrozenDictionary(trigger => (trigger.Door, trigger.Name));
        _factsByName = features.SelectMany(f => f.Facts).ToFrozenDictionary(kind => kind.Name);
        _factsByType = features.SelectMany(f => f.Facts).ToFrozenDictionary(kind => kind.Type.Type);
    }

    /// <summary>Every door, for registering slash commands.</summary>
    public IEnumerable<Trigger> Triggers => _triggers.Values;

    /// <summary>The door of that name; null when there is none (any more).</summary>
    public Trigger? Trigger(Door door, string name) => _triggers.GetValueOrDefault((door, name));

    /// <summary>The rule of a command; null for those that any feature may answer.</summary>
    public CommandRule? RuleOf(Command command) => _commands.GetValueOrDefault(command.GetType());

    /// <summary>How a fact is stored.</summary>
    public FactKind KindOf(Fact fact) => _factsByType[fact.GetType()];

    /// <summary>Whether a kind of fact is stored under that name.</summary>
    public bool Knows(string name) => _factsByName.ContainsKey(name);

    /// <summary>The kind of fact stored under that name.</summary>
    public FactKind KindNamed(string name) => _factsByName[name];

    /// <summary>Decides a command.</summary>
    /// <param name="command">What is wanted.</param>
    /// <param name="ticket">The ticket it is given to; null when to none, or when none was found.</param>
    /// <param name="context">Who, when and what else matters.</param>
    public Decided Decide(Command command, Ticket? ticket, Context context)
    {
        // A command to the desk may be given inside a ticket; it has nothing to do with that one.
        if (RuleOf(command) is { NeedsTicket: false }) ticket = null;
        var decision = command switch
        {
            EndEffect end => End(end, ticket, context),
            FireTimer fire => ticket is not null && _timers.TryGetValue(fire.Name, out var timer) ? timer.Decide(ticket, context) : Decision.Nothing,
            _ => Given(command, ticket, context),
        };
        if (decision.Refusal is not null) return new Decided(ticket, decision);
        var decided = React(ticket, decision, context);
        return decided with { Deeds = Deeds.Of(RuleOf(command), command, decided.Decision, ticket, decided.Ticket, context, fact => _factsByType.GetValueOrDefault(fact.GetType())) };
    }

    private Decision Given(Command command, Ticket? ticket, Context context)
    {
        if (!_commands.TryGetValue(command.GetType(), out var rule)) throw new InvalidOperationException($"No feature decides {command.GetType().Name}.");
        if (rule.NeedsTicket && ticket is null)
            return Decision.Refuse("ticket.none", context.Private.Say("refusal.no_ticket"));
        if (Access.Allows(rule.Permission, context.Actor, context.Settings, ticket)) return Heard(command, rule.Decide(command, ticket, context), ticket, context);
        var who = Access.WhoCould(rule.Permission, context.Private, context.Settings, ticket);
        return Decision.Refuse("access.denied", context.Private.Say("refusal.not_allowed", ("who", who)));
    }

    // Other features may have something to say to the same command, and one command may lead to another.
    private Decision Heard(Command command, Decision decision, Ticket? ticket, Context context)
    {
        if (decision.Refusal is not null) return decision;
        decision = _listeners[command.GetType()].Aggregate(decision, (all, listener) => all.And(listener.Decide(command, ticket!, context)));
        if (decision.Next is not { } next) return decision;
        var led = Given(next, ticket, context);
        return led.Refusal is { } refusal ? Decision.Refuse(refusal.Code, refusal.Sentence) : (decision with { Next = null }).And(led);
    }

    private Decision End(EndEffect end, Ticket? ticket, Context context) =>
        _outcomes.Where(rule => rule.Effect.IsInstanceOfType(end.Effect))
            .Aggregate(Decision.Nothing, (decision, rule) => decision.And(rule.Decide(end.Effect, end.Outcome, ticket, context)));

    private Decided React(Ticket? ticket, Decision decision, Context context)
    {
        for (var applied = 0; applied < decision.Facts.Count; applied++)
        {
            if (applied == LongestChain) throw new InvalidOperationException("Features answer each other's facts for ever.");
            var fact = decision.Facts[applied];
            ticket = fact.ApplyTo(ticket);
            foreach (var reaction in _reactions[fact.GetType()]) decision = decision.And(reaction.Decide(fact, ticket, context));
        }
        return new Decided(ticket, Answered(decision, context));
    }

    // A typed command has no answer of its own: what it would be told becomes a message where it was typed.
    private static Decision Answered(Decision decision, Context context) => (decision.Reply, context.Typed) switch
    {
        (Tell { Secret: true } tell, not null) => decision.Then(new SendDirectMessage(context.Actor.User, tell.Card)) with { Reply = null },
        (Tell tell, { } typed) => decision.Then(new PostCard(typed.Channel, tell.Card, Mentions.None, PostPurpose.Line)) with { Reply = null },
        _ => decision,
    };
}
