using Usher.Desk.Effects;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Opening;

/// <summary>Where a ticket goes when there is no room where it belongs: Discord takes 50 channels in a category and 500 in a guild.</summary>
internal static class Overflow
{
    /// <summary>What is to be made instead of a channel for which there is no room; null when nothing is left to try.</summary>
    internal static Effect? Instead(Effect effect, CannotBeDone cannot, Ticket ticket, DeskSettings settings)
    {
        if (effect is not CreateChannel create || settings.Department(ticket.Department)?.Home is not { Kind: HomeKind.Channel } home) return null;
        return cannot.Reason switch
        {
            FailureReason.CategoryFull => After(create.Category, home) is { } next ? create with { Category = next } : Thread(ticket, home),
            FailureReason.GuildFull => Thread(ticket, home),
            _ => null,
        };
    }

    private static ChannelId? After(ChannelId? full, HomeSettings home)
    {
        var categories = home.Overflow.ToList();
        var at = full == home.Parent ? 0 : categories.IndexOf(full ?? default) + 1;
        return at < categories.Count && (at > 0 || full == home.Parent) ? categories[at] : null;
    }

    private static CreateThread? Thread(Ticket ticket, HomeSettings home) => home.OverflowThreads is { } parent ? new CreateThread(parent, ticket.Name) : null;
}
