using System.Text.Json.Serialization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Leaving;

/// <summary>The opener left the guild.</summary>
public sealed record SeeOpenerLeave : Command
{
    internal static Decision Decide(SeeOpenerLeave command, Ticket ticket, Context context)
    {
        if (ticket.OpenerLeft || !ticket.IsOpen) return Decision.Nothing;
        var decision = Decision.That(new OpenerLeft(context.Now));
        if (ticket.IsHomeless) return context.Settings.LogChannel is { } log ? decision.Then(Told(ticket, log, context)) : decision;
        if (ticket.Home is not { Channel: { } home, Gone: false }) return decision;
        return decision.Then(new RefreshCard(), Told(ticket, home, context));
    }

    private static PostCard Told(Ticket ticket, ChannelId where, Context context)
    {
        var line = context.Public.Say("leave.line", ("opener", ticket.Opener.Mention));
        if (ticket.IsHomeless) line = $"**{ticket.Label}** {line}";
        // The claimer is told; without one, staff reads it when they next look.
        Mentions mentions = ticket.Claim is { } claim ? new([claim.By], []) : Mentions.None;
        if (ticket.Claim is { } claimed) line = claimed.By.Mention + " " + line;
        return new PostCard(where, Card.Saying(line), mentions, ticket.IsHomeless ? PostPurpose.Log : PostPurpose.Line);
    }
}

/// <summary>The opener is back in the guild.</summary>
public sealed record SeeOpenerReturn : Command
{
    internal static Decision Decide(SeeOpenerReturn command, Ticket ticket, Context context)
    {
        if (!ticket.OpenerLeft || !ticket.IsOpen) return Decision.Nothing;
        var decision = Decision.That(new OpenerReturned(context.Now));
        if (ticket.IsHomeless || ticket.Home is not { Channel: { } home, Gone: false }) return decision;
        // Discord forgets a leaver's place in private threads and channels alike.
        Effect invite = ticket.Home.Kind == Settings.HomeKind.Thread ? new AddThreadMember(home, ticket.Opener) : new ShowChannelTo(home, ticket.Opener);
        return decision.Then(new RefreshCard(), invite);
    }
}

/// <summary>The opener is no longer in the guild.</summary>
public sealed record OpenerLeft(DateTimeOffset At) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { OpenerLeft = true, OpenerIsIn = false };
}

/// <summary>The opener is in the guild again.</summary>
public sealed record OpenerReturned(DateTimeOffset At) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { OpenerLeft = false };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OpenerLeft))]
[JsonSerializable(typeof(OpenerReturned))]
internal sealed partial class LeavingJson : JsonSerializerContext;

internal static class LeavingFeature
{
    internal static Feature Feature { get; } = new("Leaving")
    {
        Commands =
        [
            CommandRule.OnTicket<SeeOpenerLeave>(Permission.Desk, SeeOpenerLeave.Decide),
            CommandRule.OnTicket<SeeOpenerReturn>(Permission.Desk, SeeOpenerReturn.Decide),
        ],
        Facts =
        [
            new FactKind("opener_left", LeavingJson.Default.OpenerLeft),
            new FactKind("opener_returned", LeavingJson.Default.OpenerReturned),
        ],
        Outcomes = [OutcomeRule.Of<AddThreadMember>(NotThere), OutcomeRule.Of<ShowChannelTo>(NotThere)],
    };

    // The opener left while nobody was listening.
    private static Decision NotThere(AddThreadMember effect, Outcome outcome, Ticket? ticket, Context context) => NotThere(effect.User, outcome, ticket, context);

    private static Decision NotThere(ShowChannelTo effect, Outcome outcome, Ticket? ticket, Context context) => NotThere(effect.User, outcome, ticket, context);

    private static Decision NotThere(UserId user, Outcome outcome, Ticket? ticket, Context context) =>
        outcome is CannotBeDone { Reason: FailureReason.UserGone } && ticket?.Opener == user
            ? SeeOpenerLeave.Decide(new SeeOpenerLeave(), ticket, context)
            : Decision.Nothing;
}
