using System.CommandLine;
using System.Globalization;
using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Discord.Gateway;
using Usher.Discord.Model;
using Usher.Engine.Guilds;
using Usher.Engine.Intake;
using Usher.Sandbox;

namespace Usher.Benchmarks.Dropping;

/// <summary>What a process takes, and how far it has heard.</summary>
internal sealed record Footprint(long WorkingSet, long Heap, long Sequence, long Kept)
{
    internal static Footprint Parse(string line)
    {
        var parts = line.Split(' ').Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return new Footprint(parts[0], parts[1], parts[2], parts[3]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{WorkingSet} {Heap} {Sequence} {Kept}");
}

/// <summary>The other half of <c>drop</c>: a shard alone in a process, which tells its footprint for every line it is sent.</summary>
internal static class ListenVerb
{
    internal const string Name = "listen";

    internal static Command Command()
    {
        var gateway = new Option<Uri>("--gateway") { Required = true, CustomParser = parsed => new Uri(parsed.Tokens[0].Value) };
        var token = new Option<string>("--token") { Required = true };
        var command = new Command(Name, "Used by drop: a shard in a process of its own.") { gateway, token };
        command.Hidden = true;
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetRequiredValue(gateway), parsed.GetRequiredValue(token), cancellation));
        return command;
    }

    private static async Task RunAsync(Uri gateway, string token, CancellationToken cancellation)
    {
        var guilds = new GuildDirectory();
        guilds.Use([new DeskSettings { Guild = new GuildId(100_000_000_000_000_100) }]);
        var filter = new EventFilter(guilds, new KnownHomes());
        var shard = new Shard(new ShardOptions
        {
            Token = token,
            Gateway = gateway,
            Intents = Intents.Guilds | Intents.GuildMessages | Intents.MessageContent,
            Filter = filter.Wants,
        });
        long kept = 0;
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = Task.Run(
            async () =>
            {
                await foreach (var e in shard.ReadAsync(cancellation))
                {
                    if (e.Name == "GUILD_CREATE") ready.TrySetResult();
                    else if (e.Kind == GatewayEventKind.Dispatch) Interlocked.Increment(ref kept);
                }
            },
            cancellation);
        await await Task.WhenAny(ready.Task, reading);
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync(cancellation) is not null)
            Console.WriteLine(new Footprint(Environment.WorkingSet, GC.GetTotalMemory(forceFullCollection: true), shard.Checkpoint.Received?.Sequence ?? 0, Interlocked.Read(ref kept)));
    }
}
