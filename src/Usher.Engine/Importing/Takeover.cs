using System.Globalization;
using System.Security.Cryptography;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Opening;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Discord.Model;
using Usher.Engine.Archive;
using Usher.Storage;
using Usher.Storage.Erasing;

namespace Usher.Engine.Importing;

/// <summary>Takes the tickets of another system over: first it is found out what that comes to, then, when asked, it is done. Done again it doubles nothing and brings what is new.</summary>
/// <param name="desk">The desk that gets them.</param>
/// <param name="store">Its database.</param>
/// <param name="system">What the other system is called.</param>
/// <param name="departments">Which of its kinds are which departments here.</param>
/// <param name="time">Tells when it is done.</param>
public sealed class Takeover(DeskSettings desk, DeskStore store, string system, DepartmentMap departments, TimeProvider time)
{
    // As long as those of tickets that are opened here.
    private const int TokenLength = 32;

    // So many wait for one commit together; a stop is heard between.
    private const int AtOnce = 100;

    /// <summary>Finds out what is to be done. Nothing is written.</summary>
    public async Task<TakeoverPlan> PlanAsync(ReadTickets read, CancellationToken cancellation)
    {
        var (steps, faults) = (new List<TakeoverStep>(), new List<SourceFault>(read.Faults));
        faults.AddRange(UnknownDepartments(read));
        var taken = (await store.TakenOverAsync(desk.Guild, system, cancellation)).ToDictionary(row => row.SourceId, StringComparer.Ordinal);
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        foreach (var old in read.Tickets)
        {
            cancellation.ThrowIfCancellationRequested();
            if (departments.Of(old) is not { } department) continue;
            if (taken.TryGetValue(old.Id, out var row) || taken.TryGetValue(ErasedSource.Of(old.Id), out row))
            {
                if (await store.FindTicketAsync(new TicketKey(desk.Guild, row.Number), cancellation) is { } ticket) steps.Add(await AgainAsync(old, department, ticket, row.Version, cancellation));
            }
            else if (old.Home is { } home && await store.FindTicketByHomeAsync(home, cancellation) is { } here)
            {
                steps.Add(new TakeoverStep(old, department, here, IsGoneOnWith: true, [], []));
            }
            else steps.Add(new TakeoverStep(await WithFreeTokenAsync(old, tokens, cancellation), department, null, IsGoneOnWith: false, MessagesOf(old, new HashSet<MessageId>()), []));
        }
        return new TakeoverPlan(steps, faults, read.Elsewhere);
    }

    /// <summary>Does it.</summary>
    /// <param name="plan">What is to be done.</param>
    /// <param name="by">Who does it, for the audit log.</param>
    /// <param name="progress">Told how many are done, now and then.</param>
    /// <param name="cancellation">Stops between two tickets; what is done stays.</param>
    /// <returns>The tickets that somebody else changed meanwhile: they are to be taken over by a further run.</returns>
    public async Task<IReadOnlyList<ImportedTicket>> ApplyAsync(TakeoverPlan plan, AuditSignature by, Action<int> progress, CancellationToken cancellation)
    {
        var (missed, done) = (new List<ImportedTicket>(), 0);
        var work = plan.Steps.Where(step => step.ChangesAnything).ToList();
        try
        {
            foreach (var some in work.Chunk(AtOnce))
            {
                cancellation.ThrowIfCancellationRequested();
                var numbers = await Task.WhenAll(some.Select(step => store.TakeOverAsync(PastOf(step), CancellationToken.None)));
                missed.AddRange(some.Where((_, i) => numbers[i] is null).Select(step => step.Old));
                done += numbers.Count(number => number is not null);
                progress(done);
            }
        }
        finally
        {
            if (done > 0)
            {
                var deed = new Deed("tickets_imported", Detail: string.Create(CultureInfo.InvariantCulture, $"{system}: {done} tickets"));
                await store.RecordAsync(desk.Guild, by with { At = time.GetUtcNow() }, deed, CancellationToken.None);
            }
        }
        return missed;
    }

