using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Searching;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Engine.Archive;
using Usher.Engine.Guilds;
using Usher.Engine.Lookups;
using Usher.Engine.Observing;
using Usher.Engine.Queue;
using Usher.Storage;

namespace Usher.Engine.Deciding;

/// <summary>What became of an order.</summary>
public abstract record Result
{
    /// <summary>It is decided and stored; effects may still be owed.</summary>
    /// <param name="Direct">An answer that needs no effect, since nothing had to be stored with it.</param>
    public sealed record Accepted(Reply? Direct) : Result
    {
        /// <summary>The ticket after it; null when none is concerned.</summary>
        public Ticket? Ticket { get; init; }
    }

    /// <summary>It was refused; nothing changed.</summary>
    public sealed record Refused(Refusal Refusal) : Result;

    /// <summary>It had been decided before.</summary>
    public sealed record Known : Result;
}

/// <summary>Load, decide, commit: the one way in which anything changes.</summary>
public sealed partial class Decider(
    DeskRules rules, DeskStore store, GuildDirectory guilds, KnownHomes homes, LocalQueue queue, LookupRunner lookups, StaffTable staff, TimeProvider time, string publicAddress, ILogger<Decider> log)
{
    // A conflict means that somebody else changed the ticket in between; each further one is less likely by far.
    private const int Tries = 8;

    private readonly OwnWords _own = new();

    /// <summary>New effects were stored; those of a stream are told in their order.</summary>
    public event Action<IReadOnlyList<EffectRow>>? EffectsStored;

    /// <summary>Something became true of a ticket, and is stored.</summary>
    public event Action? FactsStored;

    /// <summary>A ticket came into the queue for room, has another place in it, or left it; the ticket as it is now.</summary>
    public event Action<Ticket>? QueueChanged;

    /// <summary>Files may be nobody's any more.</summary>
    public event Action? FilesDiscarded;

    /// <summary>A second person decided on an erasure.</summary>
    public event Action? ErasureDecided;

    /// <summary>Timers were set; the first of them is due then.</summary>
    public event Action<DateTimeOffset>? TimersSet;

    /// <summary>Decides an order in its turn.</summary>
    /// <returns>What became of it.</returns>
    /// <exception cref="StoreUnavailableException">The database cannot be used now; nothing was changed.</exception>
    public async Task<Result> DecideAsync(Order order, CancellationToken cancellation)
    {
        var result = new TaskCompletionSource<Result>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = queue.Add(order.Lane, async () =>
        {
            try
            {
                result.SetResult(await DecideNowAsync(order, cancellation));
            }
            catch (OperationCanceledException)
            {
                result.SetCanceled(cancellation);
            }
            catch (Exception failure)
            {
                result.SetException(failure);
            }
        });
        return await result.Task;
    }

    /// <summary>Ends an order that changes nothing, and whose person was told to wait for this answer: it is owed from now on.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be used now; nothing was changed.</exception>
    public async Task EndWithAsync(Order order, Reply reply, CancellationToken cancellation)
    {
        var answer = new Answer(order.Interaction!, reply);
        var commit = new Commit { Guild = order.Guild, By = order.Actor.User, At = time.GetUtcNow(), Effects = [answer], InboxKey = order.InboxKey, Trace = DeskTraces.Current };
        if (await store.CommitAsync(commit, cancellation) is CommitResult.Committed committed) Announce(committed);
    }

    private async Task<Result> DecideNowAsync(Order order, CancellationToken cancellation)
    {
        using var span = DeskTraces.Decide(order);
        var began = time.GetTimestamp();
        try
        {
            var result = await TryOnAsync(order, cancellation);
            DeskMetrics.Decided(order.Command, result, time.GetElapsedTime(began));
            DeskTraces.Decided(span, result);
            return result;
        }
        catch (Exception failure)
        {
            DeskTraces.Failed(span, failure);
            throw;
        }
    }

    private async Task<Result> TryOnAsync(Order order, CancellationToken cancellation)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
            if (await TryAsync(order, cancellation) is { } result) return result;
        LogConflicts(order.Command.GetType().Name, Tries);
        var language = order.Actor.Language ?? guilds.SettingsOf(order.Guild)?.Language ?? Language.English;
        return new Result.Refused(new Refusal("ticket.busy", language.Say("refusal.busy")));
    }

    private async Task<Result?> TryAsync(Order order, CancellationToken cancellation)
    {
        if (guilds.SettingsOf(order.Guild) is not { } settings) return await LetGoAsync(order, cancellation);
        var ticket = order.Subject is Subject.ToTicket subject ? await store.FindTicketAsync(subject.Key, cancellation) : null;
        if (order.ExpectedVersion is { } expected && ticket is not null && ticket.Version != expected)
            return await IsKnownAsync(order, cancellation) ? new Result.Known() : new Result.Refused(new Refusal("ticket.changed", (order.Actor.Language ?? settings.Language).Say("refusal.changed")));
        var context = await LookUpAsync(order.Command, ticket, await ContextAsync(order, ticket, settings, cancellation), cancellation);
        var decided = rules.Decide(order.Command, ticket, context);
        if (decided.Decision.Refusal is { } refusal) return await IsKnownAsync(order, cancellation) ? new Result.Known() : await RefuseAsync(order, refusal, cancellation);
        if (decided.Decision.Facts.Any(fact => fact is TicketOpened))
        {
            // Only now that it is accepted does the ticket take a number: a refusal must not use one up.
            context = context with { NextNumber = await store.NextNumberAsync(order.Guild, cancellation) };
            decided = rules.Decide(order.Command, ticket, context);
        }
        return await CommitAsync(order, ticket, decided, cancellation);
    }

    // The guild was taken out of the settings: what it still owed would otherwise come round for ever.
    private async Task<Result> LetGoAsync(Order order, CancellationToken cancellation)
    {
        if (order is { Ended: null, FiredTimer: null }) return new Result.Known();
        await store.CommitAsync(
            new Commit
            {
                Guild = order.Guild,
                By = order.Actor.User,
                At = time.GetUtcNow(),
                EndedEffect = order.Ended?.Id,
                EndedEffectFailed = true,
                EndedError = "The guild has no desk any more.",
                FiredTimer = order.FiredTimer,
            },
            cancellation);
        return new Result.Known();
    }

    private async Task<Context> ContextAsync(Order order, Ticket? ticket, DeskSettings settings, CancellationToken cancellation)
    {
        var context = new Context
        {
            Settings = settings,
            Actor = await staff.WithRolesAsync(order.Actor, settings, cancellation),
            Now = time.GetUtcNow(),
            Self = guilds.Self,
            Interaction = order.Interaction,
            Typed = order.Typed,
            Dice = RandomNumberGenerator.GetHexString(32, lowercase: true),
            Letters = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", HomeName.MostRandom),
            PublicAddress = publicAddress,
        };
        var rule = rules.RuleOf(order.Command);
        if (rule?.Names(order.Command) is { } named) context = context with { NamedRoles = await staff.RolesOfAsync(named, settings, cancellation) };
        if (rule?.Seeks is { } seeks)
            context = context with { Findings = await ArchiveSearch.ForStaffAsync(store, seeks(order.Command), SearchArchive.MostHits, context.Actor, settings, publicAddress, context.Now, cancellation) };
        if (rule is { NeedsDrafts: true })
            context = context with { Drafts = (await store.DraftsOfAsync(order.Guild, order.Concerning ?? order.Actor.User, cancellation)).ToValueList() };
        if (rule?.Lists(order.Command, context) is { } list) context = context with { Listed = await ListAsync(order.Guild, list, cancellation) };
        if (rule is { NeedsBlocklist: true }) context = context with { Blocklist = (await store.BlocklistAsync(order.Guild, cancellation)).ToValueList() };
        if (ticket is not null && rule?.NeedsMessage(order.Command) is { } message)
            context = context with { Message = await store.FindKeptAsync(ticket.Guild, ticket.Number, message, cancellation) };
        if (rule?.NeedsErasure(order.Command) is { } erasure)
            context = context with { Erasure = await store.ErasureMatterAsync(order.Guild, erasure, settings.Privacy, context.Now, cancellation) };
        if (rule?.NeedsAudit(order.Command) is { } wanted) context = context with { Audit = (await store.AuditAsync(order.Guild, wanted, cancellation)).ToValueList() };
        if (rule is { NeedsQueue: true } || (rule is { NeedsOpenTickets: true } && settings.Departments.Any(department => department.Home.OverflowQueue)))
            context = context with { Queue = (await store.QueueAsync(order.Guild, cancellation)).ToValueList() };
        if (rule is { Measured: { } measured } && Access.DepartmentsOf(context.Actor, settings) is var within && within is not { Count: 0 })
            context = context with { Statistics = await store.StatisticsAsync(order.Guild, within, context.Now - measured(order.Command), context.Now, cancellation) };
        if (rule is not { NeedsOpenTickets: true }) return context;
        var person = rule.Person(order.Command, context) ?? ticket?.Opener ?? order.Actor.User;
        return context with
        {
            OpenTickets = (await store.OpenTicketsOfAsync(order.Guild, person, cancellation)).ToValueList(),
            LatestTickets = settings.Departments.Any(department => department.Cooldown > TimeSpan.Zero)
                ? (await store.LatestTicketsAsync(order.Guild, person, cancellation)).ToValueList()
                : [],
            Block = await store.FindBlockAsync(order.Guild, person, cancellation),
        };
    }

    // What is one person's is read in their name: the database itself shows nothing else.
    private async Task<ValueList<Ticket>> ListAsync(GuildId guild, TicketList list, CancellationToken cancellation)
    {
        var query = new TicketQuery(guild) { Within = list.Within, Opener = list.Opener, IsOpen = list.IsOpen, Limit = list.Most, After = list.After is { } after ? new TicketPlace(after.Number, 0, after.OpenedAt) : null };
        var tickets = list.Opener is { } opener ? store.InNameOf(guild, opener) : store;
        return (await tickets.TicketsAsync(query, cancellation)).ToValueList();
    }

    private async Task<Context> LookUpAsync(Command command, Ticket? ticket, Context context, CancellationToken cancellation)
    {
        if (rules.RuleOf(command)?.Lookups is not { } needed) return context;
        return context with { LookedUp = await lookups.FindAsync(found => needed(command, ticket, context with { LookedUp = found }), cancellation) };
    }

    // What was done before may be refused now for that very reason: a ticket cannot be claimed twice.
    private async Task<bool> IsKnownAsync(Order order, CancellationToken cancellation) => order.InboxKey is { } key && await store.IsDoneAsync(key, cancellation);

    private async Task<Result> RefuseAsync(Order order, Refusal refusal, CancellationToken cancellation)
    {
        LogRefused(order.Command.GetType().Name, refusal.Code, order.Guild.Value);
        if (order.Message is { } message) await store.SaveMessageAsync(message, cancellation);
        if (order.Typed is not null) await SayWhereTypedAsync(order, refusal.Sentence, cancellation);
        return new Result.Refused(refusal);
    }

    // A typed command has no private answer: the refusal stands where it was typed.
    private async Task SayWhereTypedAsync(Order order, string sentence, CancellationToken cancellation)
    {
        var post = new PostCard(order.Typed!.Channel, Usher.Desk.Cards.Card.Saying(sentence), Usher.Desk.Cards.Mentions.None, PostPurpose.Line);
        var commit = new Commit { Guild = order.Guild, By = order.Actor.User, At = time.GetUtcNow(), Effects = [post], InboxKey = order.InboxKey, Trace = DeskTraces.Current };
        if (await store.CommitAsync(commit, cancellation) is CommitResult.Committed committed) Announce(committed);
    }

    private async Task<Result?> CommitAsync(Order order, Ticket? before, Decided decided, CancellationToken cancellation)
    {
        var decision = decided.Decision;
        var changes = decision.Facts.Count + decision.Effects.Count + decision.Timers.Count + decision.Changes.Count > 0;
        if (!changes && order is { Ended: null, FiredTimer: null })
        {
            if (order.Message is { } message) await store.SaveMessageAsync(message, cancellation);
            return new Result.Accepted(decision.Reply) { Ticket = decided.Ticket };
        }
        var effects = decision.Effects;
        // What the desk takes out of a ticket at once, such as a note, must not stand in the archive; what there is to keep of it the desk says itself.
        var isTakenAway = order.Message is { } heard && effects.Any(effect => effect is DeleteMessage deletion && deletion.Message == heard.Id);
        if (decision.Reply is { } reply && order.Interaction is { } asked) effects = [new Answer(asked, reply), .. effects];
        using var span = DeskTraces.Commit();
        var result = await store.CommitAsync(
            new Commit
            {
                Guild = order.Guild,
                Before = before,
                After = decided.Ticket,
                Facts = decision.Facts,
                By = order.Actor.User,
                At = time.GetUtcNow(),
                Effects = effects,
                Timers = decision.Timers,
                Changes = decision.Changes.Where(change => change is not CardKept).ToValueList(),
                Kept = [.. decision.Changes.OfType<CardKept>().Select(kept => _own.RowOf(decided.Ticket!.Key, kept, guilds.Self))],
                InboxKey = order.InboxKey,
                EndedEffect = order.Ended?.Id,
                EndedEffectFailed = order.Command is EndEffect { Outcome: CannotBeDone },
                EndedError = order.Command is EndEffect { Outcome: CannotBeDone cannot } ? $"{cannot.Reason}: {cannot.Detail}" : null,
                FiredTimer = order.FiredTimer,
                Message = isTakenAway ? null : order.Message,
                Unkept = isTakenAway ? order.Message!.Id : null,
                Deeds = decided.Deeds,
                Program = order.Actor.Standing is null ? null : order.Actor.Name,
                Trace = DeskTraces.Current,
            },
            cancellation);
        DeskTraces.Committed(span, result);
        switch (result)
        {
            case CommitResult.Committed committed:
                KeepHome(before, decided.Ticket);
                Announce(committed);
                if (decision.Facts.Count > 0) FactsStored?.Invoke();
                if (decided.Ticket is { } after && before?.Queue != after.Queue) QueueChanged?.Invoke(after);
                if (decision.Changes.Any(change => change is MessageEmptied or HistoryErased)) FilesDiscarded?.Invoke();
                if (decision.Changes.Any(change => change is Usher.Desk.Engine.ErasureDecided)) ErasureDecided?.Invoke();
                if (FirstDue(decision) is { } due) TimersSet?.Invoke(due);
                return new Result.Accepted(null) { Ticket = decided.Ticket };
            case CommitResult.AlreadyDone:
                return new Result.Known();
            default:
                return null;
        }
    }

    private void Announce(CommitResult.Committed committed)
    {
        if (committed.Effects.Count > 0) EffectsStored?.Invoke(committed.Effects);
    }

    private static DateTimeOffset? FirstDue(Decision decision)
    {
        var timers = decision.Timers.OfType<SetTimer>().Select(timer => (DateTimeOffset?)timer.Due);
        return timers.Concat(decision.Changes.OfType<KeepDraft>().Select(kept => (DateTimeOffset?)kept.Draft.ExpiresAt)).Min();
    }

    private void KeepHome(Ticket? before, Ticket? after)
    {
        if (before?.Call?.Channel is { } ended && ended != after?.Call?.Channel) homes.RemoveCall(ended);
        if (after?.Call?.Channel is { } call) homes.AddCall(call, after.Key);
        if (after is null) return;
        var (had, has) = (before?.Homes.ToList() ?? [], after.Homes.ToList());
        foreach (var gone in had.Except(has)) homes.Remove(gone, after.Key);
        foreach (var added in has.Except(had)) homes.Add(added, after.Key);
        // Made and deleted before the desk knew that it was there.
        if (after.Home is { Channel: { } channel, Gone: true }) homes.Remove(channel, after.Key);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Command} met a change of the same ticket {Times} times and was given up.")]
    private partial void LogConflicts(string command, int times);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Command} refused ({Code}) in guild {Guild}.")]
    private partial void LogRefused(string command, string code, ulong guild);
}
