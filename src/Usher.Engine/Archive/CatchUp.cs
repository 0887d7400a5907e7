using Microsoft.Extensions.Logging;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Discord.Model;
using Usher.Discord.Rest;
using Usher.Engine.Deciding;
using Usher.Engine.Queue;
using Usher.Storage;

namespace Usher.Engine.Archive;

/// <summary>Fetches what was said while nobody listened: after a session that could not be resumed, and in homes that were found again.</summary>
/// <param name="rest">Where it is fetched.</param>
/// <param name="store">Where it is kept.</param>
/// <param name="attachments">Told of new files.</param>
/// <param name="queue">Where what was heard waits to be stored.</param>
/// <param name="hears">Whether Discord has told everything that happened until now.</param>
/// <param name="isSecret">Whether a message must not be kept.</param>
/// <param name="log">Says what was fetched.</param>
public sealed partial class CatchUp(
    DiscordRest rest, DeskStore store, AttachmentLoop attachments, LocalQueue queue, Func<bool> hears, Func<TicketKey, Message, bool> isSecret, ILogger<CatchUp> log)
{
    private const int PageSize = 100;

    /// <summary>Makes the archive of a ticket whole up to now: what was heard is stored, what may not have been heard is fetched.</summary>
    public async Task EnsureAsync(TicketKey ticket, CancellationToken cancellation)
    {
        // After a start, Discord first tells again what was said meanwhile: a transcript made before would lack it, and a channel be deleted with it.
        if (hears()) await queue.Add(Order.LaneOf(ticket), () => Task.CompletedTask);
        else await store.MarkGapsAsync([ticket], cancellation);
        await FillAsync(ticket, cancellation);
    }

    private async Task FillAsync(TicketKey ticket, CancellationToken cancellation)
    {
        var mark = await store.GapMarkAsync(ticket, cancellation);
        if (mark == 0) return;
        var found = 0;
        var state = await store.FindTicketAsync(ticket, cancellation);
        // What was removed from a ticket would come back, and whose words those are of whom its opener was erased nobody knows any more; what was said since, after a reopening, is kept as ever.
        bool IsKept(Message message) => !(message.Timestamp <= state?.ContentRemovedAt || message.Timestamp <= state?.ErasedAt);
        if (state is { IsHomeless: true, Home.Channel: { } direct, Card: { } card })
            found += await FillAsync(ticket, direct, new Snowflake(card.Value), message => IsKept(message) && IsOf(state, message), cancellation);
        // What lacks may have been said in any of its homes, and they are filled together: the mark does not say which.
        // From the beginning: a home's first message is younger than the home, and a gap may lie anywhere behind it.
        foreach (var home in state is { IsHomeless: false } ? state.Homes : []) found += await FillAsync(ticket, home, new Snowflake(home.Value), IsKept, cancellation);
        await store.ClearGapAsync(ticket, mark, cancellation);
        if (found > 0) attachments.Wake();
        LogCaughtUp(ticket.Guild.Value, ticket.Number, found);
    }

    // Direct messages hold more than one ticket: of this are its opener's words behind its card and until its end. The desk's own it kept when they were posted.
    private static bool IsOf(Ticket ticket, Message message) =>
        message.Author.Id.Value == ticket.Opener.Value && (ticket.Closing is not { } closing || message.Timestamp <= closing.At);

    private async Task<int> FillAsync(TicketKey ticket, ChannelId home, Snowflake after, Func<Message, bool> isOf, CancellationToken cancellation)
    {
        var found = 0;
        while (true)
        {
            var page = await PageAsync(home, after, cancellation);
            // A note that was typed while nobody listened must not reach the transcript either, nor one that was heard and is still to be taken away.
            var notes = (await store.FindTicketAsync(ticket, cancellation))?.Notes ?? [];
            var kept = page.Where(message => isOf(message) && !isSecret(ticket, message) && notes.All(note => note.Message?.Value != message.Id.Value));
            foreach (var message in kept.OrderBy(message => message.Id)) await store.SaveMessageAsync(Archivist.RowOf(ticket, message), cancellation);
            found += page.Count;
            if (page.Count < PageSize) return found;
            after = page.Max(message => message.Id);
        }
    }

    /// <summary>Fetches what is missing of every ticket whose home is there.</summary>
    public async Task EnsureAllAsync(CancellationToken cancellation)
    {
        foreach (var key in await store.GapsAsync(cancellation))
        {
            if (await store.FindTicketAsync(key, cancellation) is not { } ticket || !ticket.Homes.Any()) continue;
            try
            {
                await FillAsync(key, cancellation);
            }
            catch (Exception failure) when (failure is DiscordApiException or DiscordUnavailableException or DiscordRateLimitedException or HttpRequestException or StoreUnavailableException)
            {
                // The gap stays marked: it is closed before the ticket's transcript is made, at the latest.
                LogNotCaughtUp(key.Guild.Value, key.Number, failure.Message);
            }
        }
    }

    private async Task<IReadOnlyList<Message>> PageAsync(ChannelId home, Snowflake after, CancellationToken cancellation)
    {
        try
        {
            return await rest.GetMessagesAsync(new Snowflake(home.Value), after: after, limit: PageSize, cancellationToken: cancellation);
        }
        catch (DiscordApiException refused) when (refused.IsGone || refused.IsForbidden)
        {
            // Gone or shut: nothing more can be known of it.
            return [];
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Ticket {Number} of guild {Guild} caught up: {Count} messages looked at.")]
    private partial void LogCaughtUp(ulong guild, long number, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Ticket {Number} of guild {Guild} could not be caught up yet: {Why}")]
    private partial void LogNotCaughtUp(ulong guild, long number, string why);
}
