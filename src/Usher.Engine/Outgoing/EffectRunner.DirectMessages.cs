using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Features.Opening;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Discord.Rest;

namespace Usher.Engine.Outgoing;

// Direct messages as the home of a ticket. Discord has one channel of them for a person and the bot, whichever guild it is about.
public sealed partial class EffectRunner
{
    private async Task<Outcome> OpenDirectMessagesAsync(Run run, OpenDirectMessages open, CancellationToken cancellation)
    {
        // Closed again meanwhile: nobody need be written to.
        if (await TicketOfAsync(run, cancellation) is not { IsOpen: true } ticket) return new Done();
        var channel = await DirectMessagesWithAsync(open.With, cancellation);
        if (await IsTakenAsync(channel, ticket.Key, cancellation)) return new CannotBeDone(FailureReason.DirectMessagesInUse, "The direct messages are the home of another ticket.");
        // What they answered while an earlier attempt's answer was lost may not have been heard.
        if (run.Row.BegunAt is not null) await store.MarkGapsAsync([ticket.Key], cancellation);
        try
        {
            var message = await PostOnceAsync(run, Id(channel), TicketCard.Of(ticket, run.Settings), Mentions.None, withTranscript: false, cancellation);
            return new Done(channel, new MessageId(message.Id.Value));
        }
        catch (DiscordApiException refused) when (!Failures.IsPassing(refused))
        {
            homes.Remove(channel, ticket.Key);
            throw;
        }
    }

    // Reserved before anything is posted: two tickets, of two guilds say, may want them at once.
    private async Task<bool> IsTakenAsync(ChannelId channel, TicketKey ticket, CancellationToken cancellation)
    {
        var there = homes.Reserve(channel, ticket);
        if (there == ticket) return false;
        if (await store.FindTicketAsync(there, cancellation) is { TakesDirectMessages: true }) return true;
        homes.Remove(channel, there);
        return homes.Reserve(channel, ticket) != ticket;
    }
}
