using System.Text.Json.Serialization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Claiming;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Transferring;

/// <summary>Staff wants another department to go on with the ticket: a select of the departments is shown.</summary>
public sealed record AskForDepartment : Command
{
    // Discord takes 25 options of 100 characters.
    private const int MostOptions = 25;
    private const int LongestLabel = 100;

    internal static Decision Decide(AskForDepartment command, Ticket ticket, Context context)
    {
        if (!OpenHome.Of(ticket, context, out _, out var refused)) return refused;
        var others = context.Settings.Departments.Where(department => department.Key != ticket.Department).Take(MostOptions).Select(Option).ToValueList();
        if (others.Count == 0) return Decision.Refuse("transfer.none", context.Private.Say("transfer.none"));
        return Decision.Say(new Tell(new Card(
        [
            new Words(context.Private.Say("transfer.ask", ("ticket", ticket.Label))),
            new Choice(new Press("transfer_to", ticket.Number), ChoiceAmong.Options, context.Private.Say("transfer.hint")) { Options = others },
        ])));
    }

    private static ChoiceOption Option(Department department) =>
        new(department.Key, department.Name.CutTo(LongestLabel), department.Description?.CutTo(LongestLabel), department.Emoji);
}

/// <summary>
/// Another department goes on with the ticket. It keeps its home, also where the other department's tickets have homes of another kind:
/// a channel is shown to the new staff and no more to the old, and goes under the new channel category; into a thread the new staff comes by
/// being mentioned, and whoever is in it stays.
/// </summary>
/// <param name="Department">The other department's key or name.</param>
public sealed record TransferTicket(string Department) : Command
{
    internal static Decision Decide(TransferTicket command, Ticket ticket, Context context)
    {
        if (!OpenHome.Of(ticket, context, out var home, out var refused)) return refused;
        if (Find(command.Department, context.Settings) is not { } target)
            return Decision.Refuse("transfer.unknown", context.Private.Say("transfer.unknown", ("departments", string.Join(", ", context.Settings.Departments.Select(d => $"`{d.Key}`")))));
        if (target.Key == ticket.Department) return Decision.Refuse("transfer.same", context.Private.Say("transfer.same", ("department", target.Name)));
        var there = context.OpenTickets.Where(open => open.Department == target.Key && open.Number != ticket.Number).ToList();
        if (there.Count >= Math.Max(1, target.OpenPerMember))
        {
            return Decision.Refuse("transfer.limit", context.Private.Say(
                "transfer.limit", ("opener", ticket.Opener.Mention), ("department", target.Name), ("ticket", there[^1].Home.Channel?.Mention ?? there[^1].Label)));
        }

        var from = context.Settings.Department(ticket.Department);
        var decision = Decision.That(new TicketTransferred(context.Now, context.Actor.User, ticket.Department, target.Key, Slots.Free(there)));
        // The new department's staff decides anew who takes it on.
        if (ticket.Claim is not null) decision = decision.And(Decision.That(new TicketUnclaimed(context.Now, context.Actor.User)));
        if (ticket.Home.Kind == HomeKind.Channel && !IsSeenByTheSame(from, target)) decision = decision.Then(Move(ticket, home, from, target, context.Settings));
        var line = context.Public.Say(
            "transfer.line", ("by", context.Actor.User.Mention), ("from", from?.Name ?? ticket.Department), ("to", target.Name),
            ("staff", string.Join(' ', target.Called.Select(role => role.Mention)))).TrimEnd();
        if (target.Home.Kind != ticket.Home.Kind || (ticket.Home.Kind == HomeKind.Thread && target.Home.Parent != from?.Home.Parent)) line += "\n-# " + context.Public.Say($"transfer.stays.{ticket.Home.Kind}");
        decision = decision.Then(new PostCard(home, Card.Saying(line), new Mentions([], target.Called), PostPurpose.Line), new RefreshCard());
        // Typed in the ticket, the line there is the answer.
        return context.Interaction is null ? decision : decision.Telling(context.Private.Say("transfer.done", ("department", target.Name)));
    }

    private static Department? Find(string word, DeskSettings settings) =>
        settings.Department(word.ToLowerInvariant()) ?? settings.Departments.FirstOrDefault(d => d.Name.Equals(word, StringComparison.OrdinalIgnoreCase));

    private static MoveChannel Move(Ticket ticket, ChannelId home, Department? from, Department target, DeskSettings settings)
    {
        var category = target.Home is { Kind: HomeKind.Channel, Parent: { } parent } && parent != from?.Home.Parent ? parent : (ChannelId?)null;
        var people = ticket.Added.Select(added => added.User);
        // Who left the guild is let in again when they come back.
        if (!ticket.OpenerLeft) people = people.Prepend(ticket.Opener);
        var model = target.Permissions == ChannelPermissions.Category ? target.Home.Parent : null;
        return new MoveChannel(home, category, people.ToValueList(), settings.WhoSees(target), model);
    }

    // One category lets in whom it lets in, whichever department has the ticket.
    private static bool IsSeenByTheSame(Department? from, Department target) =>
        from is { Permissions: ChannelPermissions.Category } && target.Permissions == ChannelPermissions.Category && from.Home.Parent == target.Home.Parent;

    internal static Decision Ended(MoveChannel effect, Outcome outcome, Ticket? ticket, Context context)
    {
        if (outcome is not CannotBeDone cannot || ticket is not { IsOpen: true }) return Decision.Nothing;
        // A category that is full or gone keeps the new staff from nothing but the place in the list.
        if (cannot.Reason is FailureReason.CategoryFull or FailureReason.ChannelGone)
        {
            return effect is { Category: null, LikeCategory: null }
                ? Decision.Nothing
                : Decision.Nothing.Then(effect with { Category = null, LikeCategory = cannot.Reason == FailureReason.ChannelGone ? null : effect.LikeCategory });
        }
        var line = context.Public.Say("transfer.failed", ("why", FailureWords.Why(cannot, context.Public)));
        return Decision.Nothing.Then(new PostCard(effect.Channel, Card.Saying(line), Mentions.None, PostPurpose.Line));
    }
}

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

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TicketTransferred))]
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
        Facts = [new FactKind("ticket_transferred", TransferringJson.Default.TicketTransferred)],
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
        Outcomes = [OutcomeRule.Of<MoveChannel>(TransferTicket.Ended)],
    };
}
