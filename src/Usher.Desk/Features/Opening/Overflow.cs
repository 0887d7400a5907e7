using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Opening;

/// <summary>A channel category that the desk made for want of room may be empty now.</summary>
/// <param name="Category">The category.</param>
public sealed record TidyCategory(ChannelId Category) : Command
{
    internal static Decision Decide(TidyCategory command, Context context) => Decision.Nothing.Then(new RemoveCategory(command.Category));
}

/// <summary>Where a ticket goes when there is no room where it belongs: Discord takes 50 channels in a category and 500 in a guild.</summary>
internal static class Overflow
{
    /// <summary>What is to be made instead of a channel for which there is no room; null when nothing is left to try.</summary>
    internal static Effect? Instead(Effect effect, CannotBeDone cannot, Ticket ticket, DeskSettings settings)
    {
        if (effect is not (CreateChannel or MakeRoom) || settings.Department(ticket.Department)?.Home is not { Kind: HomeKind.Channel } home) return null;
        return (cannot.Reason, effect) switch
        {
            (FailureReason.CategoryFull or FailureReason.ChannelGone, CreateChannel { Category: { } category } create) => Next(create, category, cannot.Reason, home) ?? Thread(ticket, home, cannot.Reason),
            (FailureReason.GuildFull, _) => Thread(ticket, home, cannot.Reason),
            _ => null,
        };
    }

    /// <summary>Whether the ticket waits until there is room.</summary>
    internal static bool Waits(Effect effect, CannotBeDone cannot, Ticket ticket, DeskSettings settings) =>
        cannot.Reason is FailureReason.CategoryFull or FailureReason.GuildFull
        && effect is CreateChannel or MakeRoom && settings.Department(ticket.Department)?.Home is { Kind: HomeKind.Channel, OverflowQueue: true };

    /// <summary>Whether staff need not hear of it: there is another place, or the ticket waits and they are told so.</summary>
    internal static bool IsProvidedFor(Effect effect, CannotBeDone cannot, Ticket ticket, DeskSettings settings) =>
        cannot.Reason is FailureReason.CategoryFull or FailureReason.GuildFull && (Instead(effect, cannot, ticket, settings) is not null || Waits(effect, cannot, ticket, settings));

    // The configured ones in turn, then one that the desk makes. One that was deleted by hand is passed over.
    private static Effect? Next(CreateChannel create, ChannelId category, FailureReason why, HomeSettings home)
    {
        if (After(category, home) is { } next) return create with { Category = next };
        if (!home.OverflowCreate || home.Parent is not { } parent) return null;
        // The pattern for another one is the home itself; that one must be there.
        return why == FailureReason.ChannelGone && category == parent ? null : new MakeRoom(parent);
    }

    private static ChannelId? After(ChannelId full, HomeSettings home)
    {
        var categories = home.Overflow.ToList();
        var at = full == home.Parent ? 0 : categories.IndexOf(full) + 1;
        return at < categories.Count && (at > 0 || full == home.Parent) ? categories[at] : null;
    }

    private static CreateThread? Thread(Ticket ticket, HomeSettings home, FailureReason why) =>
        why != FailureReason.ChannelGone && home.OverflowThreads is { } parent ? new CreateThread(parent, ticket.Name) : null;
}
