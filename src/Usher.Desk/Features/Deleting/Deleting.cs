using System.Text.Json.Serialization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Closing;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Deleting;

/// <summary>A manager wants the ticket's channel or thread gone: they are asked whether they mean it.</summary>
public sealed record DeleteTicket : Command
{
    internal static Decision Decide(DeleteTicket command, Ticket ticket, Context context)
    {
        if (Deletion.WhyNot(ticket, context) is { } refusal) return refusal;
        var language = context.Typed is null ? context.Private : context.Public;
        return Decision.Say(new Tell(new Card(
        [
            new Words(language.Say("delete.ask", ("ticket", ticket.Label))),
            new Buttons(
            [
                new Button(language.Say("button.delete"), new Press("delete", ticket.Number, Deletion.Confirmed), ButtonLook.Danger, "🗑️"),
                new Button(language.Say("button.keep"), new Press("keep", ticket.Number), ButtonLook.Secondary),
            ]),
        ])));
    }
}

/// <summary>The manager means it. A ticket that is open is closed first, so that its transcript is handed over before anything is lost.</summary>
public sealed record ConfirmDeletion : Command
{
    internal static Decision Decide(ConfirmDeletion command, Ticket ticket, Context context)
    {
        if (Deletion.WhyNot(ticket, context) is { } refusal) return refusal;
        var decision = Decision.That(new DeletionOrdered(context.Now, context.Actor.User));
        if (ticket.IsOpen)
            decision = decision.And(Decision.That(new TicketClosed(context.Now, ClosingKind.Deleted, context.Actor.User, context.Actor.Name, null)));
        else if (context.Settings.LogChannel is { } log)
            decision = decision.Then(new PostCard(log, Card.Saying(context.Public.Say("delete.log", ("ticket", ticket.Label), ("who", context.Actor.User.Mention))), Mentions.None, PostPurpose.Log));
        return decision with { Reply = new ShowCard(Card.Saying(context.Private.Say("delete.done", ("ticket", ticket.Label)))) };
    }
}

internal static class Deletion
{
    internal const string Confirmed = "yes";

    internal static Decision? WhyNot(Ticket ticket, Context context)
    {
        var language = context.Private;
        if (ticket.Status == TicketStatus.Opening) return Decision.Refuse("ticket.opening", language.Say("refusal.opening"));
        if (ticket.IsHomeless) return OpenHome.Homeless(ticket, context);
        if (ticket.Home is not { Channel: not null, Gone: false }) return Decision.Refuse("ticket.no_home", language.Say("refusal.no_home"));
        return MayGo(ticket, context.Settings) ? null : Decision.Refuse("delete.thread", language.Say("delete.thread"));
    }

    internal static bool MayGo(Ticket ticket, DeskSettings settings) =>
        ticket.Home.Kind == HomeKind.Channel || settings.Department(ticket.Department) is { DeleteThreads: true };
}

/// <summary>A manager had the ticket's channel or thread deleted.</summary>
public sealed record DeletionOrdered(DateTimeOffset At, UserId By) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DeletionOrdered))]
internal sealed partial class DeletingJson : JsonSerializerContext;

internal static class DeletingFeature
{
    internal static Feature Feature { get; } = new("Deleting")
    {
        Commands =
        [
            CommandRule.OnTicket<DeleteTicket>(Permission.Manager, DeleteTicket.Decide),
            CommandRule.OnTicket<ConfirmDeletion>(Permission.Manager, ConfirmDeletion.Decide),
        ],
        Facts = [new FactKind("deletion_ordered", DeletingJson.Default.DeletionOrdered)],
        Menu =
        [
            new MenuItem("delete", Permission.Manager, "🗑️")
            {
                Offered = static (ticket, settings) => ticket is { IsHomeless: false } && ticket.Home is { Channel: not null, Gone: false } && Deletion.MayGo(ticket, settings),
            },
        ],
        Triggers =
        [
            new Trigger(Door.Button, "delete", input => input.Argument == Deletion.Confirmed ? new ConfirmDeletion() : new DeleteTicket()) { Waiting = Waiting.Silently },
            new Trigger(Door.Slash, "delete", _ => new DeleteTicket())
            {
                MayNameTicket = true,
                Options = [new TriggerOption("number", OptionKind.Number, Required: false)],
            },
            new Trigger(Door.Typed, "delete", _ => new DeleteTicket()) { MayNameTicket = true },
        ],
    };
}
