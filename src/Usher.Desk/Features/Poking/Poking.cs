using System.Text.Json.Serialization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Poking;

/// <summary>Staff waits for the opener, who is told so by direct message.</summary>
public sealed record PokeOpener : Command
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    internal static Decision Decide(PokeOpener command, Ticket ticket, Context context)
    {
        if (!OpenHome.Of(ticket, context, out var home, out var refused)) return refused;
        if (context.Actor.User == ticket.Opener) return Decision.Refuse("poke.self", context.Private.Say("poke.self"));
        if (ticket.OpenerLeft) return Decision.Refuse("poke.left", context.Private.Say("poke.left", ("opener", ticket.Opener.Mention)));
        if (ticket.LastPoke is { } last && last.At + Pause > context.Now)
            return Decision.Refuse("poke.again", context.Private.Say("poke.again", ("opener", ticket.Opener.Mention), ("when", Moment.Relative(last.At + Pause))));
        // Whether it arrived is known only afterwards: the answer waits for that.
        return Decision.That(new OpenerPoked(context.Now, context.Actor.User, context.Actor.Language, context.Interaction, context.Typed?.Channel))
            .Then(new SendDirectMessage(ticket.Opener, Message(ticket, home, context), IsPoke: true));
    }

    private static Card Message(Ticket ticket, ChannelId home, Context context)
    {
        var language = ticket.OpenerLanguage ?? context.Public;
        var words = language.Say(
            "poke.message", ("opener", ticket.Opener.Mention), ("staff", context.Actor.User.Mention), ("name", context.Actor.Name), ("ticket", ticket.Label), ("home", home.Mention));
        var address = $"https://discord.com/channels/{ticket.Guild}/{home}";
        return new Card([new Words(words), new Buttons([new Button(language.Say("button.to_ticket"), null, Link: address, Emoji: "🎫")])]);
    }

    internal static Decision Ended(SendDirectMessage effect, Outcome outcome, Ticket? ticket, Context context)
    {
        if (!effect.IsPoke || ticket?.LastPoke is not { } poke) return Decision.Nothing;
        var decision = Decision.That(new PokeEnded(context.Now));
        var card = Card.Saying(Words(outcome, ticket, poke.Language ?? context.Public));
        if (poke.Via is { } via) return decision.Then(new Answer(via, new Tell(card)));
        return poke.TypedIn is { } channel && ticket.IsOpen ? decision.Then(new PostCard(channel, card, Mentions.None, PostPurpose.Line)) : decision;
    }

    private static string Words(Outcome outcome, Ticket ticket, Language language)
    {
        var opener = ("opener", ticket.Opener.Mention);
        return outcome switch
        {
            CannotBeDone { Reason: FailureReason.DirectMessagesClosed or FailureReason.UserGone } => language.Say("poke.closed", opener),
            CannotBeDone cannot => language.Say("poke.failed", opener, ("why", FailureWords.Why(cannot, language))),
            _ => language.Say("poke.done", opener),
        };
    }
}

/// <summary>Staff wrote to the opener that they are waited for.</summary>
public sealed record OpenerPoked(DateTimeOffset At, UserId By, Language? Language, InteractionRef? Via, ChannelId? TypedIn) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { LastPoke = new Poke(By, At, Language, Via, TypedIn) };
}

/// <summary>Whoever wanted it knows whether it arrived.</summary>
public sealed record PokeEnded(DateTimeOffset At) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { LastPoke = ticket.LastPoke is { } poke ? poke with { Via = null, TypedIn = null } : null };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OpenerPoked))]
[JsonSerializable(typeof(PokeEnded))]
internal sealed partial class PokingJson : JsonSerializerContext;

internal static class PokingFeature
{
    internal static Feature Feature { get; } = new("Poking")
    {
        Commands = [CommandRule.OnTicket<PokeOpener>(Permission.Staff, PokeOpener.Decide)],
        Facts =
        [
            new FactKind("opener_poked", PokingJson.Default.OpenerPoked),
            new FactKind("poke_ended", PokingJson.Default.PokeEnded),
        ],
        Menu = [new MenuItem("poke", Permission.Staff, "👉")],
        Triggers =
        [
            new Trigger(Door.Button, "poke", _ => new PokeOpener()),
            new Trigger(Door.Slash, "poke", _ => new PokeOpener()),
            new Trigger(Door.Typed, "poke", _ => new PokeOpener()),
        ],
        Outcomes = [OutcomeRule.Of<SendDirectMessage>(PokeOpener.Ended)],
    };
}
