using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Usher.Benchmarks.Filling;

namespace Usher.Benchmarks.Reading;

/// <summary><c>archive</c>: how fast a filled database is read, over the API of the built program.</summary>
internal static class ArchiveVerb
{
    private const double AnswerWithin = 50;
    private const double StatisticsWithin = 200;
    private const double ReadsPerSecond = 2000;
    private const double MessagesPerSecond = 100_000;
    private const double TranscriptMebibytes = 64;
    private const int Warming = 10;
    private const int Readings = 5;
    private const int CallersAtOnce = 16;
    private static readonly TimeSpan Rush = TimeSpan.FromSeconds(15);
    // After a start a desk catches up with what was said in open tickets meanwhile, a hundred of them a second.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(20);

    internal static Command Command()
    {
        var database = FillVerb.DatabaseOption();
        var times = new Option<int>("--times") { Description = "How often each kind of request is sent.", DefaultValueFactory = _ => 300 };
        var only = new Option<string?>("--only") { Description = "Only the requests that begin so: list, view, search, or one of their kinds; or statistics, reads, transcript." };
        var seed = new Option<int>("--seed") { Description = "Chooses what is asked.", DefaultValueFactory = _ => 1 };
        var command = new Command("archive", "How fast lists, tickets, searches, statistics and a long transcript come from a database that fill has filled.") { database, times, only, seed };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetRequiredValue(database), parsed.GetValue(times), parsed.GetValue(only), parsed.GetValue(seed), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string database, int times, string? only, int seed, CancellationToken cancellation)
    {
        var report = new Report("Reading the archive");
        await using var server = await ArchiveServer.StartAsync(database, cancellation);
        var started = Stopwatch.GetElapsedTime(server.Program.Began);
        var tickets = server.Tickets;
        await Task.Delay(Rest, cancellation);
        var (resting, _) = await server.MemoryAsync(cancellation);
        Report.Note(string.Create(CultureInfo.InvariantCulture, $"{tickets:N0} tickets and one of 100,000 messages; ready after {started.TotalSeconds:0.00} s, {resting:0.0} MiB at rest"));
        var series = new List<Latencies>();
        foreach (var question in Questions.Of(tickets).Where(question => only is null || question.What.StartsWith(only, StringComparison.Ordinal)))
            series.Add(await AskAsync(server, question, times, new Random(seed), cancellation));
        Tell(report, series);
        if (only is null or "statistics") await StatisticsAsync(report, server, times, cancellation);
        if (only is null or "reads") await RushAsync(report, server, tickets, seed, cancellation);
        if (only is null or "transcript") await TranscriptAsync(report, server, tickets + 1, cancellation);
        return report.ExitCode;
    }

