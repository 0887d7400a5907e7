using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Usher.Desk.Features;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Sandbox;
using Usher.Storage;

namespace Usher.Benchmarks.Filling;

/// <summary><c>fill</c>: a database with years of tickets in it, written by the desk's own store.</summary>
internal static class FillVerb
{
    // What is written together counts the same few rows of figures; of many such changes in one transaction PostgreSQL goes through all for each.
    private const int UnderWay = 32;
    internal const int LongTicket = 100_000;
    private const long ToldEvery = 20_000;

    internal static Command Command()
    {
        var database = DatabaseOption();
        var tickets = new Option<long>("--tickets") { Description = "How many, with ten messages each.", DefaultValueFactory = _ => 1_000_000 };
        var seed = new Option<int>("--seed") { Description = "Chooses what they say.", DefaultValueFactory = _ => 1 };
        var command = new Command("fill", "Fills a database with tickets of two years, and one of 100,000 messages after them.") { database, tickets, seed };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetRequiredValue(database), parsed.GetValue(tickets), parsed.GetValue(seed), cancellation));
        return command;
    }

    internal static Option<string> DatabaseOption() => new("--database") { Required = true, HelpName = "URL", Description = "As DATABASE_URL: sqlite:PATH or postgres://…" };

    private static async Task<int> RunAsync(string database, long tickets, int seed, CancellationToken cancellation)
    {
        await using var box = await Box.StartAsync(new BoxOptions(), cancellation);
        var desk = ArchiveDesk.In(box);
        await using var store = await DeskStore.OpenAsync(new StoreOptions(database, All.Rules, TimeProvider.System), NullLoggerFactory.Instance, cancellation);
        var past = new Past(seed, tickets, new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero), desk, new ChannelId(box.Harbour.SupportChannel.Id.Value));
        using var crowd = new SemaphoreSlim(UnderWay);
        var (began, messages, failure) = (Stopwatch.GetTimestamp(), 0L, default(Exception));
        // Goes on where it was stopped.
        for (var number = await FirstAsync(store, desk.Guild, cancellation); number <= tickets && failure is null; number++)
        {
            await BeginAsync(past.Ticket(number));
            if (number % ToldEvery == 0) Tell(number, messages, began);
        }
        if (await store.FindTicketAsync(new TicketKey(desk.Guild, tickets + 1), cancellation) is null) await BeginAsync(past.LongTicket(LongTicket));
        for (var place = 0; place < UnderWay; place++) await crowd.WaitAsync(cancellation);
        if (failure is not null) throw failure;
        Tell(tickets, messages, began);
        return 0;

        async Task BeginAsync(PastTicket ticket)
        {
            await crowd.WaitAsync(cancellation);
            _ = WriteAsync(ticket);
            messages += ticket.Messages.Count;
        }

        async Task WriteAsync(PastTicket ticket)
        {
            try
            {
                if (await store.TakeOverAsync(ticket, cancellation) is null) throw new InvalidOperationException($"Ticket {ticket.SourceId} was not taken.");
            }
            catch (Exception exception)
            {
                failure ??= exception;
            }
            crowd.Release();
        }
    }

    private static async Task<long> FirstAsync(DeskStore store, GuildId guild, CancellationToken cancellation) =>
        (await store.TicketsAsync(new TicketQuery(guild) { Limit = 1 }, cancellation)) is [var last] ? last.Number + 1 : 1;

    private static void Tell(long tickets, long messages, long began) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tickets:N0} tickets, {messages:N0} messages, {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s"));
}
