using System.Diagnostics;
using Usher.Sandbox;

namespace Usher.Benchmarks.Dropping;

/// <summary>The memory of a process whose shard is told of many messages that it drops.</summary>
internal static class Passing
{
    // What the runtime itself may take and give back while a process works.
    private const long FlatWithin = 8 * 1024 * 1024;

    internal static async Task MeasureAsync(Report report, int messages, CancellationToken cancellation)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Usher.Benchmarks.dll");
        // The box remembers every message, so the shard gets a process of its own.
        await using var box = await Box.StartAsync(new BoxOptions { RateLimits = false, JournalLength = 1 }, cancellation);
        using var child = Process.Start(new ProcessStartInfo("dotnet", (string[])[program, ListenVerb.Name, "--gateway", $"{box.GatewayAddress}", "--token", box.Token])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            await ExpectAsync(child, "ready", cancellation);
            Chat(box, messages / 10);
            var before = await AskUntilAsync(child, messages / 10, cancellation);
            var began = Stopwatch.GetTimestamp();
            Chat(box, messages);
            var after = await AskUntilAsync(child, before.Sequence + messages, cancellation);
            var took = Stopwatch.GetElapsedTime(began);
            report.Row("", "before", $"after {messages}", "change");
            Row(report, "working set", before.WorkingSet, after.WorkingSet);
            Row(report, "live objects after a collection", before.Heap, after.Heap);
            report.Row("sequence", $"{before.Sequence}", $"{after.Sequence}", $"{after.Sequence - before.Sequence}");
            report.PrintTable();
            Report.Note($"They passed in {Report.Number(took.TotalSeconds)} s, through socket, zlib-stream, peek and filter; {after.Kept} were kept.");
            report.Target(
                "memory stays flat: at most 8 MiB more of working set, 1 MiB more of live objects",
                after.WorkingSet - before.WorkingSet <= FlatWithin && after.Heap - before.Heap <= FlatWithin / 8 && after.Kept == 0);
        }
        finally
        {
            child.Kill();
            await child.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static void Chat(Box box, int messages)
    {
        var alice = box.Cast["Alice"];
        for (var message = 0; message < messages; message++)
            alice.Types("does anybody know when the next ferry leaves? the board at the pier says half past", box.Harbour.General);
    }

    private static void Row(Report report, string what, long before, long after) =>
        report.Row(what, Mebibytes(before), Mebibytes(after), Mebibytes(after - before));

    private static string Mebibytes(long bytes) => Report.Number(bytes / (1024.0 * 1024), "0.00") + " MiB";

    private static async Task<Footprint> AskUntilAsync(Process child, long sequence, CancellationToken cancellation)
    {
        while (true)
        {
            var footprint = await AskAsync(child, cancellation);
            if (footprint.Sequence >= sequence) return footprint;
            await Task.Delay(200, cancellation);
        }
    }

    private static async Task<Footprint> AskAsync(Process child, CancellationToken cancellation)
    {
        await child.StandardInput.WriteLineAsync("?".AsMemory(), cancellation);
        await child.StandardInput.FlushAsync(cancellation);
        return Footprint.Parse(await child.StandardOutput.ReadLineAsync(cancellation) ?? throw new InvalidOperationException("The listener ended."));
    }

    private static async Task ExpectAsync(Process child, string line, CancellationToken cancellation)
    {
        if (await child.StandardOutput.ReadLineAsync(cancellation) != line) throw new InvalidOperationException("The listener did not start.");
    }
}
