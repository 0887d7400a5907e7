using System.CommandLine;
using System.Text.Json;
using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Discord.Gateway;
using Usher.Discord.Json;
using Usher.Engine.Guilds;
using Usher.Engine.Intake;

namespace Usher.Benchmarks.Dropping;

/// <summary><c>drop</c>: what a message costs that no ticket cares for.</summary>
internal static class DropVerb
{
    private const double MostOfReading = 0.2;

    internal static Command Command()
    {
        var messages = new Option<int>("--messages") { Description = "How many pass through the shard.", DefaultValueFactory = _ => 100_000 };
        var command = new Command("drop", "The cost of a gateway message that no ticket cares for, and the memory while many of them pass.") { messages };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(messages), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(int messages, CancellationToken cancellation)
    {
        var report = new Report("Dropping a message that no ticket cares for");
        var filter = new EventFilter(Guilds(), Homes());
        report.Row("", "bytes", "read as an object", "allocated", "peek and drop", "allocated", "ratio");
        var worst = Math.Max(Compare(report, filter, "a line of chat", Samples.Short), Compare(report, filter, "a long one with a picture", Samples.Long));
        report.PrintTable();
        report.Target($"dropping costs at most a fifth of deserialising: {Report.Number(worst, "0.000")}", worst <= MostOfReading);
        Console.WriteLine();
        await Passing.MeasureAsync(report, messages, cancellation);
        return report.ExitCode;
    }

    private static double Compare(Report report, EventFilter filter, string what, byte[] payload)
    {
        if (!GatewayPeek.TryRead(payload, out var seen) || filter.Wants(seen)) throw new InvalidOperationException("The sample must be one that is dropped.");
        // Only the message itself, as if somebody else had cut it out: what the shard really saves is more.
        var data = Data(payload);
        var read = Pace.Of(() => JsonSerializer.Deserialize(data, DiscordJson.Default.Message));
        var drop = Pace.Of(() =>
        {
            if (!GatewayPeek.TryRead(payload, out var peek) || filter.Wants(peek)) throw new InvalidOperationException("It was not dropped.");
        });
        var ratio = drop.Nanoseconds / read.Nanoseconds;
        report.Row(
            what, Report.Number(payload.Length, "0"), Report.Number(read.Nanoseconds, "0") + " ns", Report.Number(read.Bytes, "0") + " B",
            Report.Number(drop.Nanoseconds, "0") + " ns", Report.Number(drop.Bytes, "0") + " B", Report.Number(ratio, "0.000"));
        return ratio;
    }

    private static byte[] Data(byte[] payload)
    {
        using var document = JsonDocument.Parse(payload);
        return JsonSerializer.SerializeToUtf8Bytes(document.RootElement.GetProperty("d"));
    }

    // A guild with a desk, so that every rule of the filter is asked, and a thousand tickets to be told apart from.
    private static GuildDirectory Guilds()
    {
        var guilds = new GuildDirectory();
        guilds.Use([new DeskSettings { Guild = new GuildId(600000000000000001) }]);
        return guilds;
    }

    private static KnownHomes Homes()
    {
        var homes = new KnownHomes();
        for (var number = 1; number <= 1000; number++)
            homes.Add(new ChannelId(700000000000000000 + (ulong)number), new(new GuildId(600000000000000001), number));
        return homes;
    }
}
