using System.Text.Json.Serialization;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Deleting;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Transferring;

/// <summary>Another department has the ticket.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who gave it away.</param>
/// <param name="From">The key of the department that had it.</param>
/// <param name="Department">The key of the department that has it now.</param>
/// <param name="Slot">The opener's place there (<see cref="Slots"/>).</param>
public sealed record TicketTransferred(DateTimeOffset At, UserId By, string From, string Department, int Slot) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Department = Department, Slot = Slot, Guard = null };
}

/// <summary>The ticket is to go on in another thread or channel, which is being made.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who gives the ticket to another department.</param>
/// <param name="From">The key of the department that has it until now.</param>
/// <param name="Name">The name of the new thread or channel.</param>
public sealed record HomeMoveBegan(DateTimeOffset At, UserId By, string From, string Name) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Move = new HomeMove(By, From, Name, At) };
}

/// <summary>The new thread or channel is there; the ticket does not live in it yet.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">Thread or channel.</param>
/// <param name="Channel">Which.</param>
/// <param name="Parent">The text channel that it is in, when it is a thread.</param>
/// <param name="Name">Its name, where Discord refused the one that was wanted.</param>
public sealed record NewHomeMade(DateTimeOffset At, HomeKind Kind, ChannelId Channel, ChannelId? Parent, string? Name) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with
    {
        Move = ticket.Move is { } move ? move with { To = new Home(Kind, Channel, Parent: Parent), Name = Name ?? move.Name } : null,
        // From now on this asks for the new one.
        OpenerIsIn = ticket.OpenerIsIn && ticket.Move is null,
    };
}

/// <summary>The ticket goes on in the new thread or channel.</summary>
/// <param name="At">When.</param>
/// <param name="Card">The message there that shows its state.</param>
/// <param name="Until">When the one that it left is deleted; null when that stays.</param>
public sealed record HomeMoved(DateTimeOffset At, MessageId Card, DateTimeOffset? Until) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket.Move is not { To: { } next } move ? ticket : ticket with
    {
        Home = next,
        Name = move.Name,
        Former = ticket.Home.Channel is { } left ? ticket.Former.Add(new FormerHome(ticket.Home.Kind, left, Until, ticket.Home.Gone)) : ticket.Former,
        Move = null,
        Card = Card,
        Information = null,
        Guard = null,
        NextName = null,
    };
}

/// <summary>The ticket stays where it is: the new thread or channel could not be made, or was not needed any more.</summary>
public sealed record HomeMoveFailed(DateTimeOffset At) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with
    {
        Move = null,
        Former = ticket.Move?.To is { Channel: { } made } to ? ticket.Former.Add(new FormerHome(to.Kind, made, Until: null)) : ticket.Former,
        OpenerIsIn = ticket.OpenerIsIn || (ticket is { Home.Kind: HomeKind.Thread, OpenerLeft: false, Move: not null }),
    };
}

/// <summary>A thread or channel in which the ticket lived is no more.</summary>
/// <param name="At">When.</param>
/// <param name="Channel">Which.</param>
public sealed record FormerHomeGone(DateTimeOffset At, ChannelId Channel) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Former = ticket.Former.Select(former => former.Channel == Channel ? former with { Gone = true } : former).ToValueList() };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TicketTransferred))]
[JsonSerializable(typeof(HomeMoveBegan))]
[JsonSerializable(typeof(NewHomeMade))]
[JsonSerializable(typeof(HomeMoved))]
[JsonSerializable(typeof(HomeMoveFailed))]
[JsonSerializable(typeof(FormerHomeGone))]
internal sealed partial class TransferringJson : JsonSerializerContext;

internal static class TransferringFeature
{
    internal static Feature Feature { get; } = new("Transferring")
    {
        Commands =
        [
            CommandRule.OnTicket<AskForDepartment>(Permission.Staff, AskForDepartment.Decide),
            CommandRule.OnTicket<TransferTicket>(Permission.Staff, TransferTicket.Decide) with { NeedsOpenTickets = true },
        ],
        Facts =
        [
            new FactKind("ticket_transferred", TransferringJson.Default.TicketTransferred) { Detail = static fact => ((TicketTransferred)fact).Department },
            new FactKind("home_move_began", TransferringJson.Default.HomeMoveBegan),
            new FactKind("new_home_made", TransferringJson.Default.NewHomeMade),
            new FactKind("home_moved", TransferringJson.Default.HomeMoved),
            new FactKind("home_move_failed", TransferringJson.Default.HomeMoveFailed),
            new FactKind("former_home_gone", TransferringJson.Default.FormerHomeGone),
        ],
        Menu =
        [
            new MenuItem("transfer", Permission.Staff, "🔀")
            {
                Offered = static (ticket, settings) => ticket.IsOpen && settings.Departments.Any(department => department.Key != ticket.Department),
            },
        ],
        Triggers =
        [
            new Trigger(Door.Button, "transfer", _ => new AskForDepartment()),
            new Trigger(Door.Button, "transfer_to", input => (input.Chosen is [var chosen] ? chosen : input.Argument) is { } key ? new TransferTicket(key) : null),
            new Trigger(Door.Slash, "transfer", input => input["department"] is { } key ? new TransferTicket(key) : null)
            {
                Options = [new TriggerOption("department", OptionKind.Department, Required: true)],
            },
            new Trigger(Door.Typed, "transfer", input => input.Rest.Length > 0 ? new TransferTicket(input.Rest) : null),
        ],
        Listeners = [Listener.To<LoseHome>(OldHome.SeeLost)],
        Reactions = [Reaction.On<TicketClosed>(OldHome.TicketEnded), Reaction.On<DeletionOrdered>(OldHome.TicketDeleted)],
        Outcomes =
        [
            OutcomeRule.Of<MoveChannel>(Staying.Ended),
            OutcomeRule.Of<CreateThread>(Moving.Made),
            OutcomeRule.Of<CreateChannel>(Moving.Made),
            OutcomeRule.Of<MakeRoom>(Moving.RoomMade),
            OutcomeRule.Of<PostCard>(Moving.CardStands),
            OutcomeRule.Of<Effect>(OldHome.Ended),
        ],
        Timers = [new TimerRule(OldHome.Timer, OldHome.Due)],
    };
}