    private async Task<TakeoverStep> AgainAsync(ImportedTicket old, Department department, Ticket ticket, int version, CancellationToken cancellation)
    {
        // The other system knows nothing of it, and must not bring it back.
        if (ticket.ErasedAt is not null) return new TakeoverStep(old, department, ticket, IsGoneOnWith: true, [], []);
        var kept = (await store.KeptMessagesAsync(desk.Guild, ticket.Number, cancellation)).ToHashSet();
        var unheard = MessagesOf(old, kept);
        var isGoneOnWith = ticket.Version != version;
        var facts = isGoneOnWith ? [] : ImportedFacts.Since(old, ticket, [.. unheard.Select(message => message.Message)]);
        return new TakeoverStep(old, department, ticket, isGoneOnWith, unheard, facts);
    }

    // An address leads to one transcript alone: the first keeps it, here or there, and another gets one of its own.
    private async Task<ImportedTicket> WithFreeTokenAsync(ImportedTicket old, HashSet<string> tokens, CancellationToken cancellation) =>
        old.Token is not { } token || (tokens.Add(token) && await store.FindTicketByTokenAsync(token, cancellation) is null) ? old : old with { Token = null };

    // One fault for each kind, however many tickets it has.
    private IEnumerable<SourceFault> UnknownDepartments(ReadTickets read) => read.Tickets.Where(ticket => departments.Of(ticket) is null).GroupBy(ticket => ticket.Department).Select(kind =>
    {
        var count = kind.Count();
        var others = count > 1 ? string.Create(CultureInfo.InvariantCulture, $" (so it is for {count} tickets)") : "";
        return kind.Key is { } key
            ? new SourceFault(kind.First().Row, "department", $"there is no department {RowReader.Shown(key)} in the settings{others}", $"Add it to usher.yml, or say --department \"{key}=KEY\"; --department *=KEY is for all others.")
            : new SourceFault(kind.First().Row, "department", $"it says of no department{others}", "Say --department *=KEY.");
    });

    // What stands in a thread or channel that is open is fetched from Discord: a copy with an id of our own would stand beside it.
    private static IReadOnlyList<(ImportedMessage Message, MessageId Id)> MessagesOf(ImportedTicket old, IReadOnlySet<MessageId> kept)
    {
        var (messages, used) = (new List<(ImportedMessage, MessageId)>(), new HashSet<ulong>());
        foreach (var message in old.Messages)
        {
            if (message.Id is null && old is { Home: not null, End: null }) continue;
            var id = message.Id ?? SourceTimes.SnowflakeAt(message.At, message.Place);
            while (!used.Add(id)) id++;
            if (!kept.Contains(new MessageId(id))) messages.Add((message, new MessageId(id)));
        }
        return messages;
    }

    private PastTicket PastOf(TakeoverStep step)
    {
        var token = RandomNumberGenerator.GetHexString(TokenLength, lowercase: true);
        var isNew = step.Here is null;
        return new PastTicket
        {
            Guild = desk.Guild,
            System = system,
            SourceId = step.Old.Id,
            Before = step.Here,
            Opener = step.Old.Opener,
            Department = step.Department.Key,
            Facts = isNew ? (number, slot) => ImportedFacts.Of(step.Old, system, step.Department, desk.Guild, number, slot, token) : (_, _) => step.Facts,
            Effects = isNew ? HomeOf : static _ => [],
            Messages = [.. step.Messages.Select(message => RowOf(step.Old, message.Message, message.Id))],
            HasGap = isNew && step.Old is { Home: not null, End: null },
            IsGoneOnWith = step.IsGoneOnWith,
            At = time.GetUtcNow(),
        };
    }

    // One that is open and lived nowhere gets a home, as if it were opened now.
    private ValueList<Effect> HomeOf(Ticket ticket) => ticket is { IsOpen: true, Home.Channel: null } && desk.Department(ticket.Department) is { } department
        ? [OpenTicket.CreateHome(department, ticket.Name, ticket.Number, ticket.Opener, desk)]
        : [];

    private ArchivedMessage RowOf(ImportedTicket old, ImportedMessage message, MessageId id) => Archivist.RowOf(new TicketKey(desk.Guild, 0), new Message
    {
        Id = new Snowflake(id.Value),
        ChannelId = new Snowflake(old.Home?.Value ?? 0),
        Author = new User { Id = new Snowflake(message.Author.Value), Username = message.Name ?? NameOf(old, message.Author), Bot = message.IsBot ? true : null },
        Content = message.Text,
        Timestamp = message.At,
    });

    private static string NameOf(ImportedTicket old, UserId author) => author == old.Opener && old.OpenerName is { } name ? name : author.ToString();
}
