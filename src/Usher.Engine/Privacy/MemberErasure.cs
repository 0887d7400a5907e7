using Usher.Desk.Engine;
using Usher.Desk.Features.Erasing;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Engine.Archive;
using Usher.Engine.Deciding;
using Usher.Storage;
using Usher.Storage.Erasing;

namespace Usher.Engine.Privacy;

/// <summary>
/// Does an erasure that two people want: ticket by ticket, in steps that are stored, so that a restart goes on where the last run stopped, and that hold up nobody for long.
/// </summary>
/// <param name="store">Where everything is kept.</param>
/// <param name="decide">Decides what the desk itself does to a ticket.</param>
/// <param name="time">The clock.</param>
public sealed class MemberErasure(DeskStore store, Func<Order, CancellationToken, Task<Result>> decide, TimeProvider time)
{
    // What a closed ticket still owes to Discord, such as its log entry, quotes its opener: first that is done. Not for ever.
    private static readonly TimeSpan WaitsForEffects = TimeSpan.FromHours(1);
    private static readonly TimeSpan ReopenedIsLookedAtAfter = TimeSpan.FromDays(1);
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(30);

    /// <summary>Goes on with an erasure to its end, unless it has to wait.</summary>
    /// <returns>Whether it is done, as far as nothing must stay.</returns>
    public async Task<bool> RunAsync(DueErasure due, PrivacySettings privacy, CancellationToken cancellation)
    {
        if (due.Names is null)
        {
            due = due with { Names = await store.NamesOfAsync(due.Guild, due.Erasure.Member, cancellation) };
            await store.SaveErasureAsync(due, cancellation);
        }
        var who = new ErasedMember(due.Erasure.Member, due.Names!.Value);
        var done = due.Erasure.State == ErasureState.Kept ? await AgainAsync(due, who, privacy, cancellation) : await ThroughAsync(due, who, privacy, cancellation);
        if (done is null) return false;
        await store.EraseBesideAsync(due.Guild, who, time.GetUtcNow(), cancellation);
        while (await store.IndexMoreAsync(MessageWords.ForSearch, cancellation)) { }
        var kept = done.Erasure.Kept;
        await GiveAsync(done.Guild, new EndErasure(done.Erasure, kept, kept.Count > 0 ? done.Until : null), new Subject.ToDesk(), cancellation);
        await store.WipeAsync(cancellation);
        return true;
    }

    // Null when it has to wait.
    private async Task<DueErasure?> ThroughAsync(DueErasure due, ErasedMember who, PrivacySettings privacy, CancellationToken cancellation)
    {
        while (await store.TicketsWithAsync(due.Guild, who.User, due.AfterTicket, cancellation) is { } page)
        {
            foreach (var number in page.Theirs.Concat(page.Perhaps).Order())
            {
                if (await OneAsync(due, who, number, page.Perhaps.Contains(number), privacy, cancellation) is not { } next) return null;
                due = next with { AfterTicket = number };
                await store.SaveErasureAsync(due, cancellation);
            }
            due = due with { AfterTicket = page.Last };
            await store.SaveErasureAsync(due, cancellation);
        }
        return due;
    }

    // The time is over for which tickets had to stay. What was said since the erasure is not meant.
    private async Task<DueErasure?> AgainAsync(DueErasure due, ErasedMember who, PrivacySettings privacy, CancellationToken cancellation)
    {
        var left = due with { Erasure = due.Erasure with { Kept = [] }, Until = null };
        foreach (var number in due.Erasure.Kept)
        {
            if (await OneAsync(left, who, number, perhaps: false, privacy, cancellation) is not { } next) return null;
            left = next;
        }
        return left;
    }

    private async Task<DueErasure?> OneAsync(DueErasure due, ErasedMember who, long number, bool perhaps, PrivacySettings privacy, CancellationToken cancellation)
    {
        if (await store.FindTicketAsync(new TicketKey(due.Guild, number), cancellation) is not { } ticket) return due;
        var isTheirs = ticket.Opener == who.User;
        // Opened after it was agreed, it is another matter. Opened again meanwhile, it follows when it is closed.
        if (isTheirs && ticket.IsOpen) return ticket.OpenedAt > due.Erasure.DecidedAt ? due : Kept(due, number, time.GetUtcNow() + ReopenedIsLookedAtAfter);
        if (privacy.KeeperOf(ticket, time.GetUtcNow()) is { } rule)
        {
            return perhaps ? due : Kept(due, number, (ticket.Closing?.At ?? time.GetUtcNow()) + rule.For);
        }
        if (isTheirs && due.Erasure.DecidedAt + WaitsForEffects > time.GetUtcNow() && await store.OwesAsync(ticket.Key, cancellation))
        {
            await store.PostponeErasureAsync(due, time.GetUtcNow() + LookAgainAfter, cancellation);
            return null;
        }
        var changed = 0;
        for (MessageId? after = default(MessageId); after is { } from;)
        {
            var page = await store.EraseMessagesAsync(ticket, who, from, time.GetUtcNow(), MessageWords.ForSearch, cancellation);
            changed += page.Changed;
            after = page.Last;
        }
        if (!perhaps || changed > 0) await GiveAsync(due.Guild, new EraseFromTicket(due.Erasure), new Subject.ToTicket(ticket.Key), cancellation);
        return due;
    }

    private static DueErasure Kept(DueErasure due, long number, DateTimeOffset until) => due.Erasure.Kept.Contains(number)
        ? due
        : due with { Erasure = due.Erasure with { Kept = due.Erasure.Kept.Add(number) }, Until = due.Until is { } first && first < until ? first : until };

    private Task<Result> GiveAsync(GuildId guild, Command command, Subject subject, CancellationToken cancellation) =>
        decide(new Order { Guild = guild, Command = command, Subject = subject, Actor = Actor.Desk }, cancellation);
}