    private static async Task<Latencies> AskAsync(ArchiveServer server, Question question, int times, Random random, CancellationToken cancellation)
    {
        var latencies = new Latencies(question.What);
        for (var time = -Warming; time < times; time++)
        {
            var began = Stopwatch.GetTimestamp();
            using var answer = await question.Who(server).GetAsync(question.Next(random), cancellation);
            await answer.Content.ReadAsByteArrayAsync(cancellation);
            if (time >= 0) latencies.Add(Stopwatch.GetElapsedTime(began));
            // Whoever may not see a ticket is told that there is none, after the same look for it.
            if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.NotFound)) throw new InvalidOperationException($"{question.What}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellation)}");
        }
        return latencies;
    }

    private static void Tell(Report report, List<Latencies> series)
    {
        if (series.Count == 0) return;
        Table(report, series);
        foreach (var kind in series.GroupBy(one => one.What.Split(':')[0]))
        {
            var slowest = kind.MaxBy(one => one.Percentile(0.99))!;
            report.Target($"each {kind.Key} is answered within {AnswerWithin} ms (p99): the slowest kind, «{slowest.What}», {Milliseconds(slowest, 0.99)} ms", slowest.Percentile(0.99) <= AnswerWithin);
        }
    }

    private static void Table(Report report, List<Latencies> series)
    {
        Console.WriteLine();
        report.Row("ms", "p50", "p90", "p99", "longest");
        foreach (var one in series) report.Row(one.What, Milliseconds(one, 0.5), Milliseconds(one, 0.9), Milliseconds(one, 0.99), Milliseconds(one, 1));
        report.PrintTable();
    }

    private static async Task StatisticsAsync(Report report, ArchiveServer server, int times, CancellationToken cancellation)
    {
        var end = TimeProvider.System.GetUtcNow().Date;
        var year = $"/api/statistics?from={end.AddDays(-365):yyyy-MM-dd}T00:00:00Z&until={end:yyyy-MM-dd}T00:00:00Z";
        var series = new List<Latencies>
        {
            await AskAsync(server, new("statistics of a year", server => server.Manager, _ => year), times, new Random(1), cancellation),
            await AskAsync(server, new("of any year", server => server.Manager, AnyYear), times, new Random(1), cancellation),
            await AskAsync(server, new("by month", server => server.Manager, _ => year + "&by=month"), times, new Random(1), cancellation),
            await AskAsync(server, new("by day", server => server.Manager, _ => year + "&by=day"), times, new Random(1), cancellation),
        };
        Table(report, series);
        var slowest = series.Take(2).MaxBy(one => one.Percentile(0.99))!;
        report.Target($"statistics of a year within {StatisticsWithin} ms (p99): «{slowest.What}», {Milliseconds(slowest, 0.99)} ms", slowest.Percentile(0.99) <= StatisticsWithin);

        // From any hour on, within the two years of which there is something.
        string AnyYear(Random random)
        {
            var from = end.AddDays(-365 - random.Next(365)).AddHours(random.Next(24));
            return $"/api/statistics?from={from:s}Z&until={from.AddDays(365):s}Z";
        }
    }

    // Each caller asks again as soon as it has its answer; callers and program share the processors.
    private static async Task RushAsync(Report report, ArchiveServer server, long tickets, int seed, CancellationToken cancellation)
    {
        await ReadAsync(TimeSpan.FromSeconds(5));
        var (reads, took) = await ReadAsync(Rush);
        var rate = reads / took.TotalSeconds;
        Console.WriteLine();
        report.Target($"{ReadsPerSecond} authenticated reads of a ticket a second: {Report.Number(rate, "0")}, by {CallersAtOnce} callers", rate >= ReadsPerSecond);

        async Task<(int Reads, TimeSpan Took)> ReadAsync(TimeSpan length)
        {
            var began = Stopwatch.GetTimestamp();
            var counts = await Task.WhenAll(Enumerable.Range(0, CallersAtOnce).Select(async caller =>
            {
                var (random, count) = (new Random(seed + caller), 0);
                for (; Stopwatch.GetElapsedTime(began) < length; count++)
                {
                    using var answer = await server.Manager.GetAsync($"/api/tickets/{random.NextInt64(1, tickets + 1)}", cancellation);
                    answer.EnsureSuccessStatusCode();
                }
                return count;
            }));
            return (counts.Sum(), Stopwatch.GetElapsedTime(began));
        }
    }

    private static async Task TranscriptAsync(Report report, ArchiveServer server, long number, CancellationToken cancellation)
    {
        var ticket = await server.Manager.GetFromJsonAsync<JsonElement>($"/api/tickets/{number}", cancellation);
        var path = "/api/ticket/" + ticket.GetProperty("url").GetString()!.Split('/')[^1];
        await Task.Delay(Rest, cancellation);
        var (resting, _) = await server.MemoryAsync(cancellation);
        server.ForgetPeak();
        var (_, first) = await ReadAsync();
        for (var time = 1; time < Warming; time++) await ReadAsync();
        var readings = new List<(long Bytes, TimeSpan Took)>();
        for (var time = 0; time < Readings; time++) readings.Add(await ReadAsync());
        var (_, peak) = await server.MemoryAsync(cancellation);
        var (bytes, took) = readings.OrderBy(reading => reading.Took).ElementAt(Readings / 2);
        var rate = FillVerb.LongTicket / took.TotalSeconds;
        Console.WriteLine();
        Report.Note($"a transcript of {FillVerb.LongTicket} messages: {Report.Number(bytes / 1048576.0)} MiB in {Report.Number(took.TotalSeconds, "0.00")} s, in the middle of {Readings} readings; the first after the start took {Report.Number(first.TotalSeconds, "0.00")} s");
        report.Target($"{MessagesPerSecond} messages a second: {Report.Number(rate, "0")}", rate >= MessagesPerSecond);
        report.Target($"within {TranscriptMebibytes} MiB over rest: {Report.Number(peak - resting)} MiB over {Report.Number(resting)} MiB", peak - resting <= TranscriptMebibytes);

        async Task<(long Bytes, TimeSpan Took)> ReadAsync()
        {
            var began = Stopwatch.GetTimestamp();
            await using var page = await server.Nobody.GetStreamAsync(path, cancellation);
            var (buffer, all) = (new byte[64 * 1024], 0L);
            for (int read; (read = await page.ReadAsync(buffer, cancellation)) > 0;) all += read;
            return (all, Stopwatch.GetElapsedTime(began));
        }
    }

    private static string Milliseconds(Latencies series, double share) => Report.Number(series.Percentile(share), "0.0");
}
