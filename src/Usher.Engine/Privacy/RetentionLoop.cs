using Microsoft.Extensions.Logging;
using Usher.Desk.Features.Retaining;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Engine.Archive;
using Usher.Engine.Deciding;
using Usher.Engine.Guilds;
using Usher.Engine.Queue;
using Usher.Storage;

namespace Usher.Engine.Privacy;

/// <summary>Removes what is over for longer than the settings keep it: what was said in a ticket, and later the ticket. A little at a time, and on from there after a restart.</summary>
public sealed partial class RetentionLoop : IAsyncDisposable
{
    private const int AtOnce = 20;
    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan MergeEvery = TimeSpan.FromDays(1);

    private readonly DeskStore _store;
    private readonly Func<Order, CancellationToken, Task<Result>> _decide;
    private readonly GuildDirectory _guilds;
    private readonly KnownHomes _homes;
    private readonly AttachmentLoop _attachments;
    private readonly TimeProvider _time;
    private readonly ILogger<RetentionLoop> _log;
    private readonly Rounds _rounds;
    private DateTimeOffset? _mergedAt;
    private bool _hasRemoved;

    /// <summary>Makes a loop that waits to be woken.</summary>
    public RetentionLoop(
        DeskStore store, Func<Order, CancellationToken, Task<Result>> decide, GuildDirectory guilds, KnownHomes homes, AttachmentLoop attachments, TimeProvider time, Activity activity,
        ILogger<RetentionLoop> log)
    {
        (_store, _decide, _guilds, _homes, _attachments, _time, _log) = (store, decide, guilds, homes, attachments, time, log);
        _rounds = new Rounds(RoundAsync, LogRoundFailed, time, activity) { AfterTrouble = TimeSpan.FromMinutes(1) };
    }

    /// <summary>There may be something to do.</summary>
    public void Wake() => _rounds.Wake();

    private async Task RoundAsync(CancellationToken stopping)
    {
        foreach (var desk in _guilds.Desks.ToList())
        {
            if (desk.Retention == new RetentionSettings() && desk.Departments.All(department => department.Retention == new RetentionSettings())) continue;
            foreach (var department in await _store.DepartmentsWithTicketsAsync(desk.Guild, stopping)) await OfAsync(desk, department, stopping);
        }
        // The whole index is gone through for it: once a day is enough.
        if (_hasRemoved && (_mergedAt is not { } last || _time.GetUtcNow() - last >= MergeEvery))
        {
            (_hasRemoved, _mergedAt) = (false, _time.GetUtcNow());
            await _store.MergeWordsAsync(stopping);
        }
        _rounds.WakeAt(_time.GetUtcNow() + LookEvery);
    }

    private async Task OfAsync(DeskSettings desk, string department, CancellationToken stopping)
    {
        var retention = desk.RetentionOf(department);
        if (retention.Content is { } content) await EachAsync(desk.Guild, department, content, withContent: true, EmptyAsync, stopping);
        if (retention.Ticket is { } ticket) await EachAsync(desk.Guild, department, ticket, withContent: false, RemoveAsync, stopping);
    }

    private async Task EachAsync(GuildId guild, string department, TimeSpan age, bool withContent, Func<TicketKey, CancellationToken, Task> act, CancellationToken stopping)
    {
        // What cannot go now is passed over, and the next round comes back to it: it holds up no other.
        var (looked, passed) = (new HashSet<long>(), new HashSet<long>());
        while (true)
        {
            var limit = AtOnce + passed.Count;
            var over = await _store.TicketsOverAsync(guild, department, _time.GetUtcNow() - age, withContent, limit, stopping);
            foreach (var number in over.Where(number => !passed.Contains(number)).ToList())
            {
                var key = new TicketKey(guild, number);
                if (!looked.Add(number) || !await TriedAsync(key, act, stopping)) passed.Add(number);
            }
            if (over.Count < limit) return;
        }
    }

    // False when it cannot be done now.
    private async Task<bool> TriedAsync(TicketKey ticket, Func<TicketKey, CancellationToken, Task> act, CancellationToken stopping)
    {
        // Something of it has still to be told on Discord.
        if (await _store.OwesAsync(ticket, stopping)) return false;
        try
        {
            await act(ticket, stopping);
            _hasRemoved = true;
            return true;
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or StoreUnavailableException))
        {
            LogFailed(ticket.Number, ticket.Guild.Value, failure);
            return false;
        }
    }

    private async Task EmptyAsync(TicketKey ticket, CancellationToken stopping)
    {
        while (await _store.RemoveMessagesAsync(ticket, _time.GetUtcNow(), stopping)) { }
        await _decide(new Order { Guild = ticket.Guild, Command = new RemoveContent(), Subject = new Subject.ToTicket(ticket), Actor = Actor.Desk }, stopping);
        _attachments.Wake();
    }

    private async Task RemoveAsync(TicketKey ticket, CancellationToken stopping)
    {
        var homes = (await _store.FindTicketAsync(ticket, stopping))?.Homes.ToList() ?? [];
        while (await _store.RemoveMessagesAsync(ticket, _time.GetUtcNow(), stopping)) { }
        await _store.RemoveTicketAsync(ticket, new AuditSignature(_time.GetUtcNow(), default, null), stopping);
        foreach (var home in homes) _homes.Remove(home, ticket);
        _attachments.Wake();
        LogRemoved(ticket.Number, ticket.Guild.Value);
    }

    /// <summary>Stops; the next start goes on.</summary>
    public ValueTask DisposeAsync() => _rounds.DisposeAsync();

    [LoggerMessage(Level = LogLevel.Information, Message = "Ticket {Number} of guild {Guild} was removed: its time is over.")]
    private partial void LogRemoved(long number, ulong guild);

    [LoggerMessage(Level = LogLevel.Error, Message = "What is over of ticket {Number} of guild {Guild} cannot be removed now and is tried again in an hour.")]
    private partial void LogFailed(long number, ulong guild, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Removing what is over stopped and is taken up again shortly.")]
    private partial void LogRoundFailed(Exception failure);
}
